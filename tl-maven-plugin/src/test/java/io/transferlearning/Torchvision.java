package io.transferlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * torchvision, in a Python process that answers while tests run ({@code torchvision_live.py}). It
 * computes nothing unless asked, so that two networks are never in memory twice.
 */
public final class Torchvision implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Gson JSON = new Gson();

  private final Process process;
  private final BufferedReader answers;
  private final Writer requests;

  private Torchvision(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts the process. Where Python has no torchvision there is none, and this is said.
   *
   * @param what is left out without it
   */
  public static Optional<Torchvision> start(String what) throws IOException {
    if (!isThere()) {
      System.out.printf(
          "######## LEFT OUT: %s, because %s cannot import torch and torchvision"
              + " (Debian: apt-get install python3-torch python3-torchvision)%n",
          what, PYTHON);
      return Optional.empty();
    }
    ProcessBuilder builder =
        new ProcessBuilder(PYTHON, "src/test/python/torchvision_live.py")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    // threads that wait must leave the cores to libtorch's on this side
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    Torchvision torchvision = new Torchvision(builder.start());
    System.out.println(what + ": live beside " + torchvision.ask("versions", Map.of()));
    return Optional.of(torchvision);
  }

  /** As {@link #start}; without torchvision the calling test is skipped. */
  public static Torchvision startOrSkip(String what) throws IOException {
    Optional<Torchvision> torchvision = start(what);
    assumeTrue(torchvision.isPresent(), "no torchvision in " + PYTHON);
    return torchvision.get();
  }

  private static boolean isThere() throws IOException {
    if (!new File(PYTHON).canExecute()) {
      return false;
    }
    Process python =
        new ProcessBuilder(PYTHON, "-c", "import torch, torchvision")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return python.waitFor() == 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer to a request: the name of a function of the script, and its arguments. */
  public JsonObject ask(String function, Map<String, ?> arguments) throws IOException {
    Map<String, Object> request = new HashMap<>(arguments);
    request.put("do", function);
    requests.write(JSON.toJson(request) + "\n");
    requests.flush();
    String answer = answers.readLine();
    assertThat(answer).as("the answer to %s; its error is above", request).isNotNull();
    return JSON.fromJson(answer, JsonObject.class);
  }

  /** The floats of a file that an answer spoke of. */
  public static FloatBuffer floats(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    requests.close();
    process.destroy();
  }
}
