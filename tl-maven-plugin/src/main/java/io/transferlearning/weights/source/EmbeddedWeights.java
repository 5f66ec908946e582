package io.transferlearning.weights.source;

import io.transferlearning.weights.StateDict;
import io.transferlearning.weights.format.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The ImageNet weights inside the plugin, so that a first build trains something real without a
 * network. Their origin is in their metadata and in the NOTICE.
 */
public final class EmbeddedWeights {
  /** The one network whose weights are small enough (4.9 MB) and free to pass on. */
  public static final String MODEL = "squeezenet1_1";

  /** The SHA-256 of the embedded file, in hexadecimal digits. */
  public static final String SHA256 =
      "17a713e66d061da01bfe910b8269d7a82b885f9d6b33d31730ca9bb4a5f0d3af";

  /** What is known of their terms. */
  static final String TERMS =
      "Apache-2.0, as published in the ONNX Model Zoo (squeezenet1.1-7.onnx); trained on ImageNet-1k";

  static final String RESOURCE = "squeezenet1_1.imagenet.safetensors";

  private EmbeddedWeights() {}

  /**
   * The embedded weights of a network, on the heap; empty where none are embedded.
   *
   * @param model torchvision's name
   */
  public static Optional<StateDict> open(String model) {
    if (!model.equals(MODEL)) {
      return Optional.empty();
    }
    return Optional.of(Safetensors.read(RESOURCE, ByteBuffer.wrap(bytes())));
  }

  static byte[] bytes() {
    try (InputStream in = EmbeddedWeights.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the plugin's jar lacks " + RESOURCE);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
