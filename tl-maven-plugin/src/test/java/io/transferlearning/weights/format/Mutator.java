package io.transferlearning.weights.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damages files as accidents and attackers do, so that a good part still looks like the format. */
final class Mutator {
  private static final long[] NUMBERS = {
    0,
    1,
    2,
    4,
    8,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    0x7fffffff,
    0x80000000L,
    0xffffffffL,
    1L << 32,
    1L << 40,
    1L << 61,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -2,
    -8
  };

  /** Pieces of pickles, headers and directories, each byte a character. */
  private static final List<String> WORDS =
      List.of(
          "ctorch._utils\n_rebuild_tensor_v2\n",
          "ctorch._utils\n_rebuild_parameter\n",
          "ccollections\nOrderedDict\n)R",
          "ctorch\nFloatStorage\n",
          "ctorch\nLongStorage\n",
          "ctorch\nSize\n",
          "cos\nsystem\n",
          "c__torch__\nNet\n)\u0081}",
          "X\1\0\0\0w",
          "(",
          "t",
          "R",
          "b",
          "u",
          "s",
          "e",
          "a",
          "Q",
          "}",
          "]",
          ")",
          "N",
          "q\0",
          "h\0",
          "h\1",
          "h\2",
          "h\5",
          "j\0\0\0\0",
          "\u0085",
          "\u0086",
          "\u0087",
          "\u0088",
          "\u0093",
          "\u0094",
          "K\0",
          "K\1",
          "\u008a\0",
          "\u008a\b\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
          "G\0\0\0\0\0\0\0\0",
          "PK\1\2",
          "PK\3\4",
          "PK\5\6",
          "PK\6\6",
          "PK\6\7",
          "../",
          "\"dtype\":\"F32\",",
          "\"shape\":[2],",
          "\"data_offsets\":[0,8]",
          "{",
          "\":",
          "[",
          "-1",
          "1e9",
          "\\u0000");

  private final RandomGenerator random;

  Mutator(RandomGenerator random) {
    this.random = random;
  }

  /** A copy with one to five kinds of damage, some of it taken from another file. */
  byte[] mutated(byte[] seed, byte[] other) {
    byte[] result = seed;
    for (int times = 1 + random.nextInt(5); times > 0; times--) {
      result = once(result, other);
    }
    return result;
  }

  private byte[] once(byte[] file, byte[] other) {
    if (file.length == 0) {
      return other.clone();
    }
    int at = random.nextInt(file.length);
    int length =
        Math.min(file.length - at, 1 + random.nextInt(random.nextInt(10) == 0 ? 4096 : 16));
    return switch (random.nextInt(9)) {
      case 0 -> replaced(file, at, 1, new byte[] {(byte) (file[at] ^ 1 << random.nextInt(8))});
      case 1 -> replaced(file, at, 1, new byte[] {(byte) random.nextInt(256)});
      case 2 -> number(file, at);
      case 3 -> replaced(file, at, length, new byte[0]);
      case 4 -> replaced(file, at, 0, part(file, at, length));
      case 5 -> replaced(file, random.nextInt(file.length), 0, part(file, at, length));
      case 6 -> replaced(file, at, random.nextInt(length + 1), word());
      case 7 -> replaced(file, at, length, part(other, random.nextInt(other.length), length));
      default -> random.nextInt(4) == 0 ? part(file, 0, at) : number(file, at);
    };
  }

  private byte[] number(byte[] file, int at) {
    int width = 1 << random.nextInt(4);
    byte[] number =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(0, NUMBERS[random.nextInt(NUMBERS.length)])
            .array();
    return replaced(file, at, Math.min(width, file.length - at), part(number, 0, width));
  }

  private byte[] word() {
    return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] part(byte[] file, int at, int length) {
    return Arrays.copyOfRange(file, at, Math.min(file.length, at + length));
  }

  private static byte[] replaced(byte[] file, int at, int length, byte[] by) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + by.length);
    out.write(file, 0, at);
    out.writeBytes(by);
    out.write(file, at + length, file.length - at - length);
    return out.toByteArray();
  }
}
