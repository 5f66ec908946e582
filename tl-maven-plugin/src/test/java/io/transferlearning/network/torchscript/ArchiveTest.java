package io.transferlearning.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  private static final int LOCAL_HEADER = 0x04034b50;

  private final Path folder;

  ArchiveTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyEntryIsStoredAndStartsAtAMultipleOf64Bytes() throws IOException {
    Map<String, Integer> starts = starts(Files.readAllBytes(write("a.pt")));

    assertThat(starts).hasSize(101).containsKey("net/data/99");
    assertThat(starts.values()).allSatisfy(start -> assertThat(start % 64).isZero());
  }

  @Test
  void anotherReaderFindsTheSameBytes() throws IOException {
    try (ZipFile zip = new ZipFile(write("a.pt").toFile())) {
      assertThat(zip.stream().map(entry -> entry.getMethod())).containsOnly(0);
      assertThat(zip.getInputStream(zip.getEntry("net/data/70")).readAllBytes())
          .isEqualTo(content(70));
    }
  }

  @Test
  void theSameContentGivesTheSameBytesInAnyTimeZone() throws IOException {
    byte[] here = Files.readAllBytes(write("a.pt"));
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      assertThat(Files.readAllBytes(write("b.pt"))).isEqualTo(here);
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void aBufferIsWrittenFromItsPositionAndLeftAsItWas() throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);
    Path file = folder.resolve("c.pt");
    try (Archive archive = new Archive(file, "net")) {
      archive.add("x", buffer);
    }

    assertThat(buffer.remaining()).isEqualTo(2);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.getInputStream(zip.getEntry("net/x")).readAllBytes()).containsExactly(2, 3);
    }
  }

  /** Entries of every length from 0 to 99, so that every padding occurs. */
  private Path write(String name) throws IOException {
    Path file = folder.resolve(name);
    try (Archive archive = new Archive(file, "net")) {
      archive.add("data.pkl", new byte[] {42});
      for (int length = 0; length < 100; length++) {
        archive.add("data/" + length, content(length));
      }
    }
    return file;
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (i * 31 + length);
    }
    return content;
  }

  /** Where the content of each stored entry starts, read from the local headers one by one. */
  private static Map<String, Integer> starts(byte[] file) {
    Map<String, Integer> starts = new LinkedHashMap<>();
    ByteBuffer zip = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (zip.getInt(at) == LOCAL_HEADER) {
      assertThat(zip.getShort(at + 8)).as("method").isZero();
      assertThat(zip.getShort(at + 6) & 8).as("sizes in the header").isZero();
      int name = zip.getShort(at + 26);
      int start = at + 30 + name + zip.getShort(at + 28);
      starts.put(new String(file, at + 30, name, StandardCharsets.UTF_8), start);
      at = start + zip.getInt(at + 18);
    }
    return starts;
  }
}
