package dev.glissade.hipparchus;

import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathIllegalArgumentException;

/// The border between `double` vectors, which Hipparchus has, and `float` vectors, which we have.
final class Border {

  private Border() {}

  /// The same numbers as `double[N]`, exactly.
  static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /// The nearest numbers, `float[N]`; infinite beyond the range of `float`.
  static float[] narrowed(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  /// Writes a gradient times a factor.
  ///
  /// @throws MathIllegalArgumentException if the gradient has another number of coordinates
  static void write(double[] gradient, double factor, float[] to) {
    if (gradient.length != to.length) {
      throw new MathIllegalArgumentException(
          LocalizedCoreFormats.DIMENSIONS_MISMATCH, gradient.length, to.length);
    }
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) (factor * gradient[i]);
    }
  }
}
