package dev.glissade.check;

import java.util.function.DoubleFunction;

/// The rounding of numbers that a member computes, measured: at seven places that lie closer
/// together than the numbers bend, third differences are what rounding leaves.
///
/// If each number has an independent error of variance σ², a third difference has one of (1 + 9 + 9
/// + 1)·σ². The places are 2⁻¹⁴ units apart, and a smooth function leaves 10⁻¹³ of its third
///   derivative there. No number is taken to be better than to half a unit in the last place of a
///   `float`.
///
/// Reference: J. J. Moré, S. M. Wild, *Estimating computational noise*, SIAM Journal on Scientific
/// Computing 33, 2011.
final class Noise {

  private static final int PLACES = 7;
  private static final int DIFFERENCES = PLACES - 3;
  private static final double VARIANCES = 20;

  /// Half a unit in the last place of a `float`, relative.
  private static final double ROUNDING = 1.0 / (1 << 24);

  private Noise() {}

  /// The standard deviation of the rounding of each number, a new `double[K]`.
  ///
  /// @param numbers gives K numbers at a place, 0 to 1 apart in steps of 1
  static double[] of(DoubleFunction<double[]> numbers) {
    double[][] at = new double[PLACES][];
    for (int p = 0; p < PLACES; p++) {
      at[p] = numbers.apply(p - PLACES / 2);
    }
    double[] deviations = new double[at[0].length];
    for (int i = 0; i < deviations.length; i++) {
      double squares = 0;
      for (int p = 3; p < PLACES; p++) {
        double third = at[p][i] - 3 * at[p - 1][i] + 3 * at[p - 2][i] - at[p - 3][i];
        squares += third * third;
      }
      double measured = Math.sqrt(squares / (VARIANCES * DIFFERENCES));
      double least = ROUNDING * Math.abs(at[PLACES / 2][i]);
      deviations[i] = Math.max(measured, least);
    }
    return deviations;
  }
}
