package io.transferlearning.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines as Linux writes them on x86-64 and Arm. */
class ProcessorFlagsTest {
  @Test
  void flagsOfHardwareForBf16AreFound() {
    assertThat(ProcessorFlags.bf16("flags\t\t: fpu avx512f avx512_bf16 gfni\n")).isTrue();
    assertThat(ProcessorFlags.bf16("processor\t: 0\nflags\t\t: amx_bf16 amx_tile\n")).isTrue();
    assertThat(ProcessorFlags.bf16("Features\t: fp asimd svebf16 bf16 dgh\n")).isTrue();
  }

  @Test
  void otherFlagsAreNot() {
    assertThat(ProcessorFlags.bf16("flags\t\t: fpu avx2 avx512f avx512_vnni\n")).isFalse();
    assertThat(ProcessorFlags.bf16("Features\t: fp asimd\nmodel name : bf16\n")).isFalse();
    assertThat(ProcessorFlags.bf16("")).isFalse();
  }

  @Test
  void kindsDifferByModelAndFlagsAndNotBySpeed() {
    String one = "model name\t: EPYC\nmodel\t\t: 1\ncpu MHz\t: 2445.4\nflags\t\t: fpu avx2\n";
    String kind = ProcessorFlags.kind(one);

    assertThat(kind).startsWith("EPYC ");
    assertThat(ProcessorFlags.kind(one + one.replace("2445.4", "1500"))).isEqualTo(kind);
    assertThat(ProcessorFlags.kind(one.replace("2445.4", "1500"))).isEqualTo(kind);
    assertThat(ProcessorFlags.kind(one.replace(": 1", ": 2"))).isNotEqualTo(kind);
    assertThat(ProcessorFlags.kind(one.replace("avx2", "avx512f"))).isNotEqualTo(kind);
    assertThat(ProcessorFlags.kind("Features : fp\nCPU part\t: 0xd40\n"))
        .isNotEqualTo(ProcessorFlags.kind("Features : fp\nCPU part\t: 0xd4f\n"));
    assertThat(ProcessorFlags.kind("")).isEqualTo(System.getProperty("os.arch"));
  }
}
