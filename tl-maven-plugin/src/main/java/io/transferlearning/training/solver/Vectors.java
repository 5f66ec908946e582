package io.transferlearning.training.solver;

/** Arithmetic of vectors. */
final class Vectors {
  private Vectors() {}

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** {@code a + factor * b}, in a new array. */
  static double[] plus(double[] a, double factor, double[] b) {
    double[] sum = a.clone();
    add(sum, factor, b);
    return sum;
  }

  /** Adds {@code factor * b} to {@code a}. */
  static void add(double[] a, double factor, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += factor * b[i];
    }
  }

  static void scale(double[] a, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }

  /** The largest magnitude. */
  static double largest(double[] a) {
    double largest = 0;
    for (double value : a) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
