package io.transferlearning.maven;

import io.transferlearning.problem.ForkProblems;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;

/**
 * The class path of the trainer's JVM, resolved by Maven as any dependency: mirrors, proxies,
 * offline mode and checksums hold. The plugin's own list of artifacts would not do: Maven leaves
 * out of it what it provides itself, such as slf4j.
 */
final class TrainerClassPath {
  private final RepositorySystem repositories;
  private final MavenSession session;
  private final List<Artifact> artifacts;

  private TrainerClassPath(
      RepositorySystem repositories, MavenSession session, List<Artifact> artifacts) {
    this.repositories = repositories;
    this.session = session;
    this.artifacts = artifacts;
  }

  /**
   * This plugin and what it needs at run time, but for libtorch.
   *
   * @throws io.transferlearning.problem.Problem if something cannot be had
   */
  static TrainerClassPath resolve(
      RepositorySystem repositories, MavenSession session, MojoExecution execution) {
    Artifact plugin =
        RepositoryUtils.toArtifact(
            execution.getMojoDescriptor().getPluginDescriptor().getPluginArtifact());
    // The session leaves out what is provided or for tests only.
    CollectRequest collect =
        new CollectRequest(new Dependency(plugin, "runtime"), remotes(session));
    try {
      DependencyResult result =
          repositories.resolveDependencies(
              session.getRepositorySession(), new DependencyRequest(collect, null));
      List<Artifact> artifacts =
          result.getArtifactResults().stream().map(ArtifactResult::getArtifact).toList();
      return new TrainerClassPath(repositories, session, artifacts);
    } catch (DependencyResolutionException e) {
      throw ForkProblems.cannotResolve(plugin.toString(), String.valueOf(e.getMessage()));
    }
  }

  private static List<RemoteRepository> remotes(MavenSession session) {
    return session.getCurrentProject().getRemotePluginRepositories();
  }

  /** The files, without libtorch. */
  List<Path> files() {
    return artifacts.stream().map(artifact -> artifact.getFile().toPath()).toList();
  }

  /**
   * The files, with libtorch for this machine's CPU.
   *
   * @throws io.transferlearning.problem.Problem if it cannot be had
   */
  List<Path> withNatives() {
    return Stream.concat(files().stream(), Stream.of(natives().getFile().toPath())).toList();
  }

  /** The version of libtorch that DJL's binding is for. */
  String versionOfLibtorch() {
    String jni =
        artifacts.stream()
            .filter(artifact -> artifact.getArtifactId().equals("pytorch-jni"))
            .map(Artifact::getVersion)
            .findFirst()
            .orElseThrow();
    return jni.substring(0, jni.indexOf('-'));
  }

  private Artifact natives() {
    Artifact artifact =
        new DefaultArtifact(
            "ai.djl.pytorch", "pytorch-native-cpu", platform(), "jar", versionOfLibtorch());
    try {
      return repositories
          .resolveArtifact(
              session.getRepositorySession(), new ArtifactRequest(artifact, remotes(session), null))
          .getArtifact();
    } catch (ArtifactResolutionException e) {
      throw ForkProblems.cannotResolve(artifact.toString(), String.valueOf(e.getMessage()));
    }
  }

  /** The classifier of this machine's libtorch. */
  private static String platform() {
    return platform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /**
   * The classifier of a machine's libtorch.
   *
   * @param osName as Java names it in {@code os.name}
   * @param osArch as Java names it in {@code os.arch}
   * @throws io.transferlearning.problem.Problem if there is none
   */
  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64");
    boolean intel = arch.equals("amd64") || arch.equals("x86_64");
    if (os.startsWith("linux") && (arm || intel)) {
      return arm ? "linux-aarch64" : "linux-x86_64";
    } else if (os.startsWith("mac") && arm) {
      return "osx-aarch64";
    } else if (os.startsWith("windows") && intel) {
      return "win-x86_64";
    }
    throw ForkProblems.noNatives(osName, osArch);
  }
}
