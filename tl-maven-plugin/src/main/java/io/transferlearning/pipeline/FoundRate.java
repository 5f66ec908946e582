package io.transferlearning.pipeline;

import com.google.gson.Gson;
import io.transferlearning.evaluation.RateSweep;
import io.transferlearning.evaluation.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that keeps a range test of learning rates until its training is over: one that is cut off
 * goes on at the same rate, without another test.
 */
final class FoundRate {
  private static final String NAME = ".learning-rate.json";
  private static final Gson JSON = new Gson();

  private final Path file;
  private final String inputs;

  /** What is in the file. */
  private record Content(String inputs, RateSweep sweep) {}

  /**
   * The file of a training.
   *
   * @param inputs everything that the test depends on, in a word: a test of other inputs is none
   */
  FoundRate(Path output, String inputs) {
    this.file = output.resolve(NAME);
    this.inputs = inputs;
  }

  /** The test; empty where there is none of these inputs, or none that can be read. */
  Optional<RateSweep> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Content content = JSON.fromJson(Files.readString(file), Content.class);
      return Optional.ofNullable(content.sweep()).filter(sweep -> inputs.equals(content.inputs()));
    } catch (IOException | RuntimeException e) {
      // Damaged, or somebody else's: the test is made again.
      return Optional.empty();
    }
  }

  /** Keeps a test; what can not be written is made again another time. */
  void keep(RateSweep sweep) {
    try {
      WholeFile.write(file, JSON.toJson(new Content(inputs, sweep)));
    } catch (IOException e) {
      // As without it.
    }
  }

  /** Forgets the test. */
  void clear() throws IOException {
    Files.deleteIfExists(file);
  }
}
