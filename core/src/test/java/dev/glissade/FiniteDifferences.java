package dev.glissade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// Numerical derivatives, and comparisons with them.
///
/// **Of functions that are computed in `float`.** The choice of ε: with the five-point stencil
/// `(8·(f(x+ε) − f(x−ε)) − (f(x+2ε) − f(x−2ε))) / 12ε` the truncation error is of the order ε⁴, the
/// rounding error of the order η/ε, where η ≈ 10⁻⁷ is the relative error of a `float` computation.
/// Both are equal near ε = η^(1/5) ≈ 0.04, where the derivative is good to about η^(4/5) ≈ 3·10⁻⁶
/// of the function's scale. (The usual central difference reaches only η^(2/3) ≈ 2·10⁻⁵.) ε is 2⁻⁵,
/// a power of two, so that x ± ε is mostly exact; and the loss itself should be summed in `double`.
///
/// **Of objectives that compute in `double`**, [#assertExactDerivatives]: θ is put on a grid of
/// 2⁻¹⁵ and moved by 2⁻¹⁴ or 2⁻¹⁵, so that θ ± ε is exact in `float`. A central difference then
/// errs by ε²/6 ≈ 10⁻⁹ of the third derivative, and rounding adds 10⁻¹⁶/ε ≈ 10⁻¹²; for a second
/// derivative it is ε² again, and 10⁻¹⁶/ε² ≈ 10⁻⁷. Where a kink of ReLU or of max pooling lies
/// within ε, difference quotients mean nothing. The two steps then disagree, and the coordinate
/// does not count; a third must.
public final class FiniteDifferences {

  private static final double EPSILON = 1.0 / 32;

  private static final float FINE = 1f / (1 << 14);
  private static final int COORDINATES = 60; // looked at, out of all
  private static final long DRAW = 3;

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

  /// Compares ∇f with finite differences of f.
  ///
  /// @param scale the length over which f bends
  /// @param tolerance of the derivatives, relative to the largest or to 1
  public static void assertGradient(
      Objective objective, float[] point, double scale, double tolerance) {
    float[] gradient = filled(point.length);
    objective.evaluate(point, DRAW, gradient);
    float[] unused = new float[point.length];
    double margin = tolerance * (1 + largest(gradient));
    for (int i = 0; i < point.length; i++) {
      double expected = partial(x -> objective.evaluate(x, DRAW, unused), point, i, scale);
      assertThat((double) gradient[i]).as("∂f/∂θ[%d]", i).isCloseTo(expected, within(margin));
    }
  }

  /// Compares the columns of H with finite differences of ∇f.
  ///
  /// @param scale the length over which ∇f bends
  /// @param tolerance of the derivatives, relative to the largest of a column or to 1
  public static void assertHessian(
      TwiceDifferentiable objective, float[] point, double scale, double tolerance) {
    float[] gradient = new float[point.length];
    for (int j = 0; j < point.length; j++) {
      float[] direction = new float[point.length];
      direction[j] = 1;
      float[] column = filled(point.length);
      objective.hessianTimes(point, DRAW, direction, column);
      double margin = tolerance * (1 + largest(column));
      for (int i = 0; i < point.length; i++) {
        int element = i;
        ToDoubleFunction<float[]> slope =
            x -> {
              objective.evaluate(x, DRAW, gradient);
              return gradient[element];
            };
        assertThat((double) column[i])
            .as("H[%d][%d]", i, j)
            .isCloseTo(partial(slope, point, j, scale), within(margin));
      }
    }
  }

  /// Compares ∇f and H·v with differences of f at a random point near the start, for an objective
  /// that computes in double precision.
  ///
  /// @param spread standard deviation of the point about the start
  public static void assertExactDerivatives(
      TwiceDifferentiable objective, double spread, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    float[] point = objective.initialParameters();
    float grid = FINE / 2;
    for (int i = 0; i < point.length; i++) {
      point[i] = Math.round((point[i] + spread * random.nextGaussian()) / grid) * grid;
    }
    float[] gradient = filled(point.length);
    objective.evaluate(point, DRAW, gradient);
    compare(gradient, 1e-6, random, (i, epsilon) -> slope(objective, point, i, epsilon));

    float[] direction = new float[point.length]; // −1, 0 or 1, mostly 0
    for (int k = 0; k < 20; k++) {
      direction[random.nextInt(point.length)] = random.nextBoolean() ? 1 : -1;
    }
    float[] product = filled(point.length);
    objective.hessianTimes(point, DRAW, direction, product);
    compare(product, 1e-5, random, (i, epsilon) -> bend(objective, point, direction, i, epsilon));
  }

  private interface Quotient {
    double at(int coordinate, double epsilon);
  }

  private static void compare(
      float[] derivative, double tolerance, RandomGenerator random, Quotient quotient) {
    double scale = largest(derivative);
    assertThat(scale).isFinite().isPositive();
    double margin = tolerance * Math.max(1, scale);
    int smooth = 0;
    for (int n = 0; n < COORDINATES; n++) {
      int i = random.nextInt(derivative.length);
      double fine = quotient.at(i, FINE / 2);
      if (Math.abs(quotient.at(i, FINE) - fine) <= margin) {
        smooth++;
        assertThat((double) derivative[i]).as("coordinate %d", i).isCloseTo(fine, within(margin));
      }
    }
    assertThat(smooth).as("coordinates without a kink nearby").isGreaterThan(COORDINATES / 3);
  }

  /// ∂f/∂θᵢ.
  private static double slope(Objective f, float[] point, int i, double epsilon) {
    float[] none = new float[point.length];
    return (loss(f, point, i, epsilon, none) - loss(f, point, i, -epsilon, none)) / (2 * epsilon);
  }

  /// ∂²f/∂θᵢ∂v.
  private static double bend(Objective f, float[] point, float[] direction, int i, double epsilon) {
    float[] ahead = direction.clone();
    float[] behind = direction.clone();
    for (int j = 0; j < direction.length; j++) {
      ahead[j] *= (float) epsilon;
      behind[j] *= (float) -epsilon;
    }
    double sum =
        loss(f, point, i, epsilon, ahead)
            - loss(f, point, i, epsilon, behind)
            - loss(f, point, i, -epsilon, ahead)
            + loss(f, point, i, -epsilon, behind);
    return sum / (4 * epsilon * epsilon);
  }

  /// f at the point moved by `step` in coordinate i, and by `shift`.
  private static double loss(Objective f, float[] point, int i, double step, float[] shift) {
    float[] moved = point.clone();
    for (int j = 0; j < moved.length; j++) {
      moved[j] += shift[j];
    }
    moved[i] += (float) step;
    return f.evaluate(moved, DRAW, new float[moved.length]);
  }

  private static float[] filled(int size) {
    float[] values = new float[size];
    Arrays.fill(values, Float.NaN);
    return values;
  }

  /// The largest magnitude, NaN if one is.
  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
