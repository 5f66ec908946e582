package io.transferlearning.data;

/**
 * What happens to an image between its file and the network when a model is used: resize the
 * shorter side, cut the centre, scale to 0..1, normalise by channel. Stored in the model, so that
 * it can not disagree with the weights.
 *
 * @param resize length of the shorter side after resizing, in pixels
 * @param crop height and width of the centre crop, in pixels; the network's input size
 * @param interpolation how pixels are resampled
 * @param mean mean of each channel (red, green, blue) of images scaled to 0..1
 * @param deviation standard deviation of each channel, likewise
 */
public record Preprocessing(
    int resize, int crop, Interpolation interpolation, Channels mean, Channels deviation) {

  /** How pixels are resampled; both antialias when they shrink, as Pillow does. */
  public enum Interpolation {
    BILINEAR,
    BICUBIC
  }

  /** One number for each colour channel. */
  public record Channels(float red, float green, float blue) {}

  /** The mean of ImageNet's training images, from torchvision's reference scripts. */
  public static final Channels IMAGENET_MEAN = new Channels(0.485f, 0.456f, 0.406f);

  /** The deviation of ImageNet's training images, from torchvision's reference scripts. */
  public static final Channels IMAGENET_DEVIATION = new Channels(0.229f, 0.224f, 0.225f);

  /**
   * ImageNet's classic preprocessing for an input of {@code crop} pixels: the shorter side is
   * resized to 256/224 of it, rounded to the nearest pixel.
   */
  public static Preprocessing imagenet(int crop) {
    return new Preprocessing(
        Math.round(crop * 256f / 224f),
        crop,
        Interpolation.BILINEAR,
        IMAGENET_MEAN,
        IMAGENET_DEVIATION);
  }
}
