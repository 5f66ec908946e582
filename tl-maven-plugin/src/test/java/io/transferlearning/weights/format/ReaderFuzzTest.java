package io.transferlearning.weights.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.transferlearning.problem.Problem;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.format.bytes.FileBytes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged files end in tensors or in a problem for the user, in no time and within little memory.
 * The same seeds give the same files. A million a reader:
 *
 * <pre>mvn -pl tl-maven-plugin test -Dtest=ReaderFuzzTest -Dtest.excludedGroups=</pre>
 */
class ReaderFuzzTest {
  private static final int FEW = 4_000;
  private static final int MANY = Integer.getInteger("fuzz.inputs", 1_000_000);

  /** Files that are not measured: they load classes. */
  private static final int FIRSTS = 500;

  /**
   * Beside the multiple of the file: a problem with its stack, an inflater, the first of a message.
   */
  private static final long SOME_BYTES = 1 << 19;

  /** The largest objects for the fewest bytes: an empty list for one byte of pickle, or a node. */
  private static final long MOST_MULTIPLE = 100;

  /** Of processor time: a stopped or loaded machine is no hang. */
  private static final long MOST_NANOS = 10_000_000_000L;

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A format, with the files to start from. */
  enum Format {
    SAFETENSORS,
    PTH_ZIP,
    PTH_LEGACY,
    TORCHSCRIPT,
    ONNX;

    private List<String> names() {
      return switch (this) {
        case SAFETENSORS -> List.of();
        case PTH_ZIP ->
            List.of("types.pth", "checkpoint.pth", "types-protocol4.pth", "runs-code.pth");
        case PTH_LEGACY ->
            List.of("types-legacy.pth", "checkpoint-legacy.pth", "runs-code-legacy.pth");
        case TORCHSCRIPT -> List.of("scripted.pt", "traced.pt");
        case ONNX -> List.of("named.onnx", "folded.onnx");
      };
    }

    private List<byte[]> seeds(Path folder) throws IOException {
      List<byte[]> seeds = new ArrayList<>();
      for (String name : names()) {
        seeds.add(Files.readAllBytes(TorchFiles.committed().resolve(name)));
      }
      if (this == SAFETENSORS) {
        Path file = folder.resolve("seed.safetensors");
        StateDict types = WeightFile.read(TorchFiles.committed().resolve("types.pth"));
        Safetensors.write(file, new StateDict(types.tensors(), Map.of("origin", "test")));
        seeds.add(Files.readAllBytes(file));
      }
      return seeds;
    }

    /** Damages a part and mends what is around it. */
    private byte[] inside(byte[] seed, Random random, UnaryOperator<byte[]> change) {
      Structured structured = new Structured(random);
      return switch (this) {
        case SAFETENSORS -> structured.safetensors(seed, change);
        case PTH_ZIP, TORCHSCRIPT -> structured.zip(seed, change);
        case PTH_LEGACY -> change.apply(seed);
        case ONNX -> structured.proto(seed, 4, change);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void damagedFilesAreReadOrRefused(Format format, @TempDir Path folder) throws IOException {
    fuzz(format, folder, FEW, 7);
  }

  @Tag("sweep")
  @ParameterizedTest
  @EnumSource
  void aMillionDamagedFilesAreReadOrRefused(Format format, @TempDir Path folder)
      throws IOException {
    fuzz(format, folder, MANY, 20261125);
  }

  private static void fuzz(Format format, Path folder, int inputs, long seed) throws IOException {
    List<byte[]> seeds = format.seeds(folder);
    Random random = new Random(seed);
    Mutator mutator = new Mutator(random);
    int read = 0;
    long slowest = 0;
    long largest = 0;
    double multiple = 0;
    for (int i = 0; i < inputs; i++) {
      byte[] start = seeds.get(random.nextInt(seeds.size()));
      byte[] other = seeds.get(random.nextInt(seeds.size()));
      UnaryOperator<byte[]> change = part -> mutator.mutated(part, other);
      byte[] file =
          random.nextInt(3) == 0 ? change.apply(start) : format.inside(start, random, change);
      long allocated = THREAD.getCurrentThreadAllocatedBytes();
      long begin = THREAD.getCurrentThreadCpuTime();
      read += isRead(file, format + " " + i) ? 1 : 0;
      long nanos = THREAD.getCurrentThreadCpuTime() - begin;
      allocated = THREAD.getCurrentThreadAllocatedBytes() - allocated;
      if (i < FIRSTS) {
        continue;
      }
      if (allocated > SOME_BYTES + MOST_MULTIPLE * file.length || nanos > MOST_NANOS) {
        throw new AssertionError(
            "%s %d: %d bytes of memory for a file of %d after %.3f s: %s"
                .formatted(format, i, allocated, file.length, nanos / 1e9, hex(file)));
      }
      slowest = Math.max(slowest, nanos);
      largest = Math.max(largest, allocated);
      multiple = Math.max(multiple, (double) (allocated - (64 << 10)) / Math.max(1, file.length));
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d damaged files, %d read, the others refused; slowest %.1f ms of processor, most memory %d kB,"
            + " above 64 kB at most %.1f times the file%n",
        format,
        inputs,
        read,
        slowest / 1e6,
        largest / 1024,
        multiple);
    assertThat(read).as("some damage is harmless").isBetween(1, inputs - 1);
  }

  private static boolean isRead(byte[] file, String title) {
    try {
      StateDict state = WeightFile.read("fuzz", FileBytes.of(ByteBuffer.wrap(file)));
      // Whatever is there can be used: its bytes are inside the file, or copied.
      for (Tensor tensor : state.tensors().values()) {
        ByteBuffer bytes = tensor.bytes();
        if (bytes.hasRemaining()) {
          bytes.get(bytes.remaining() - 1);
        }
      }
      return true;
    } catch (Problem refused) {
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(title + ": " + hex(file), e);
    }
  }

  private static String hex(byte[] file) {
    return HexFormat.of().formatHex(file);
  }
}
