package io.transferlearning.weights.source;

import java.net.URI;

/**
 * ImageNet weights as torchvision publishes them (its {@code IMAGENET1K_V1}, for every network).
 *
 * @param model torchvision's name of the network
 * @param url the PyTorch file
 * @param sha256Prefix the first eight hexadecimal digits of the file's SHA-256, which PyTorch puts
 *     into the file's name and checks after a download
 */
public record PublishedWeights(String model, URI url, String sha256Prefix) {
  /** What is known of the terms. */
  public static final String LICENCE =
      "torchvision is published under BSD-3-Clause; its authors note that pre-trained weights may"
          + " carry terms of the data they were trained on, here ImageNet-1k, and leave it to the"
          + " user to see whether they cover the use.";

  private static final String FOLDER = "https://download.pytorch.org/models/";

  static PublishedWeights of(String model, String file, String sha256Prefix) {
    return new PublishedWeights(
        model, URI.create(FOLDER + file + "-" + sha256Prefix + ".pth"), sha256Prefix);
  }

  /**
   * A shell command that downloads the weights with torchvision and saves them as {@code
   * MODEL.safetensors}. It goes through the network, because the files of DenseNet keep names that
   * torchvision translates when it loads them.
   */
  public String conversionCommand() {
    return "python3 -c \"import torchvision, safetensors.torch;"
        + " safetensors.torch.save_file(torchvision.models."
        + model
        + "(weights='IMAGENET1K_V1').state_dict(), '"
        + model
        + ".safetensors')\"";
  }
}
