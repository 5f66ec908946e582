package io.transferlearning.training.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureCodecTest {
  private static final int ELEMENTS = 1003;

  private final Random random = new Random(1);
  private final FeatureCodec codec = new FeatureCodec(ELEMENTS);

  @Test
  void denseFloatsTakeFourBytes() {
    assertThat(roundTrip(floats(1, false))).isEqualTo(1 + 4 * ELEMENTS);
  }

  @Test
  void brainFloatsTakeTwoBytes() {
    assertThat(roundTrip(floats(1, true))).isEqualTo(1 + 2 * ELEMENTS);
  }

  @Test
  void zerosTakeOneBit() {
    float[] zeros = new float[ELEMENTS];
    assertThat(roundTrip(zeros)).isEqualTo(1 + 126);

    zeros[1002] = 1;
    zeros[7] = 0.1f;
    assertThat(roundTrip(zeros)).isEqualTo(1 + 126 + 2 * 4);
  }

  @Test
  void everyBitComesBack() {
    for (double share : new double[] {0, 0.02, 0.1, 0.5, 0.9}) {
      roundTrip(floats(share, false));
      roundTrip(floats(share, true));
    }
    float[] strange = floats(0.1, true);
    strange[3] = -0f;
    strange[4] = Float.NaN;
    strange[5] = Float.intBitsToFloat(0x7FC00123);
    strange[6] = Float.NEGATIVE_INFINITY;
    strange[8] = Float.MIN_VALUE;
    roundTrip(strange);
  }

  @Test
  void otherBytesAreNoRow() {
    ByteBuffer row = row();
    for (float[] values : new float[][] {floats(1, false), floats(0.1, true)}) {
      byte[] code = codec.encode(row(values));

      assertThat(codec.decode(Arrays.copyOf(code, code.length - 1), row)).isFalse();
      assertThat(codec.decode(Arrays.copyOf(code, code.length + 1), row)).isFalse();
      assertThat(codec.decode(Arrays.copyOf(code, 60), row)).isFalse();
      assertThat(new FeatureCodec(ELEMENTS - 8).decode(code, row)).isFalse();
    }
    assertThat(codec.decode(new byte[0], row)).isFalse();
    assertThat(codec.decode(new byte[] {7, 1, 2}, row)).isFalse();
  }

  @Test
  void randomBytesNeverBreakTheDecoder() {
    ByteBuffer row = row();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] &= 3;
      }
      codec.decode(bytes, row);
    }
  }

  private int roundTrip(float[] values) {
    byte[] code = codec.encode(row(values));
    ByteBuffer row = row();
    assertThat(codec.decode(code, row)).isTrue();
    int[] expected = new int[ELEMENTS];
    int[] actual = new int[ELEMENTS];
    for (int i = 0; i < ELEMENTS; i++) {
      expected[i] = Float.floatToRawIntBits(values[i]);
      actual[i] = row.getInt(i * 4);
    }
    assertThat(actual).isEqualTo(expected);
    return code.length;
  }

  private float[] floats(double share, boolean half) {
    float[] values = new float[ELEMENTS];
    for (int i = 0; i < ELEMENTS; i++) {
      float value = random.nextFloat() + 0.1f;
      int bits = Float.floatToIntBits(value) & (half ? 0xFFFF0000 : -1);
      values[i] = random.nextDouble() < share ? Float.intBitsToFloat(bits) : 0;
    }
    return values;
  }

  private static ByteBuffer row(float... values) {
    ByteBuffer row =
        ByteBuffer.allocateDirect(ELEMENTS * Float.BYTES).order(ByteOrder.nativeOrder());
    row.asFloatBuffer().put(values);
    return row;
  }
}
