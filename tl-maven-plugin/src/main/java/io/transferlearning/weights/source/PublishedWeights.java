package io.transferlearning.weights.source;

import java.net.URI;
import java.util.List;

/**
 * ImageNet weights that somebody publishes, and how images must be prepared for them.
 *
 * @param model torchvision's name of the network
 * @param weights the publisher's name of these weights
 * @param url the file
 * @param sha256 the first hexadecimal digits of the file's SHA-256; PyTorch puts eight of them into
 *     the file's name and checks them after a download
 * @param licence what is known of the terms
 * @param inputSize height and width of the input they were trained with, in pixels
 * @param resize length of an image's shorter side before the centre is cut out of it, in pixels
 * @param interpolation how images are resized: {@code bilinear} or {@code bicubic}
 * @param mean of the channels red, green and blue, of images scaled to 0..1
 * @param deviation of the channels, likewise
 * @param classes the network's outputs
 */
public record PublishedWeights(
    String model,
    String weights,
    URI url,
    String sha256,
    String licence,
    int inputSize,
    int resize,
    String interpolation,
    List<Float> mean,
    List<Float> deviation,
    int classes) {}
