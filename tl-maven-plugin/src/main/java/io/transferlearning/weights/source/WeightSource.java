package io.transferlearning.weights.source;

import io.transferlearning.weights.download.RemoteFile;
import java.nio.file.Path;

/** Where a network's first weights come from: what {@code transfer.weights} says. */
public sealed interface WeightSource {
  /** As the user said it, for people to read: without passwords. */
  String text();

  /** Published ImageNet weights: those in the plugin, or those that the catalogue names. */
  record Pretrained() implements WeightSource {
    /** The word for it. */
    static final String WORD = "pretrained";

    @Override
    public String text() {
      return WORD;
    }
  }

  /** Random weights: nothing is transferred. */
  record None() implements WeightSource {
    /** The word for it. */
    static final String WORD = "none";

    @Override
    public String text() {
      return WORD;
    }
  }

  /**
   * A file on this machine.
   *
   * @param file it existed when the configuration was read
   * @param text what the user wrote
   */
  record LocalFile(Path file, String text) implements WeightSource {}

  /**
   * A file on another machine.
   *
   * @param file its address, and what its digest must be where the user said so
   */
  record Remote(RemoteFile file) implements WeightSource {
    @Override
    public String text() {
      return file.shown();
    }
  }

  /** An artifact of a Maven repository. */
  record Artifact(MavenCoordinates coordinates) implements WeightSource {
    @Override
    public String text() {
      return coordinates.text();
    }
  }

  /** A model of DJL's zoo. */
  record Zoo(ZooModel model) implements WeightSource {
    @Override
    public String text() {
      return model.text();
    }
  }
}
