package io.transferlearning.weights.format;

import static io.transferlearning.problem.ProblemCatcher.catchProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.weights.DType;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class SafetensorsTest {
  private final Path folder;

  SafetensorsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whatIsWrittenIsReadAgainInTheSameOrder() {
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, sample());

    StateDict read = Safetensors.read(file);

    assertThat(read.tensors().keySet()).containsExactly("z.weight", "a.count", "half", "scalar");
    assertThat(read.metadata())
        .containsExactly(Map.entry("origin", "a \"test\" ü"), Map.entry("b", ""));
    assertThat(read.tensor("z.weight").toFloats()).containsExactly(1, 2, 3);
    assertThat(read.tensor("z.weight").shape()).containsExactly(3L, 1L);
    assertThat(read.tensor("a.count").toLong()).isEqualTo(-7);
    assertThat(read.tensor("half").toFloats()).containsExactly(1.5f);
    assertThat(read.tensor("scalar").toFloats()).containsExactly(0.25f);
  }

  @Test
  void theBytesAreThoseOfTheFormatAndWiderElementsComeFirst() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, sample());

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);

    assertThat(header.length % 8).isZero();
    assertThat(new String(header, StandardCharsets.UTF_8).stripTrailing())
        .isEqualTo(
            "{\"__metadata__\":{\"origin\":\"a \\\"test\\\" ü\",\"b\":\"\"},"
                + "\"z.weight\":{\"dtype\":\"F32\",\"shape\":[3,1],\"data_offsets\":[8,20]},"
                + "\"a.count\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                + "\"half\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[24,26]},"
                + "\"scalar\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[20,24]}}");
    assertThat(bytes.getLong()).isEqualTo(-7);
    assertThat(bytes.getFloat()).isEqualTo(1);
    assertThat(bytes.remaining()).isEqualTo(4 + 4 + 4 + 2);
  }

  @Test
  void writingTwiceGivesTheSameBytesAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, sample());
    byte[] first = Files.readAllBytes(file);
    Safetensors.write(file, sample());

    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileInMemoryReadsLikeOneOnDisk() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, sample());

    StateDict read = Safetensors.read("memory", ByteBuffer.wrap(Files.readAllBytes(file)));

    assertThat(read).isEqualTo(Safetensors.read(file));
  }

  @Test
  void smallWindowsGiveTheSameTensors() {
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, sample());

    for (int window : new int[] {1, 8, 13, 20}) {
      assertThat(Safetensors.read(file, window)).isEqualTo(Safetensors.read(file));
    }
  }

  @Test
  void tensorsBehindTheFirstTwoGibibytesAreRead() throws IOException {
    long block = 1_500_000_000L;
    Path file = folder.resolve("large.safetensors");
    String header =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1500000000],\"data_offsets\":[0,1500000000]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[1500000000],"
            + "\"data_offsets\":[1500000000,3000000000]}}";
    writeSparse(file, header, 2 * block);

    StateDict read = Safetensors.read(file);

    Tensor last = read.tensor("b");
    assertThat(last.bytes().get((int) block - 1)).isEqualTo((byte) 42);
    assertThat(read.tensor("a").elements()).isEqualTo(block);
  }

  @Test
  void aTensorOfMoreThanTwoGibibytesIsRefused() throws IOException {
    Path file = folder.resolve("large.safetensors");
    String header =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[3,1000000000],\"data_offsets\":[0,3000000000]}}";
    writeSparse(file, header, 3_000_000_000L);

    assertThat(catchProblem(() -> Safetensors.read(file)).what())
        .isEqualTo(
            "The weights "
                + file
                + " can not be used: tensor 'a': 3000000000 bytes are above the limit of 2 GiB for"
                + " a tensor.");
  }

  @Test
  void emptyTensorsAndAnEmptyFileAreLegal() {
    Path file = folder.resolve("empty.safetensors");
    Tensor empty = Tensor.of(new float[0], 0, 4);
    Safetensors.write(file, StateDict.of(Map.of("nothing", empty)));
    assertThat(Safetensors.read(file).tensor("nothing").shape()).containsExactly(0L, 4L);

    Safetensors.write(file, StateDict.of(Map.of()));
    assertThat(Safetensors.read(file).tensors()).isEmpty();
  }

  @Test
  void aFolderIsNoFileOfWeights() {
    assertThat(catchProblem(() -> Safetensors.read(folder)).getMessage())
        .isEqualTo(
            "The weights "
                + folder
                + " are not a file."
                + System.lineSeparator()
                + "  -> Check the path: -Dtransfer.weights=FILE names a file of weights, relative"
                + " to the project's folder or absolute.");
  }

  @Test
  void aMissingFolderIsNamedWhenWriting() {
    Path file = folder.resolve("none/model.safetensors");

    assertThat(catchProblem(() -> Safetensors.write(file, sample())).what())
        .startsWith("The weights can not be written to " + file + ": ");
  }

  private static StateDict sample() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z.weight", Tensor.of(new float[] {1, 2, 3}, 3, 1));
    tensors.put("a.count", Tensor.scalar(-7));
    ByteBuffer half =
        ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort(0, (short) 0x3E00);
    tensors.put("half", new Tensor(DType.F16, List.of(1L), half));
    tensors.put("scalar", Tensor.of(new float[] {0.25f}));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("origin", "a \"test\" ü");
    metadata.put("b", "");
    return new StateDict(tensors, metadata);
  }

  /** A file full of holes, so that it takes no disk; its last byte is 42. */
  private static void writeSparse(Path file, String header, long dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.writeLong(Long.reverseBytes(text.length));
      out.write(text);
      out.seek(Long.BYTES + text.length + dataBytes - 1);
      out.write(42);
    }
  }
}
