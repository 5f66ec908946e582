package io.transferlearning.weights.format;

import io.transferlearning.problem.FormatProblems;
import io.transferlearning.problem.Problem;
import io.transferlearning.weights.format.bytes.FileBytes;
import io.transferlearning.weights.format.onnx.Onnx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The kinds of files that have a reader, told apart by their first bytes. */
enum FileKind {
  SAFETENSORS,
  ZIP,
  PICKLE,
  ONNX;

  private static final int LONGEST_START = 512;
  private static final int TAR_MAGIC = 257;

  /** First bytes, one character each, of files that are taken for weights and are none. */
  private static final Map<String, String> OTHERS = new LinkedHashMap<>();

  static {
    OTHERS.put("\u001f\u008b", "compressed with gzip");
    OTHERS.put("BZh", "compressed with bzip2");
    OTHERS.put("\u00fd7zXZ\0", "compressed with xz");
    OTHERS.put("(\u00b5/\u00fd", "compressed with zstd");
    OTHERS.put("7z\u00bc\u00af", "a 7z archive");
    OTHERS.put("Rar!", "a RAR archive");
    OTHERS.put("\u0089HDF\r\n", "an HDF5 file, as Keras writes it");
    OTHERS.put("GGUF", "a GGUF file");
    OTHERS.put("\u0093NUMPY", "a NumPy array");
  }

  /**
   * What a file is.
   *
   * @throws Problem when nothing reads it, saying what it is where that can be told
   */
  static FileKind of(String file, FileBytes bytes) {
    if (bytes.size() == 0) {
      throw FormatProblems.empty(file);
    }
    ByteBuffer start = bytes.slice(0, Math.min(bytes.size(), LONGEST_START));
    String text = StandardCharsets.ISO_8859_1.decode(start.duplicate()).toString();
    if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006")) {
      return ZIP;
    }
    if (text.startsWith("\u0080")) {
      return PICKLE;
    }
    if (isSafetensors(text, bytes.size(), start)) {
      return SAFETENSORS;
    }
    refuse(file, text);
    if (Onnx.isOnnx(bytes)) {
      return ONNX;
    }
    // Whoever calls a file so wants to hear what is wrong with it.
    if (file.toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
      return SAFETENSORS;
    }
    throw FormatProblems.unknown(file);
  }

  private static boolean isSafetensors(String text, long size, ByteBuffer start) {
    return text.length() > Long.BYTES
        && text.charAt(Long.BYTES) == '{'
        && start.getLong(0) > 0
        && start.getLong(0) <= size - Long.BYTES;
  }

  private static void refuse(String file, String text) {
    if (text.startsWith("version https://git-lfs.github.com/spec/")) {
      throw FormatProblems.lfsPointer(file);
    }
    String visible = text.replaceFirst("^(?:\u00ef\u00bb\u00bf)?\\s*", "");
    if (visible.startsWith("<")) {
      throw FormatProblems.webPage(file);
    }
    if (visible.matches("(?s)\\{\\s*[\"}].*")) {
      throw FormatProblems.json(file);
    }
    if (text.startsWith("ustar", Math.min(TAR_MAGIC, text.length()))) {
      throw FormatProblems.tar(file);
    }
    OTHERS.forEach(
        (first, what) -> {
          if (text.startsWith(first)) {
            throw FormatProblems.other(file, what);
          }
        });
  }
}
