package io.transferlearning.weights.format;

import io.transferlearning.weights.format.bytes.FileBytes;
import io.transferlearning.weights.format.zip.ZipArchive;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Takes a file apart, lets one part be changed, and puts it together with lengths, checksums and
 * directories that fit again: otherwise nearly all damage would be found at the door.
 */
final class Structured {
  private final RandomGenerator random;

  Structured(RandomGenerator random) {
    this.random = random;
  }

  /** Changes one entry of a zip archive, mostly the pickle. */
  byte[] zip(byte[] file, UnaryOperator<byte[]> change) {
    List<Object> parts = new ArrayList<>();
    List<Integer> pickles = new ArrayList<>();
    ZipArchive zip = ZipArchive.open("seed", FileBytes.of(ByteBuffer.wrap(file)));
    for (String name : zip.names()) {
      if (name.endsWith("/data.pkl")) {
        pickles.add(parts.size() + 1);
      }
      ByteBuffer content = zip.content(name).orElseThrow();
      byte[] bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      parts.add(name);
      parts.add(bytes);
    }
    boolean pickle = random.nextInt(8) > 0;
    int which = pickle ? pickles.get(0) : 1 + 2 * random.nextInt(parts.size() / 2);
    parts.set(which, change.apply((byte[]) parts.get(which)));
    return TorchBytes.zip(random.nextInt(4) > 0, parts.toArray());
  }

  /** Changes the header of a safetensors file. */
  byte[] safetensors(byte[] file, UnaryOperator<byte[]> change) {
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] header = change.apply(Arrays.copyOfRange(file, 8, 8 + length));
    return ByteBuffer.allocate(8 + header.length + file.length - 8 - length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(file, 8 + length, file.length - 8 - length)
        .array();
  }

  /**
   * Changes a message somewhere inside a protocol buffer message, and the lengths around it.
   *
   * @param depth how many levels down at most
   */
  byte[] proto(byte[] message, int depth, UnaryOperator<byte[]> change) {
    List<int[]> inner = fields(message);
    if (depth == 0 || inner.isEmpty() || random.nextInt(6) == 0) {
      return change.apply(message);
    }
    int[] field = inner.get(random.nextInt(inner.size()));
    byte[] content = proto(Arrays.copyOfRange(message, field[1], field[2]), depth - 1, change);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(message, 0, field[0]);
    for (int rest = content.length; ; rest >>>= 7) {
      out.write(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
      if (rest < 0x80) {
        break;
      }
    }
    out.writeBytes(content);
    out.write(message, field[2], message.length - field[2]);
    return out.toByteArray();
  }

  /**
   * Where the lengths, contents and ends of the fields of bytes are; none where it is no message.
   */
  private static List<int[]> fields(byte[] message) {
    List<int[]> fields = new ArrayList<>();
    int[] at = {0};
    while (at[0] < message.length) {
      long tag = varint(message, at);
      int length = at[0];
      switch ((int) (tag & 7)) {
        case 0 -> varint(message, at);
        case 1 -> at[0] += 8;
        case 2 -> {
          long size = varint(message, at);
          if (size < 0 || size > message.length - at[0]) {
            return List.of();
          }
          fields.add(new int[] {length, at[0], at[0] + (int) size});
          at[0] += (int) size;
        }
        case 5 -> at[0] += 4;
        default -> {
          return List.of();
        }
      }
    }
    return fields;
  }

  private static long varint(byte[] message, int[] at) {
    long value = 0;
    for (int shift = 0; at[0] < message.length && shift < 64; shift += 7) {
      byte next = message[at[0]++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }
}
