package dev.glissade.check;

/// Products of vectors, in double precision.
final class Products {

  private Products() {}

  static double of(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
