package io.transferlearning.weights.source;

import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.format.WeightFile;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Weights that are on this machine: what becomes of a {@link WeightSource} before the trainer
 * starts.
 *
 * @param kind what they are
 * @param source where they came from, as the user said it, for people to read
 * @param file the file; null but for {@link Kind#FILE}
 * @param sha256 the digest of what the user named, which {@code file} may be a part of; null for
 *     {@link Kind#NONE}
 */
public record LocalWeights(Kind kind, String source, @Nullable Path file, @Nullable String sha256) {

  /** What weights can be. */
  public enum Kind {
    /** Random ones. */
    NONE,
    /** Those in the plugin. */
    EMBEDDED,
    /** A file. */
    FILE
  }

  /** Random ones. */
  public static LocalWeights none() {
    return new LocalWeights(Kind.NONE, WeightSource.None.WORD, null, null);
  }

  /** Those in the plugin. */
  public static LocalWeights embedded() {
    return new LocalWeights(
        Kind.EMBEDDED, WeightSource.Pretrained.WORD, null, EmbeddedWeights.SHA256);
  }

  /**
   * What is known of the terms of published weights; empty for others.
   *
   * @param model torchvision's name of the network
   */
  public Optional<String> terms(String model) {
    boolean published = kind == Kind.FILE && source.equals(WeightSource.Pretrained.WORD);
    return kind == Kind.EMBEDDED
        ? Optional.of(EmbeddedWeights.TERMS)
        : Catalogue.find(model).filter(one -> published).map(PublishedWeights::licence);
  }

  /**
   * The weights; empty for random ones.
   *
   * @param model torchvision's name of the network
   * @throws io.transferlearning.problem.Problem if the file can not be read
   */
  public Optional<StateDict> read(String model) {
    return switch (kind) {
      case NONE -> Optional.empty();
      case EMBEDDED -> EmbeddedWeights.open(model);
      case FILE -> Optional.of(WeightFile.read(Objects.requireNonNull(file)));
    };
  }
}
