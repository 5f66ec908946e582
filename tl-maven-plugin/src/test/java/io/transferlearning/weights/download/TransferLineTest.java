package io.transferlearning.weights.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a download shows while it goes on. */
class TransferLineTest {
  private final Heard heard = new Heard();
  private long nanos;

  @Test
  void rateAndTimeLeftAreThoseOfThisAttempt() {
    TransferLine line = line(10_000_000, 90_000_000);
    nanos = 2_000_000_000L;
    line.at(30_000_000);
    assertThat(heard.steps).containsExactly("m.pth  30.0/90.0 MB  10.0 MB/s  0:06 left");

    nanos = 4_000_000_000L;
    line.at(31_000_000);
    assertThat(heard.steps).last().isEqualTo("m.pth  31.0/90.0 MB  5.3 MB/s  0:11 left");
  }

  @Test
  void aSizeThatIsNotToldIsNotGuessed() {
    TransferLine line = line(0, PartialFile.UNKNOWN);
    nanos = 1_000_000_000L;
    line.at(2_500_000);
    assertThat(heard.steps).containsExactly("m.pth  2.5 MB  2.5 MB/s");
  }

  @Test
  void itIsShownNowAndThenOnly() {
    TransferLine line = line(0, 1_000);
    for (int i = 1; i <= 100; i++) {
      nanos = i * 10_000_000L;
      line.at(i * 10L);
    }
    assertThat(heard.steps).hasSize(4);
  }

  @Test
  void minutesAreMinutes() {
    TransferLine line = line(0, 548_000_000);
    nanos = 1_000_000_000L;
    line.at(1_000_000);
    assertThat(heard.steps).containsExactly("m.pth  1.0/548.0 MB  1.0 MB/s  9:07 left");
  }

  private TransferLine line(long before, long total) {
    return new TransferLine("m.pth", before, total, heard, () -> nanos);
  }
}
