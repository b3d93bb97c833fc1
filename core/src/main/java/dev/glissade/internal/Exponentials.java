package dev.glissade.internal;

/// Factors given by their logarithms.
///
/// eˣ is (1 + r + r²/2! + … + r⁸/8!)¹⁰²⁴ with r = x/1024, in double precision: additions and
/// multiplications alone, of which the compiler makes vectors, as it does not of `Math.exp`. The
/// series leaves out less than 10⁻¹⁵ of r, and ten squarings make 10⁻¹² of that: a float is the
/// same as by `Math.exp` but for one in tens of thousands, which is next to it.
public final class Exponentials {

  /// The largest logarithm of a factor that is a finite float.
  private static final double LARGEST = 88.7;

  /// From here down, factors are 0 as floats.
  private static final double LEAST = -110;

  private static final double FRACTION = 1.0 / 1024;

  private static final double TERM_2 = 1.0 / 2;
  private static final double TERM_3 = TERM_2 / 3;
  private static final double TERM_4 = TERM_3 / 4;
  private static final double TERM_5 = TERM_4 / 5;
  private static final double TERM_6 = TERM_5 / 6;
  private static final double TERM_7 = TERM_6 / 7;
  private static final double TERM_8 = TERM_7 / 8;

  private Exponentials() {}

  /// Multiplies each value by a factor: value ← value·exp(logarithm). What would be infinite is the
  /// largest float: infinity times a later 0 would be NaN.
  public static void scale(double[] logarithms, float[] values) {
    for (int n = 0; n < values.length; n++) {
      double r = Math.min(Math.max(logarithms[n], LEAST), LARGEST) * FRACTION;
      double p = TERM_5 + r * (TERM_6 + r * (TERM_7 + r * TERM_8));
      p = 1 + r * (1 + r * (TERM_2 + r * (TERM_3 + r * (TERM_4 + r * p))));
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p; // ten times, 2¹⁰ = 1024
      float factor = (float) p;
      float scaled = factor * values[n];
      values[n] = Math.min(Math.max(scaled, -Float.MAX_VALUE), Float.MAX_VALUE);
    }
  }
}
