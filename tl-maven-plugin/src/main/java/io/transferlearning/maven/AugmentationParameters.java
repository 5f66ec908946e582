package io.transferlearning.maven;

import org.jspecify.annotations.Nullable;

/**
 * What is done to training images: {@code <augmentation>WORD</augmentation>}, or an element for
 * each of these.
 */
public class AugmentationParameters {
  @Nullable String preset;
  @Nullable String leastArea;
  @Nullable String horizontalFlip;
  @Nullable String verticalFlip;
  @Nullable String rotation;
  @Nullable String brightness;
  @Nullable String contrast;
  @Nullable String saturation;
  @Nullable String hue;
  @Nullable String trivialAugment;
  @Nullable String erasing;
  @Nullable String mixup;
  @Nullable String cutmix;

  /** What Maven calls for {@code <augmentation>WORD</augmentation>}. */
  public void set(String word) {
    preset = word;
  }
}
