package dev.glissade.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.TwiceDifferentiable;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/// Compares derivatives with finite differences of the loss, for objectives that compute in double
/// precision.
///
/// The choice of ε: θ is put on a grid of 2⁻¹⁵ and moved by 2⁻¹⁴ or 2⁻¹⁵, so that θ ± ε is exact in
/// `float`. A central difference then errs by ε²/6 ≈ 10⁻⁹ of the third derivative, and rounding
/// adds 10⁻¹⁶/ε ≈ 10⁻¹²; for a second derivative it is ε² again, and 10⁻¹⁶/ε² ≈ 10⁻⁷.
///
/// Where a kink of ReLU or of max pooling lies within ε, difference quotients mean nothing. The two
/// steps then disagree, and the coordinate does not count; a third must.
public final class Derivatives {

  private static final float EPSILON = 1f / (1 << 14);
  private static final int COORDINATES = 60; // looked at, out of all

  private Derivatives() {}

  /// Checks ∇f and H·v at a random point near the objective's start.
  ///
  /// @param spread standard deviation of the point about the start
  public static void check(TwiceDifferentiable objective, double spread, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    float[] point = objective.initialParameters();
    float grid = EPSILON / 2;
    for (int i = 0; i < point.length; i++) {
      point[i] = Math.round((point[i] + spread * random.nextGaussian()) / grid) * grid;
    }
    float[] gradient = filled(point.length);
    objective.evaluate(point, 3, gradient);
    compare(gradient, 1e-6, random, i -> epsilon -> slope(objective, point, i, epsilon));

    float[] direction = new float[point.length]; // −1, 0 or 1, mostly 0
    for (int k = 0; k < 20; k++) {
      direction[random.nextInt(point.length)] = random.nextBoolean() ? 1 : -1;
    }
    float[] product = filled(point.length);
    objective.hessianTimes(point, 3, direction, product);
    compare(product, 1e-5, random, i -> epsilon -> bend(objective, point, direction, i, epsilon));
  }

  private interface Quotient {
    DoubleUnaryOperator at(int coordinate);
  }

  private static void compare(
      float[] derivative, double tolerance, RandomGenerator random, Quotient quotient) {
    double scale = 0;
    for (float value : derivative) {
      scale = Math.max(scale, Math.abs(value));
    }
    assertThat(scale).isFinite().isPositive();
    double margin = tolerance * Math.max(1, scale);
    int smooth = 0;
    for (int n = 0; n < COORDINATES; n++) {
      int i = random.nextInt(derivative.length);
      double coarse = quotient.at(i).applyAsDouble(EPSILON);
      double fine = quotient.at(i).applyAsDouble(EPSILON / 2);
      if (Math.abs(coarse - fine) <= margin) {
        smooth++;
        assertThat((double) derivative[i]).as("coordinate %d", i).isCloseTo(fine, within(margin));
      }
    }
    assertThat(smooth).as("coordinates without a kink nearby").isGreaterThan(COORDINATES / 3);
  }

  /// ∂f/∂θᵢ.
  private static double slope(TwiceDifferentiable f, float[] point, int i, double epsilon) {
    float[] none = new float[point.length];
    return (loss(f, point, i, epsilon, none) - loss(f, point, i, -epsilon, none)) / (2 * epsilon);
  }

  /// ∂²f/∂θᵢ∂v.
  private static double bend(
      TwiceDifferentiable f, float[] point, float[] direction, int i, double epsilon) {
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
  private static double loss(
      TwiceDifferentiable f, float[] point, int i, double step, float[] shift) {
    float[] moved = point.clone();
    for (int j = 0; j < moved.length; j++) {
      moved[j] += shift[j];
    }
    moved[i] += (float) step;
    return f.evaluate(moved, 3, new float[moved.length]);
  }

  private static float[] filled(int size) {
    float[] values = new float[size];
    Arrays.fill(values, Float.NaN);
    return values;
  }
}
