package io.transferlearning.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.pipeline.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
  private Duration now = Duration.ofDays(1);

  @Test
  void timeIsOverAfterTheLimit() {
    TimeLimit limit = limit(Duration.ofMinutes(5));
    pass(Duration.ofMinutes(5));
    assertThat(limit.isOver("starting libtorch")).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(limit.isOver("starting libtorch")).isTrue();
  }

  @Test
  void withoutALimitItNeverIs() {
    TimeLimit limit = limit(Duration.ZERO);
    pass(Duration.ofDays(100));
    assertThat(limit.isOver("starting libtorch")).isFalse();
  }

  @Test
  void waitingForAnotherTrainingTakesNoTime() {
    TimeLimit limit = limit(Duration.ofMinutes(5));
    pass(Duration.ofMinutes(4));
    assertThat(limit.isOver("starting libtorch")).isFalse();
    for (int minute = 0; minute < 60; minute++) {
      assertThat(limit.isOver(Turn.WAITING)).isFalse();
      pass(Duration.ofMinutes(1));
    }
    assertThat(limit.isOver(Turn.WAITING)).isFalse();
    pass(Duration.ofMinutes(5));
    assertThat(limit.isOver("reading the weights")).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(limit.isOver("reading the weights")).isTrue();
  }

  private TimeLimit limit(Duration limit) {
    return new TimeLimit(limit, () -> now.toNanos());
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
