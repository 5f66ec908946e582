package io.transferlearning.weights.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes pickles and archives byte by byte, such as no honest program writes. */
final class TorchBytes {
  private TorchBytes() {}

  /** A pickle of protocol 2; each character is a byte. */
  static byte[] pickle(String operations) {
    return ("\u0080\2" + operations).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Pushes a string. */
  static String text(String text) {
    return "X" + int32(text.length()) + text;
  }

  /** Pushes an integer of 64 bits. */
  static String integer(long value) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
    return "\u008a\b" + new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  /** Pushes a tuple of integers. */
  static String tuple(long... values) {
    StringBuilder items = new StringBuilder("(");
    for (long value : values) {
      items.append(integer(value));
    }
    return items.append("t").toString();
  }

  /** Pushes a tensor over the storage {@code 0} of so many floats. */
  static String tensor(long elements, long offset, String shape, String strides) {
    return "ctorch._utils\n_rebuild_tensor_v2\n(("
        + text("storage")
        + "ctorch\nFloatStorage\n"
        + text("0")
        + text("cpu")
        + integer(elements)
        + "tQ"
        + integer(offset)
        + shape
        + strides
        + "\u0089ccollections\nOrderedDict\n)RtR";
  }

  /** A state_dict of one tensor, {@code w}. */
  static byte[] stateDict(String tensor) {
    return pickle("}(" + text("w") + tensor + "u.");
  }

  /** An archive as torch.save writes it, with one storage of zeros. */
  static byte[] archive(byte[] pickle, int storageBytes) {
    return zip(true, "a/data.pkl", pickle, "a/data/0", new byte[storageBytes]);
  }

  /** A zip archive of names and contents in turn. */
  static byte[] zip(boolean stored, Object... entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        ZipEntry entry = new ZipEntry((String) entries[i]);
        byte[] content = (byte[]) entries[i + 1];
        if (stored) {
          CRC32 crc = new CRC32();
          crc.update(content);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(content.length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The same file with one text for another of its length, wherever it stands. */
  static byte[] replaced(byte[] file, String from, String to) {
    return new String(file, StandardCharsets.ISO_8859_1)
        .replace(from, to)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String int32(int value) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, value);
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }
}
