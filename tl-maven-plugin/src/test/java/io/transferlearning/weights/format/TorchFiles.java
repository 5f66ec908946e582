package io.transferlearning.weights.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.transferlearning.weights.DType;
import io.transferlearning.weights.Golden;
import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** What {@code torch_files.py} wrote, and whether it is read as torch meant it. */
final class TorchFiles {
  private static final Map<String, DType> TYPES =
      Map.of(
          "float64", DType.F64,
          "float32", DType.F32,
          "float16", DType.F16,
          "bfloat16", DType.BF16,
          "int64", DType.I64,
          "uint8", DType.U8);

  private TorchFiles() {}

  /** The files in the repository, written by torch 1.13. */
  static Path committed() {
    try {
      URL file = Objects.requireNonNull(TorchFiles.class.getResource("torch/expected.json"));
      return Objects.requireNonNull(Path.of(file.toURI()).getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads all files that hold tensors and compares each with what torch said of it. */
  static void requireAllAsExpected(Path folder) throws IOException {
    JsonObject expected =
        new Gson().fromJson(Files.readString(folder.resolve("expected.json")), JsonObject.class);
    assertThat(expected.size()).isGreaterThan(6);
    for (String name : expected.keySet()) {
      StateDict read = WeightFile.read(folder.resolve(name));
      requireAsExpected(name, read, expected.getAsJsonObject(name));
    }
  }

  private static void requireAsExpected(String file, StateDict read, JsonObject expected) {
    if (file.endsWith(".pth")) {
      assertThat(read.tensors().keySet()).as(file).containsExactlyElementsOf(expected.keySet());
    } else { // The attributes of a TorchScript module come in an order of its own.
      assertThat(read.tensors().keySet()).as(file).isEqualTo(expected.keySet());
    }
    for (String name : expected.keySet()) {
      JsonObject tensor = expected.getAsJsonObject(name);
      String title = file + ": " + name;
      Tensor actual = read.tensor(name);
      assertThat(actual.type()).as(title).isEqualTo(TYPES.get(tensor.get("dtype").getAsString()));
      assertThat(actual.shape()).as(title).isEqualTo(Golden.longs(tensor.get("shape")));
      double[] values = new Gson().fromJson(tensor.get("values"), double[].class);
      assertThat(values(actual)).as(title).containsExactly(values);
    }
  }

  private static double[] values(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.elements())];
    if (tensor.type().isFloating()) {
      float[] floats = tensor.toFloats();
      for (int i = 0; i < values.length; i++) {
        values[i] = floats[i];
      }
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] =
            tensor.type() == DType.I64
                ? tensor.bytes().getLong(i * Long.BYTES)
                : tensor.bytes().get(i) & 0xFF;
      }
    }
    return values;
  }
}
