package dev.glissade;

import java.util.function.ToDoubleFunction;

/// Numerical derivatives of functions that are computed in `float`.
///
/// The choice of ε: with the five-point stencil `(8·(f(x+ε) − f(x−ε)) − (f(x+2ε) − f(x−2ε))) / 12ε`
/// the truncation error is of the order ε⁴, the rounding error of the order η/ε, where η ≈ 10⁻⁷ is
/// the relative error of a `float` computation. Both are equal near ε = η^(1/5) ≈ 0.04, where the
/// derivative is good to about η^(4/5) ≈ 3·10⁻⁶ of the function's scale. (The usual central
/// difference reaches only η^(2/3) ≈ 2·10⁻⁵.) ε is 2⁻⁵, a power of two, so that x ± ε is mostly
/// exact; and the loss itself should be summed in `double`.
public final class FiniteDifferences {

  private static final double EPSILON = 1.0 / 32;

  private FiniteDifferences() {}

  /// The partial derivative of f by one element of x, for a function that bends over lengths of
  /// about 1. `x` is restored.
  public static double partial(ToDoubleFunction<float[]> f, float[] x, int index) {
    return partial(f, x, index, 1);
  }

  /// The partial derivative of f by one element of x, for a function that bends over lengths of
  /// about `scale`. `x` is restored.
  public static double partial(ToDoubleFunction<float[]> f, float[] x, int index, double scale) {
    double step = EPSILON * scale;
    double near = difference(f, x, index, step);
    double far = difference(f, x, index, 2 * step);
    return (4 * near - far) / 3;
  }

  /// The central difference quotient, with the step that was really taken.
  private static double difference(ToDoubleFunction<float[]> f, float[] x, int index, double step) {
    float before = x[index];
    float right = (float) (before + step);
    float left = (float) (before - step);
    x[index] = right;
    double above = f.applyAsDouble(x);
    x[index] = left;
    double below = f.applyAsDouble(x);
    x[index] = before;
    return (above - below) / ((double) right - left);
  }

  /// ∇f at x, for a function that bends over lengths of about 1.
  public static double[] gradient(ToDoubleFunction<float[]> f, float[] x) {
    double[] gradient = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      gradient[i] = partial(f, x, i);
    }
    return gradient;
  }
}
