package io.transferlearning.maven;

import io.transferlearning.problem.SourceProblems;
import io.transferlearning.weights.download.Downloads;
import io.transferlearning.weights.download.Listener;
import io.transferlearning.weights.source.DjlZoo;
import io.transferlearning.weights.source.SourceResolver;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** Brings weights onto this machine by Maven's means: its settings, repositories and console. */
final class MavenWeights {
  private MavenWeights() {}

  /**
   * The resolver.
   *
   * @param folder where what was downloaded is kept
   * @param zoo address or folder of DJL's zoo; null for DJL's own
   * @param base the folder that a relative path starts from
   * @param before called before each download
   */
  static SourceResolver resolver(
      MavenSession session,
      RepositorySystem repositories,
      MavenConsole console,
      Path folder,
      @Nullable String zoo,
      Path base,
      Runnable before) {
    Downloads downloads =
        new Downloads(
            folder, new MavenNetwork(session.getRepositorySession()), new Lines(console), before);
    return new SourceResolver(
        downloads,
        new MavenArtifacts(repositories, session),
        new DjlZoo(location(zoo, base), downloads),
        folder.resolve("unpacked"));
  }

  static URI location(@Nullable String zoo, Path base) {
    String place = zoo == null ? DjlZoo.LOCATION : zoo;
    if (!place.matches("(?i)(https?|file):.*")) {
      // A folder's address ends with a slash only if the folder exists.
      String folder = base.resolve(place).normalize().toUri().toString();
      return URI.create(folder.endsWith("/") ? folder : folder + "/");
    }
    try {
      return new URI(place.endsWith("/") ? place : place + "/");
    } catch (URISyntaxException e) {
      throw SourceProblems.badZoo("address '" + place + "'", e.getReason());
    }
  }

  /** What downloads tell, on Maven's console. */
  private record Lines(MavenConsole console) implements Listener {
    @Override
    public void info(String line) {
      console.info(line);
    }

    @Override
    public void step(String line, double fraction) {
      console.step(line, fraction);
    }
  }
}
