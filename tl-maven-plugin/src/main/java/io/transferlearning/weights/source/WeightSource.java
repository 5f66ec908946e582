package io.transferlearning.weights.source;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.WeightProblems;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.format.WeightFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a network's first weights come from: what {@code transfer.weights} says. */
public sealed interface WeightSource {
  /** The words that are no path. */
  List<String> WORDS = List.of("pretrained", "none");

  /** The usual ends of such names; what a file is, its content decides. */
  Pattern FILE_NAME = Pattern.compile("(?i).*\\.(?:safetensors|pth|pt|onnx|bin)");

  /** A scheme of two letters or more: a single one is a Windows drive. */
  Pattern REMOTE = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]+://|(?:mvn|djl):).*");

  /**
   * The weights, or empty where the network starts from random ones.
   *
   * @param model torchvision's name of the network
   * @throws Problem when they can not be had
   */
  Optional<StateDict> open(String model);

  /** Published ImageNet weights: those in the plugin. */
  record Pretrained() implements WeightSource {
    @Override
    public Optional<StateDict> open(String model) {
      Optional<StateDict> embedded = EmbeddedWeights.open(model);
      if (embedded.isEmpty()) {
        throw problem(model);
      }
      return embedded;
    }

    private static Problem problem(String model) {
      return Catalogue.find(model)
          .map(
              published ->
                  WeightProblems.notEmbedded(
                      model,
                      EmbeddedWeights.MODEL,
                      published.url().toString(),
                      published.sha256Prefix(),
                      published.conversionCommand()))
          .orElseGet(() -> WeightProblems.notPublished(model, Catalogue.models()));
    }
  }

  /** Random weights: nothing is transferred. */
  record None() implements WeightSource {
    @Override
    public Optional<StateDict> open(String model) {
      return Optional.empty();
    }
  }

  /**
   * A file in one of the formats of {@link WeightFile}.
   *
   * @param file the file; it existed when the configuration was read
   */
  record FileSource(Path file) implements WeightSource {
    @Override
    public Optional<StateDict> open(String model) {
      return Optional.of(WeightFile.read(file));
    }
  }

  /**
   * Understands {@code transfer.weights}.
   *
   * @param text {@code pretrained}, {@code none}, or the path of a file of weights
   * @param base the folder that a relative path starts from
   * @throws Problem when it is something else, or the file is missing
   */
  static WeightSource parse(String text, Path base) {
    String source = text.strip();
    if (source.isEmpty()) {
      throw WeightProblems.emptySource();
    }
    if (source.equalsIgnoreCase("pretrained")) {
      return new Pretrained();
    }
    if (source.equalsIgnoreCase("none")) {
      return new None();
    }
    if (REMOTE.matcher(source).matches()) {
      throw WeightProblems.remoteSource(source);
    }
    return new FileSource(file(source, base));
  }

  private static Path file(String source, Path base) {
    Path file;
    try {
      file = base.resolve(source);
    } catch (InvalidPathException e) {
      throw WeightProblems.unknownSource(source, WORDS);
    }
    if (Files.isRegularFile(file)) {
      return file;
    }
    throw FILE_NAME.matcher(source).matches()
        ? WeightProblems.noFile(file.toString())
        : WeightProblems.unknownSource(source, WORDS);
  }
}
