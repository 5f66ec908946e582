package io.transferlearning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The texts that no broken file can bring about; the others are tested where they occur. */
class WeightProblemsTest {
  private final IOException cause = new IOException("Permission denied");

  @Test
  void anUnreadableFileKeepsTheSystemsReason() {
    Problem problem = WeightProblems.unreadable("m.safetensors", cause);

    assertThat(problem.what())
        .isEqualTo("The weights m.safetensors can not be read: Permission denied.");
    assertThat(problem.next())
        .isEqualTo(
            "Check that this user may read the file and that no other program is writing it.");
    assertThat(problem).hasCause(cause);
  }

  @Test
  void anUnwritableFileKeepsTheSystemsReason() {
    Problem problem = WeightProblems.unwritable("m.safetensors", cause);

    assertThat(problem.what())
        .isEqualTo("The weights can not be written to m.safetensors: Permission denied.");
    assertThat(problem.next())
        .isEqualTo(
            "Check that the folder exists, that this user may write to it, and that the disk has"
                + " room.");
    assertThat(problem).hasCause(cause);
  }
}
