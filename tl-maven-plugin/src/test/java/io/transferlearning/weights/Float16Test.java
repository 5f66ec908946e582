package io.transferlearning.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class Float16Test {
  private static final int PATTERNS = 1 << 16;

  @Test
  void everyHalfIsWhatTheStandardsFormulaSays() {
    for (int bits = 0; bits < PATTERNS; bits++) {
      float expected = reference(bits, 10, 5);
      assertSame(bits, Float16.ieee((short) bits), expected);
    }
  }

  @Test
  void everyBfloatIsWhatTheStandardsFormulaSays() {
    for (int bits = 0; bits < PATTERNS; bits++) {
      float expected = reference(bits, 7, 8);
      assertSame(bits, Float16.brain((short) bits), expected);
    }
  }

  @Test
  void knownHalvesAreExact() {
    assertThat(Float16.ieee((short) 0x3C00)).isEqualTo(1f);
    assertThat(Float16.ieee((short) 0xC000)).isEqualTo(-2f);
    assertThat(Float16.ieee((short) 0x7BFF)).isEqualTo(65504f);
    assertThat(Float16.ieee((short) 0x0400)).isEqualTo(0x1p-14f);
    assertThat(Float16.ieee((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(Float16.ieee((short) 0x7C00)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Float16.ieee((short) 0x7E00)).isNaN();
  }

  /** IEEE 754, 3.4: in powers of two and decimal arithmetic, sharing nothing with the code. */
  private static float reference(int bits, int fractionBits, int exponentBits) {
    int steps = 1 << fractionBits;
    int fraction = bits % steps;
    int exponent = bits / steps % (1 << exponentBits);
    int bias = (1 << (exponentBits - 1)) - 1;
    double sign = bits < PATTERNS / 2 ? 1 : -1;
    if (exponent == (1 << exponentBits) - 1) {
      return fraction == 0 ? (float) (sign * Double.POSITIVE_INFINITY) : Float.NaN;
    }
    int significand = exponent == 0 ? fraction : fraction + steps;
    int power = Math.max(exponent, 1) - bias - fractionBits;
    BigDecimal scale =
        power < 0
            ? BigDecimal.ONE.divide(BigDecimal.valueOf(2).pow(-power))
            : BigDecimal.valueOf(2).pow(power);
    return (float) (sign * scale.multiply(BigDecimal.valueOf(significand)).doubleValue());
  }

  private static void assertSame(int bits, float found, float expected) {
    if (Float.floatToIntBits(found) != Float.floatToIntBits(expected)) {
      assertThat(found).as("%04x", bits).isEqualTo(expected);
    }
  }
}
