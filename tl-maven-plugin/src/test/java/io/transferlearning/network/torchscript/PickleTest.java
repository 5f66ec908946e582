package io.transferlearning.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes as Python's pickletools reads them; protocol 2. */
class PickleTest {
  @Test
  void startsWithTheProtocolAndEndsWithStop() {
    assertThat(hex(new Pickle().emptyTuple())).isEqualTo("8002" + "29" + "2e");
  }

  @Test
  void integersOf32BitsAreBininAndLargerOnesLong1() {
    assertThat(hex(new Pickle().integer(-2))).isEqualTo("8002" + "4afeffffff" + "2e");
    assertThat(hex(new Pickle().integer(Integer.MAX_VALUE)))
        .isEqualTo("8002" + "4affffff7f" + "2e");
    assertThat(hex(new Pickle().integer(1L << 31)))
        .isEqualTo("8002" + "8a080000008000000000" + "2e");
    assertThat(hex(new Pickle().integer(Long.MIN_VALUE)))
        .isEqualTo("8002" + "8a080000000000000080" + "2e");
  }

  @Test
  void stringsAreCountedInBytes() {
    assertThat(hex(new Pickle().string("\u00e9"))).isEqualTo("8002" + "5802000000c3a9" + "2e");
  }

  @Test
  void constantsAreOneByte() {
    assertThat(hex(new Pickle().bool(true).bool(false).none())).isEqualTo("8002" + "88894e" + "2e");
  }

  @Test
  void anObjectIsItsClassAndItsState() {
    Pickle pickle = new Pickle().object("a", "B").beginDictionary().string("c").none();

    assertThat(hex(pickle.endDictionary().build()))
        .isEqualTo(
            "8002" + "63610a420a" + "2981" + "7d28" + "580100000063" + "4e" + "75" + "62" + "2e");
  }

  @Test
  void aTensorNamesItsStorageSizesAndStrides() {
    String pickle =
        hex(
            new Pickle()
                .tensor("FloatStorage", "7", List.of(2L, 3L, 4L), Numerics.Layout.CHANNELS_LAST));

    assertThat(pickle)
        .contains("4a18000000" + "74" + "51") // 24 elements, persistent id
        .contains("28" + "4a02000000" + "4a03000000" + "4a04000000" + "74")
        .contains("28" + "4a0c000000" + "4a04000000" + "4a01000000" + "74");
  }

  private static String hex(Pickle pickle) {
    return HexFormat.of().formatHex(pickle.finish());
  }
}
