package dev.glissade.internal;

/// Small operations on float arrays.
public final class Vectors {

  private static final int EXPONENT = 0x7f80_0000;

  private Vectors() {}

  /// Whether no element of an array is NaN or infinite.
  public static boolean allFinite(float[] values) {
    int largest = 0; // an exponent of all ones marks NaN and infinity
    for (float value : values) {
      largest = Math.max(largest, Float.floatToRawIntBits(value) & EXPONENT);
    }
    return largest != EXPONENT;
  }

  /// Adds one array to another, element by element: to ← to + from.
  public static void add(float[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  /// The Euclidean norm of an array, summed in double precision.
  public static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
