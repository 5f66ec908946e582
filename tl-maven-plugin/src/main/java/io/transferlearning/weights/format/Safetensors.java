package io.transferlearning.weights.format;

import io.transferlearning.problem.Problem;
import io.transferlearning.problem.WeightProblems;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import io.transferlearning.weights.format.SafetensorsHeader.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
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

  private Safetensors() {}

  /**
   * Reads a file. The tensors are read-only views of the file mapped into memory, so nothing is
   * copied and files larger than the heap, or than 2 GiB, can be read; the file must not be changed
   * while they are in use.
   *
   * @throws Problem when the file can not be read, or is not exactly as the format says
   */
  public static StateDict read(Path file) {
    return read(file, Integer.MAX_VALUE);
  }

  /** As {@link #read(Path)}, mapping at most {@code windowBytes} at a time. */
  static StateDict read(Path file, int windowBytes) {
    if (!Files.isRegularFile(file)) {
      throw WeightProblems.noFile(file.toString());
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      readFully(channel, length, 0);
      int headerBytes = headerBytes(file.toString(), length, size);
      ByteBuffer header = ByteBuffer.allocate(headerBytes);
      readFully(channel, header, Long.BYTES);
      long start = Long.BYTES + (long) headerBytes;
      SafetensorsHeader parsed =
          SafetensorsHeaderParser.parse(file.toString(), header.array(), size - start);
      return tensors(
          file.toString(), parsed, new MappedWindows(channel, start, size - start, windowBytes));
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
    ByteBuffer rest = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[headerBytes(name, rest, rest.remaining())];
    rest.position(Long.BYTES).get(header);
    ByteBuffer data = rest.slice();
    SafetensorsHeader parsed = SafetensorsHeaderParser.parse(name, header, data.remaining());
    try {
      return tensors(name, parsed, (begin, size) -> data.slice((int) begin, size));
    } catch (IOException e) {
      throw WeightProblems.unreadable(name, e);
    }
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

  private static int headerBytes(String file, ByteBuffer length, long fileBytes) {
    if (fileBytes < Long.BYTES) {
      throw WeightProblems.tooShort(file, fileBytes);
    }
    long header = length.getLong(0);
    if (header < 0 || header > MOST_HEADER_BYTES) {
      throw WeightProblems.headerTooLarge(file, header, MOST_HEADER_BYTES);
    }
    if (header > fileBytes - Long.BYTES) {
      throw WeightProblems.headerBeyondFile(file, header, fileBytes);
    }
    return (int) header;
  }

  /** Where the bytes of the tensors come from; asked in ascending order of {@code begin}. */
  private interface Data {
    ByteBuffer slice(long begin, int size) throws IOException;
  }

  private static StateDict tensors(String file, SafetensorsHeader header, Data data)
      throws IOException {
    Map<String, Tensor> byOffset = new HashMap<>();
    for (Span span : header.byOffset()) {
      if (span.size() > Integer.MAX_VALUE) {
        throw WeightProblems.tensorTooLarge(file, span.name(), span.size());
      }
      ByteBuffer bytes = data.slice(span.begin(), (int) span.size());
      byOffset.put(span.name(), new Tensor(span.type(), span.shape(), bytes));
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : header.spans().keySet()) {
      tensors.put(name, Objects.requireNonNull(byOffset.get(name)));
    }
    return new StateDict(tensors, header.metadata());
  }

  private static void readFully(FileChannel channel, ByteBuffer target, long position)
      throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        return;
      }
      at += count;
    }
  }

  /**
   * A file too large for one buffer, mapped in as few pieces as possible: a piece for each tensor
   * would let a file of a million small tensors use up the system's mappings.
   */
  private static final class MappedWindows implements Data {
    private final FileChannel channel;
    private final long start;
    private final long dataBytes;
    private final int windowBytes;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowBegin;

    MappedWindows(FileChannel channel, long start, long dataBytes, int windowBytes) {
      this.channel = channel;
      this.start = start;
      this.dataBytes = dataBytes;
      this.windowBytes = windowBytes;
    }

    @Override
    public ByteBuffer slice(long begin, int size) throws IOException {
      if (begin + size > windowBegin + window.capacity()) {
        long length = Math.min(dataBytes - begin, Math.max(size, windowBytes));
        window = channel.map(FileChannel.MapMode.READ_ONLY, start + begin, length);
        windowBegin = begin;
      }
      return window.slice((int) (begin - windowBegin), size);
    }
  }
}
