package io.transferlearning.weights.source;

import java.nio.file.Path;

/** Finds artifacts in Maven's repositories: with the build's mirrors, passwords and checksums. */
public interface ArtifactResolver {
  /**
   * The artifact's file.
   *
   * @throws io.transferlearning.problem.Problem if it can not be had
   */
  Path resolve(MavenCoordinates coordinates);
}
