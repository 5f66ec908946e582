package io.transferlearning.data.transform;

import io.transferlearning.data.RandomStream;
import io.transferlearning.data.image.Pixels;
import io.transferlearning.data.pixel.Affine;
import io.transferlearning.data.pixel.Enhancement;
import io.transferlearning.data.pixel.Tables;

/**
 * TrivialAugment in its wide form (Müller and Hutter 2021, 2103.10158), with the operations,
 * magnitudes and chances of torchvision's {@code TrivialAugmentWide}: one operation an image, of a
 * uniformly drawn strength. Geometry is bilinear, as in torchvision's reference script.
 */
final class TrivialAugment {
  /** Strengths of an operation, from weakest to strongest. */
  static final int STRENGTHS = 31;

  private TrivialAugment() {}

  /** The operations, in torchvision's order. */
  enum Operation {
    IDENTITY(0, 0, false),
    SHEAR_X(0, 0.99f, true),
    SHEAR_Y(0, 0.99f, true),
    TRANSLATE_X(0, 32, true),
    TRANSLATE_Y(0, 32, true),
    ROTATE(0, 135, true),
    BRIGHTNESS(0, 0.99f, true),
    COLOR(0, 0.99f, true),
    CONTRAST(0, 0.99f, true),
    SHARPNESS(0, 0.99f, true),
    POSTERIZE(8, 2, false),
    SOLARIZE(255, 0, false),
    AUTO_CONTRAST(0, 0, false),
    EQUALIZE(0, 0, false);

    private final float first;
    private final float last;
    private final boolean signed;

    Operation(float first, float last, boolean signed) {
      this.first = first;
      this.last = last;
      this.signed = signed;
    }

    /** The magnitude of a strength, 0..30, to the bit that of {@code torch.linspace}. */
    double magnitude(int strength) {
      float step = (last - first) / (STRENGTHS - 1);
      float magnitude =
          strength < STRENGTHS / 2
              ? first + step * strength
              : last - step * (STRENGTHS - 1 - strength);
      return this == POSTERIZE ? Math.rint(magnitude) : magnitude;
    }
  }

  /**
   * What is done to an image.
   *
   * @param magnitude in the units of the operation
   */
  record Choice(Operation operation, double magnitude) {

    /** The changed image; {@code image} may be it, changed in place. */
    Pixels apply(Pixels image) {
      switch (operation) {
        case BRIGHTNESS -> Enhancement.brightness(image, 1 + magnitude);
        case COLOR -> Enhancement.saturation(image, 1 + magnitude);
        case CONTRAST -> Enhancement.contrast(image, 1 + magnitude);
        case SHARPNESS -> Enhancement.sharpness(image, 1 + magnitude);
        case POSTERIZE -> Tables.posterize(image, (int) magnitude);
        case SOLARIZE -> Tables.solarize(image, magnitude);
        case AUTO_CONTRAST -> Tables.autocontrast(image);
        case EQUALIZE -> Tables.equalize(image);
        default -> {
          return operation == Operation.IDENTITY ? image : moved(image);
        }
      }
      return image;
    }

    private Pixels moved(Pixels image) {
      Affine map =
          switch (operation) {
            case SHEAR_X -> Affine.shearX(magnitude);
            case SHEAR_Y -> Affine.shearY(magnitude);
            case TRANSLATE_X -> Affine.translation((int) magnitude, 0);
            case TRANSLATE_Y -> Affine.translation(0, (int) magnitude);
            default -> Affine.rotation(magnitude, image.width(), image.height());
          };
      return map.apply(image, Affine.Filter.BILINEAR);
    }
  }

  /** Draws for one image. */
  static Choice draw(RandomStream random) {
    Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
    double magnitude = operation.magnitude(random.nextInt(STRENGTHS));
    boolean negative = random.nextBoolean();
    return new Choice(operation, operation.signed && negative ? -magnitude : magnitude);
  }
}
