package io.transferlearning.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void everyFloatingTypeIsWidenedOrRounded() {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, 0.1);
    assertThat(new Tensor(DType.F64, List.of(1L), bytes).toFloats()).containsExactly(0.1f);

    bytes.putShort(0, (short) 0x3F80).putShort(2, (short) 0xC000);
    ByteBuffer two = bytes.slice(0, 4);
    assertThat(new Tensor(DType.BF16, List.of(2L), two).toFloats()).containsExactly(1f, -2f);
    assertThat(new Tensor(DType.F16, List.of(2L), two).toFloats()).containsExactly(1.875f, -2f);
  }

  @Test
  void countersAreLongsAndNothingElseIs() {
    assertThat(Tensor.scalar(1L << 40).toLong()).isEqualTo(1L << 40);
    assertThatIllegalStateException()
        .isThrownBy(() -> Tensor.scalar(1).toFloats())
        .withMessage("a I64 tensor has no floats");
    assertThatIllegalStateException()
        .isThrownBy(() -> Tensor.of(new float[1]).toLong())
        .withMessage("not one I64, but F32 of shape []");
  }

  @Test
  void shapeAndBytesMustAgree() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(new float[2], 3))
        .withMessage("a F32 tensor of shape [3] takes 12 bytes, not 8");
  }
}
