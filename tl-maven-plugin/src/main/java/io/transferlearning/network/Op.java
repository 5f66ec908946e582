package io.transferlearning.network;

/**
 * What a node computes. Every operation works on batches: maps are (N, C, H, W), vectors (N, C).
 * Names, defaults and meaning are torch.nn's.
 */
public sealed interface Op {

  /** The images the network is given. */
  record Input(int channels) implements Op {}

  /**
   * Two-dimensional convolution with a weight of (out, in / groups, kernel, kernel).
   *
   * @param in channels of the input
   * @param out channels of the output
   * @param kernel height and width of the kernel
   * @param stride step of the kernel
   * @param padding zeros added on every side
   * @param groups number of groups that see only their own input channels
   * @param bias whether a bias of (out) is added
   */
  record Conv2d(int in, int out, int kernel, int stride, int padding, int groups, boolean bias)
      implements Op {}

  /**
   * Batch normalisation over (N, H, W) of each channel; momentum 0.1 and epsilon 1e-5, torch's
   * defaults.
   */
  record BatchNorm2d(int channels) implements Op {
    /** Weight of a new batch in the running statistics. */
    public static final double MOMENTUM = 0.1;

    /** Added to the variance. */
    public static final double EPSILON = 1e-5;
  }

  /** Fully connected layer with a weight of (out, in) and a bias of (out). */
  record Linear(int in, int out) implements Op {}

  /** max(x, 0). */
  record Relu() implements Op {}

  /** Maximum over windows. With {@code ceil} a window may hang over the right and lower edge. */
  record MaxPool2d(int kernel, int stride, int padding, boolean ceil) implements Op {}

  /** Mean over windows. */
  record AvgPool2d(int kernel, int stride) implements Op {}

  /** Mean over a grid of {@code size} by {@code size} windows, whatever the input's size. */
  record AdaptiveAvgPool2d(int size) implements Op {}

  /**
   * In training, zeroes elements with this probability and scales the others up; otherwise nothing.
   */
  record Dropout(double probability) implements Op {}

  /** Elementwise sum of two inputs of one shape. */
  record Add() implements Op {}

  /** Joins the inputs along the channels. */
  record Concat() implements Op {}

  /** (N, C, H, W) to (N, C * H * W). */
  record Flatten() implements Op {}
}
