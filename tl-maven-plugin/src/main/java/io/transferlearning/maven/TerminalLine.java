package io.transferlearning.maven;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.jspecify.annotations.Nullable;

/**
 * One line of a terminal that is written over and over. Never part of a log: it goes past Maven's
 * logging to the terminal itself, and there is none in batch mode, in CI, or where several projects
 * are built at once.
 */
final class TerminalLine {
  private static final int BAR = 20;
  private static final int WIDTH = 79;

  private final @Nullable PrintStream terminal;
  private int shown;

  /**
   * @param terminal null where there is none
   */
  TerminalLine(@Nullable PrintStream terminal) {
    this.terminal = terminal;
  }

  /** The terminal that a person watches this build on, if there is one. */
  static TerminalLine of(MavenSession session) {
    boolean watched =
        session.getRequest().isInteractiveMode()
            && session.getRequest().getDegreeOfConcurrency() <= 1
            && hasTerminal()
            && isTerminal(System.getenv());
    return new TerminalLine(
        watched
            ? new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
            : null);
  }

  /** Before JDK 22 a console is a terminal; since then it says itself whether it is one. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Whether the environment is that of a terminal that can go back to the start of a line. */
  static boolean isTerminal(Map<String, String> environment) {
    return !environment.containsKey("CI") && !"dumb".equals(environment.get("TERM"));
  }

  boolean isLive() {
    return terminal != null;
  }

  /** Writes over what was shown before. */
  void show(String text, double fraction) {
    if (terminal == null) {
      return;
    }
    int full = (int) Math.round(BAR * Math.min(1, Math.max(0, fraction)));
    String line = "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] " + text;
    line = line.length() > WIDTH ? line.substring(0, WIDTH) : line;
    terminal.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
    terminal.flush();
    shown = line.length();
  }

  /** Leaves an empty line, to be written on from its start. */
  void clear() {
    if (terminal != null && shown > 0) {
      terminal.print("\r" + " ".repeat(shown) + "\r");
      terminal.flush();
      shown = 0;
    }
  }
}
