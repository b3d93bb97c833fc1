package dev.glissade.internal;

/// Small operations on float arrays.
public final class Vectors {

  private Vectors() {}

  /// Whether no element of an array is NaN or infinite.
  public static boolean allFinite(float[] values) {
    float largest = 0; // NaN, once there is one
    for (int i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest <= Float.MAX_VALUE;
  }

  /// Adds one array to another, element by element: to ← to + from.
  public static void add(float[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  /// The Euclidean norm of an array, summed in double precision.
  public static double norm(float[] values) {
    return Math.sqrt(squares(values, 0, values.length));
  }

  /// The sum of the squares of `values[from]` … `values[to - 1]` in double precision: in four sums,
  /// which the processor adds up at the same time.
  public static double squares(float[] values, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      s0 += (double) values[i] * values[i];
      s1 += (double) values[i + 1] * values[i + 1];
      s2 += (double) values[i + 2] * values[i + 2];
      s3 += (double) values[i + 3] * values[i + 3];
    }
    for (; i < to; i++) {
      s0 += (double) values[i] * values[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
