package io.transferlearning.weights.format;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.WeightProblems;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.format.SafetensorsHeader.Span;
import io.transferlearning.weights.format.bytes.FileBytes;
import io.transferlearning.weights.format.bytes.MappedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The safetensors format: eight bytes of header length (little-endian), a JSON header, then the
 * tensors' bytes without a gap. It holds numbers only, so reading a stranger's file runs nothing.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors {
  /** The format's own limit to the header, in bytes. */
  static final long MOST_HEADER_BYTES = 100_000_000;

  private static final int WINDOW_BYTES = 1 << 30;

  private Safetensors() {}

  /**
   * Reads a file. The tensors are read-only views of the file mapped into memory, so nothing is
   * copied and files larger than the heap, or than 2 GiB, can be read; the file must not be changed
   * while they are in use.
   *
   * @throws Problem when the file can not be read, or is not exactly as the format says
   */
  public static StateDict read(Path file) {
    return read(file, WINDOW_BYTES);
  }

  /** As {@link #read(Path)}, mapping windows of {@code windowBytes}. */
  static StateDict read(Path file, int windowBytes) {
    if (!Files.isRegularFile(file)) {
      throw WeightProblems.noFile(file.toString());
    }
    try (MappedFile bytes = MappedFile.open(file, windowBytes)) {
      return read(file.toString(), bytes);
    } catch (UncheckedIOException e) {
      throw WeightProblems.unreadable(file.toString(), Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw WeightProblems.unreadable(file.toString(), e);
    }
  }

  /**
   * Reads a file that is in memory already; the tensors are views of it.
   *
   * @param name what to call it in messages
   * @param file the whole file, from the buffer's position to its limit
   * @throws Problem when it is not exactly as the format says
   */
  public static StateDict read(String name, ByteBuffer file) {
    return read(name, FileBytes.of(file));
  }

  /** Reads a file from its bytes; the tensors are views of them. */
  static StateDict read(String name, FileBytes file) {
    if (file.size() < Long.BYTES) {
      throw WeightProblems.tooShort(name, file.size());
    }
    int headerBytes = headerBytes(name, file.slice(0, Long.BYTES).getLong(), file.size());
    byte[] header = new byte[headerBytes];
    file.slice(Long.BYTES, headerBytes).get(header);
    long start = Long.BYTES + (long) headerBytes;
    SafetensorsHeader parsed = SafetensorsHeaderParser.parse(name, header, file.size() - start);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Span span : parsed.spans().values()) {
      if (span.size() > Integer.MAX_VALUE) {
        throw WeightProblems.tensorTooLarge(name, span.name(), span.size());
      }
      ByteBuffer data = file.slice(start + span.begin(), span.size());
      tensors.put(span.name(), new Tensor(span.type(), span.shape(), data));
    }
    return new StateDict(tensors, parsed.metadata());
  }

  /**
   * Writes a file: the same tensors and metadata in the same order give the same bytes. The header
   * keeps the order of the map. The bytes of wider elements come first, as the reference
   * implementation has it, because some readers can use only aligned tensors. The file appears
   * under its name when it is complete, in place of an older one.
   *
   * @throws Problem when the file can not be written
   */
  public static void write(Path file, StateDict state) {
    try {
      SafetensorsWriter.write(file, state);
    } catch (IOException e) {
      throw WeightProblems.unwritable(file.toString(), e);
    }
  }

  private static int headerBytes(String file, long header, long fileBytes) {
    if (header < 0 || header > MOST_HEADER_BYTES) {
      throw WeightProblems.headerTooLarge(file, header, MOST_HEADER_BYTES);
    }
    if (header > fileBytes - Long.BYTES) {
      throw WeightProblems.headerBeyondFile(file, header, fileBytes);
    }
    return (int) header;
  }
}
