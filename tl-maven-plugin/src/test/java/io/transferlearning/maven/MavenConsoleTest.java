package io.transferlearning.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class MavenConsoleTest {
  private final List<String> logged = new ArrayList<>();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private long now;

  private final Log log =
      new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
          logged.add(line.toString());
        }

        @Override
        public void warn(CharSequence line) {
          logged.add("warning " + line);
        }
      };

  @Test
  void aTerminalShowsABarThatIsWrittenOver() {
    MavenConsole console = console(true);
    console.step("features 50/200", 0.25);
    console.step("features 9/200", 0.5);
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\r[=====               ] features 50/200"
                + "\r[==========          ] features 9/200 ");
    assertThat(logged).isEmpty();
  }

  @Test
  void aLineIsLoggedWhereTheBarWas() {
    MavenConsole console = console(true);
    console.step("12345", 0);
    screen.reset();
    console.info("epoch 1");
    console.warn("look");
    assertThat(screen.toString(StandardCharsets.UTF_8)).isEqualTo("\r" + " ".repeat(28) + "\r");
    assertThat(logged).containsExactly("epoch 1", "warning look");
  }

  @Test
  void aBarFitsTheTerminal() {
    console(true).step("x".repeat(200), 2);
    assertThat(screen.toString(StandardCharsets.UTF_8)).hasSize(80).startsWith("\r[=====");
  }

  @Test
  void aLogGetsAStepOnlyAfterASilence() {
    MavenConsole console = console(false);
    for (int second = 1; second <= 95; second++) {
      now = second * 1_000_000_000L;
      console.step("second " + second, 0.1);
      if (second == 40) {
        console.info("something else");
      }
    }
    assertThat(logged).containsExactly("second 30", "something else", "second 70");
    assertThat(screen.size()).isZero();
  }

  @Test
  void noBarInCiOrOnADumbTerminal() {
    assertThat(TerminalLine.isTerminal(Map.of("TERM", "xterm"))).isTrue();
    assertThat(TerminalLine.isTerminal(Map.of("TERM", "dumb"))).isFalse();
    assertThat(TerminalLine.isTerminal(Map.of("TERM", "xterm", "CI", "true"))).isFalse();
  }

  private MavenConsole console(boolean terminal) {
    PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    return new MavenConsole(log, new TerminalLine(terminal ? out : null), () -> now);
  }
}
