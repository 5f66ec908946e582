package io.transferlearning.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.transferlearning.engine.Processor;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.problem.Problem;
import org.junit.jupiter.api.Test;

class PrecisionsTest {
  private static final Processor CPU = Processor.start("cpu", 1, 1);

  @Test
  void aWordIsObeyedWhateverTheProcessorCanDo() {
    assertThat(Precisions.of("fp32", CPU)).isEqualTo(Numerics.SINGLE);
    assertThat(Precisions.of("bf16", CPU)).isEqualTo(Numerics.MIXED);
  }

  @Test
  void autoTakesTheHalfWhereTheProcessorMultipliesIt() {
    Numerics expected = CPU.bf16() ? Numerics.MIXED : Numerics.SINGLE;

    assertThat(Precisions.of("auto", CPU)).isEqualTo(expected);
    assertThat(Precisions.text(expected)).isEqualTo(CPU.bf16() ? "bf16" : "fp32");
  }

  @Test
  void anotherWordIsRefusedWithTheLegalOnes() {
    assertThat(Precisions.requireKnown("bf16")).isEqualTo("bf16");
    assertThatThrownBy(() -> Precisions.requireKnown("fp16"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("transfer.precision cannot be 'fp16'. Legal: auto, fp32, bf16");
  }
}
