package io.transferlearning.data.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchFileTest {
  private final Path file;

  ScratchFileTest(@TempDir Path folder) {
    this.file = folder.resolve("scratch");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasWrittenIsReadMappedOrNot(boolean mapping) throws IOException {
    try (ScratchFile scratch = ScratchFile.create(file, 1 << 20, 1000, mapping)) {
      long[] starts = new long[50];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = scratch.reserve(100 + 7 * i);
        scratch.write(starts[i], content(i));
      }
      for (int i = 0; i < starts.length; i++) {
        byte[] read = new byte[100 + 7 * i];
        scratch.read(starts[i], read);
        assertThat(read).isEqualTo(content(i));
      }
    }
  }

  @Test
  void aBlockLiesWithinOneMap() throws IOException {
    try (ScratchFile scratch = ScratchFile.create(file, 10_000, 1000, true)) {
      assertThat(scratch.reserve(600)).isZero();
      assertThat(scratch.reserve(400)).isEqualTo(600);
      assertThat(scratch.reserve(1)).isEqualTo(1000);
      assertThat(scratch.reserve(1000)).isEqualTo(2000);
      assertThat(scratch.reserve(600)).isEqualTo(3000);
      assertThat(scratch.reserve(600)).isEqualTo(4000);
      assertThat(scratch.reserve(1001)).as("longer than a map").isEqualTo(-1);
    }
  }

  @Test
  void theBudgetIsKeptAndWhatStillFitsIsTaken() throws IOException {
    try (ScratchFile scratch = ScratchFile.create(file, 1500, 1000, true)) {
      assertThat(scratch.reserve(1000)).isZero();
      assertThat(scratch.reserve(501)).isEqualTo(-1);
      assertThat(scratch.reserve(500)).isEqualTo(1000);
      assertThat(scratch.reserve(1)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingIsLeftOfItAndNothingCanBeReadAfterClosing(boolean mapping) throws IOException {
    ScratchFile scratch = ScratchFile.create(file, 1 << 20, 1000, mapping);
    scratch.write(scratch.reserve(100), content(0));
    scratch.close();
    assertThat(file).doesNotExist();
    assertThat(scratch.reserve(1)).isEqualTo(-1);
    assertThatThrownBy(() -> scratch.read(0, new byte[100])).isInstanceOf(IOException.class);
  }

  private static byte[] content(int seed) {
    byte[] content = new byte[100 + 7 * seed];
    new Random(seed).nextBytes(content);
    return content;
  }
}
