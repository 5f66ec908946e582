package io.transferlearning.maven;

import io.transferlearning.problem.SourceProblems;
import io.transferlearning.weights.source.ArtifactResolver;
import io.transferlearning.weights.source.MavenCoordinates;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** Artifacts, from where the project's dependencies and plugins come from. */
final class MavenArtifacts implements ArtifactResolver {
  private final RepositorySystem repositories;
  private final MavenSession session;

  MavenArtifacts(RepositorySystem repositories, MavenSession session) {
    this.repositories = repositories;
    this.session = session;
  }

  @Override
  public Path resolve(MavenCoordinates wanted) {
    Artifact artifact =
        new DefaultArtifact(
            wanted.group(),
            wanted.artifact(),
            wanted.classifier(),
            wanted.type(),
            wanted.version());
    try {
      return repositories
          .resolveArtifact(
              session.getRepositorySession(), new ArtifactRequest(artifact, remotes(), null))
          .getArtifact()
          .getFile()
          .toPath();
    } catch (ArtifactResolutionException e) {
      throw SourceProblems.unresolved(
          wanted.text(), String.valueOf(e.getMessage()), session.isOffline());
    }
  }

  private List<RemoteRepository> remotes() {
    MavenProject project = session.getCurrentProject();
    return Stream.concat(
            project.getRemoteProjectRepositories().stream(),
            project.getRemotePluginRepositories().stream())
        .distinct()
        .toList();
  }
}
