package dev.glissade.problem;

import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import java.util.random.RandomGenerator;

/// Rastrigin's function: a bowl with a regular grid of local minima. With x = θ − shift,
///
/// ```
/// f(θ) = A·N + Σᵢ xᵢ² − A·cos(2π·xᵢ)
/// ```
///
/// The least value is 0, at x = 0.
///
/// Reference: L. Rastrigin, *Systems of extremal control*, 1974.
public final class Rastrigin implements TwiceDifferentiable {

  private static final double EXTENT = 5.12; // the customary domain is [−5.12, 5.12]ᴺ
  private static final double TWO_PI = 2 * Math.PI;

  private final double amplitude; // A
  private final float[] shift; // [N]
  private final float[] start; // θ₀, [N]

  /// A function with the given A ≥ 0, shift and θ₀; the arrays are copied and equally long.
  public Rastrigin(double amplitude, float[] shift, float[] start) {
    if (shift.length != start.length) {
      throw new IllegalArgumentException(
          "start and shift must have the same length, got %d and %d"
              .formatted(start.length, shift.length));
    }
    this.amplitude = amplitude;
    this.shift = shift.clone();
    this.start = start.clone();
  }

  /// One with its minimum uniform on [−`shift`, `shift`]ᴺ and θ₀ uniform on [−5.12, 5.12]ᴺ.
  public static Rastrigin random(
      RandomGenerator random, int dimension, double amplitude, double shift) {
    return new Rastrigin(
        amplitude,
        RandomVectors.uniform(random, dimension, -shift, shift),
        RandomVectors.uniform(random, dimension, -EXTENT, EXTENT));
  }

  @Override
  public ParameterLayout layout() {
    return ParameterLayout.of("x", start.length);
  }

  @Override
  public float[] initialParameters() {
    return start.clone();
  }

  @Override
  public double evaluate(float[] parameters, long draw, float[] gradient) {
    double loss = amplitude * start.length;
    for (int i = 0; i < start.length; i++) {
      double x = (double) parameters[i] - shift[i];
      loss += x * x - amplitude * Math.cos(TWO_PI * x);
      gradient[i] = (float) (2 * x + TWO_PI * amplitude * Math.sin(TWO_PI * x));
    }
    return loss;
  }

  @Override
  public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
    for (int i = 0; i < start.length; i++) {
      double x = (double) parameters[i] - shift[i];
      double curvature = 2 + TWO_PI * TWO_PI * amplitude * Math.cos(TWO_PI * x);
      product[i] = (float) (curvature * vector[i]);
    }
  }
}
