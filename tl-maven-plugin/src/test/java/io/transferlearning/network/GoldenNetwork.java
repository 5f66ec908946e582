package io.transferlearning.network;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.transferlearning.weights.FormulaWeights;
import io.transferlearning.weights.Golden;
import io.transferlearning.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A network beside what {@code torchvision_golden.py} knows of torchvision's of the same name. */
public final class GoldenNetwork {
  private static final JsonObject DOCUMENT = Golden.document();

  private final String name;
  private final JsonObject golden;

  private GoldenNetwork(JsonObject golden) {
    this.name = golden.get("name").getAsString();
    this.golden = golden;
  }

  /** Every network of the document. */
  public static Stream<GoldenNetwork> all() {
    return StreamSupport.stream(DOCUMENT.getAsJsonArray("models").spliterator(), false)
        .map(model -> new GoldenNetwork(model.getAsJsonObject()));
  }

  /** One of them. */
  public static GoldenNetwork of(String name) {
    return all().filter(model -> model.name.equals(name)).findFirst().orElseThrow();
  }

  public String name() {
    return name;
  }

  /** Ours, for the 1000 classes of ImageNet. */
  public Network network() {
    return Networks.of(name, 1000);
  }

  /** The formula's weights for it. */
  public Map<String, Tensor> weights() {
    return FormulaWeights.stateDict(network().shapes()).tensors();
  }

  /** torchvision's number of parameters. */
  public long parameters() {
    return golden.get("parameters").getAsLong();
  }

  /** SHA-256 of torchvision's names and shapes, in order. */
  public String digest() {
    return golden.get("digest").getAsString();
  }

  /** torchvision's names and shapes in order; empty where only the digest is kept. */
  public Map<String, List<Long>> shapes() {
    return Golden.shapes(name);
  }

  /** What torchvision computes, one for each image size. */
  public List<Output> outputs() {
    return golden.getAsJsonArray("outputs").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(Output::new)
        .toList();
  }

  /** The digest of a network of ours, to be compared with {@link #digest()}. */
  public static String digest(Network network) {
    StringBuilder lines = new StringBuilder();
    network.shapes().forEach((tensor, shape) -> lines.append(tensor + " " + shape + "\n"));
    try {
      byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** The logits of a batch of the formula's images of one size, in double precision. */
  public record Output(JsonObject golden) {
    public int height() {
      return golden.get("height").getAsInt();
    }

    public int width() {
      return golden.get("width").getAsInt();
    }

    /** Number of images. */
    public int batch() {
      return golden.getAsJsonArray("first").size();
    }

    /** The images, (N, 3, H, W). */
    public ByteBuffer images() {
      float[] values = FormulaWeights.images(batch(), height(), width());
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
      bytes.asFloatBuffer().put(values);
      return bytes;
    }

    /**
     * The largest difference from {@code logits}, as a part of the largest logit: of the first and
     * the last of each row, and of the sum and norm of all, scaled to one logit.
     */
    public double difference(float[] logits) {
      double worst = 0;
      int classes = logits.length / batch();
      for (int image = 0; image < batch(); image++) {
        List<JsonElement> first =
            golden.getAsJsonArray("first").get(image).getAsJsonArray().asList();
        List<JsonElement> last = golden.getAsJsonArray("last").get(image).getAsJsonArray().asList();
        int end = (image + 1) * classes - last.size();
        for (int i = 0; i < first.size(); i++) {
          worst = Math.max(worst, distance(logits[image * classes + i], first.get(i)));
          worst = Math.max(worst, distance(logits[end + i], last.get(i)));
        }
      }
      double sum = 0;
      double squares = 0;
      for (float logit : logits) {
        sum += logit;
        squares += (double) logit * logit;
      }
      worst = Math.max(worst, distance(sum, golden.get("sum")) / logits.length);
      worst =
          Math.max(
              worst, distance(Math.sqrt(squares), golden.get("norm")) / Math.sqrt(logits.length));
      return worst / golden.get("largest").getAsDouble();
    }

    /** torchvision's most likely class of each image. */
    public List<Long> argmax() {
      return Golden.longs(golden.get("argmax"));
    }

    private static double distance(double found, JsonElement expected) {
      double distance = Math.abs(found - expected.getAsDouble());
      return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }
  }
}
