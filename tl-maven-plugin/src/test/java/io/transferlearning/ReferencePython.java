package io.transferlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Debian's Python, whose torch, torchvision and Pillow are the reference of numbers. */
public final class ReferencePython {
  private static final String PYTHON = "/usr/bin/python3";

  private ReferencePython() {}

  /** How a process ended, and what it printed. */
  private record Ended(int status, String output) {}

  /** Leaves the test out, and says so loudly, where Python can not import the modules. */
  public static void requireModules(String test, String modules) {
    boolean there = Path.of(PYTHON).toFile().canExecute();
    there = there && run(List.of(PYTHON, "-c", "import " + modules)).status() == 0;
    if (!there) {
      System.out.println(
          "LEFT OUT: "
              + test
              + ", because "
              + PYTHON
              + " cannot import "
              + modules
              + " (Debian: python3-torchvision)");
    }
    assumeTrue(there, "no " + modules + " in " + PYTHON);
  }

  /** Runs a script of {@code src/test/python}, which must end well; returns what it printed. */
  public static String script(String name, String... arguments) {
    List<String> command = new ArrayList<>(List.of(PYTHON, "src/test/python/" + name));
    command.addAll(List.of(arguments));
    Ended ended = run(command);
    assertThat(ended.status()).as(ended.output()).isZero();
    return ended.output();
  }

  private static Ended run(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
