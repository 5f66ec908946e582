package io.transferlearning.training.features;

import io.transferlearning.data.Preprocessing;
import io.transferlearning.engine.Processor;
import io.transferlearning.network.Network;
import io.transferlearning.network.Parameter;
import io.transferlearning.network.torchscript.Numerics;
import io.transferlearning.weights.Tensor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Names what features depend on beside the image. */
public final class FeatureGroup {
  /**
   * To be raised where decoding, resizing or computing is changed so that it gives other numbers.
   */
  private static final String CODE = "3";

  private static final int DIGITS = 32;

  private FeatureGroup() {}

  /**
   * A name of 32 hexadecimal digits: the digest of the trunk's operations and parameters, of the
   * preprocessing, of what computes in which numbers, and of the code's version. The head does not
   * matter, nor do counters of batches.
   *
   * @param tensors of the whole network
   */
  public static String name(
      Network network,
      Map<String, Tensor> tensors,
      Preprocessing preprocessing,
      Numerics numerics,
      Processor processor) {
    MessageDigest digest = sha256();
    String version = String.valueOf(FeatureGroup.class.getPackage().getImplementationVersion());
    for (Object fact :
        new Object[] {
          CODE,
          version,
          System.getProperty("os.arch"),
          processor.name(),
          processor.kind(),
          processor.version(),
          numerics,
          preprocessing,
          network.trunk()
        }) {
      digest.update((fact + "\n").getBytes(StandardCharsets.UTF_8));
    }
    for (Parameter parameter : network.parameters().values()) {
      Tensor tensor = tensors.get(parameter.name());
      boolean head = network.headParameters().contains(parameter.name());
      if (tensor != null && !head && parameter.role() != Parameter.Role.COUNTER) {
        digest.update(parameter.name().getBytes(StandardCharsets.UTF_8));
        digest.update(tensor.bytes());
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
