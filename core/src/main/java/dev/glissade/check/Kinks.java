package dev.glissade.check;

import dev.glissade.TwiceDifferentiable;

/// Tells a gradient that jumps from a Hessian-vector product that is wrong: both leave a change of
/// the gradient unexplained, on every line as much.
///
/// A network with ReLU has kinks so close together that a line between two of them is too short for
/// `float`. But the change that H·v leaves unexplained, `U = ∇f(t) − ∇f(−t) − 2t·H·v`, comes
/// unevenly then. Its unevenness is `T = ∇f(t) − 2∇f(t/2) + 2∇f(−t/2) − ∇f(−t)`. If f is smooth, T
/// is of the order t³ and U, if H is wrong, of the order t: |T|/|U| falls by 64 from one length to
/// the eighth of it. With kinks T is like a sum of independent jumps, of the order √t, and |T|/|U|
/// grows. What counts is the shortest line on which T is not rounding.
final class Kinks {

  private static final int FIRST = 1;
  private static final int STRIDE = 3;
  private static final int LAST = -11;

  /// Between 1/64 and √8.
  private static final double FALLS = 1.0 / 8;

  /// How many standard deviations of rounding are not rounding.
  private static final double DEVIATIONS = 2;

  /// The sum of squares of T's weights, 1 + 4 + 4 + 1.
  private static final double VARIANCES = 10;

  private Kinks() {}

  /// Whether the gradient jumps along a line.
  ///
  /// @param v of the line, `float[N]`, only read
  /// @param rounding the norm of the gradient's standard deviations, in units of the place
  static boolean areOn(Place place, TwiceDifferentiable twice, float[] v, double rounding) {
    float[] product = place.times(twice, v, v, 0);
    double noise = DEVIATIONS * Math.sqrt(VARIANCES) * rounding;
    double last = Double.NaN;
    double before = Double.NaN;
    for (int e = FIRST; e >= LAST; e -= STRIDE) {
      double t = Math.scalb(1.0, e);
      float[] right = place.evaluate(v, t).gradient();
      float[] left = place.evaluate(v, -t).gradient();
      float[] halfRight = place.evaluate(v, t / 2).gradient();
      float[] halfLeft = place.evaluate(v, -t / 2).gradient();
      double uneven = 0;
      double unexplained = 0;
      for (int i = 0; i < v.length; i++) {
        double unit = place.units()[i];
        double change = (double) right[i] - left[i];
        double inner = (double) halfRight[i] - halfLeft[i];
        uneven += square(unit * (change - 2 * inner));
        unexplained += square(unit * (change - 2 * t * product[i]));
      }
      if (!(Math.sqrt(uneven) > noise)) {
        break;
      }
      before = last;
      last = Math.sqrt(uneven / Math.max(Double.MIN_NORMAL, unexplained));
    }
    return last > FALLS * before;
  }

  private static double square(double x) {
    return x * x;
  }
}
