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
public final class Rastrigin {

  private static final double EXTENT = 5.12; // the customary domain is [−5.12, 5.12]ᴺ
  private static final double TWO_PI = 2 * Math.PI;

  private final double amplitude; // A
  private final float[] shift; // [N]

  private Rastrigin(double amplitude, float[] shift) {
    this.amplitude = amplitude;
    this.shift = shift;
  }

  /// The function with the given A ≥ 0, shift and θ₀; the arrays are copied and equally long.
  public static TwiceDifferentiable of(double amplitude, float[] shift, float[] start) {
    if (shift.length != start.length) {
      throw new IllegalArgumentException(
          "start and shift must have the same length, got %s and %s"
              .formatted(start.length, shift.length));
    }
    var f = new Rastrigin(amplitude, shift.clone());
    return Objectives.of(
        ParameterLayout.of("x", start.length),
        start,
        (x, _, gradient) -> f.evaluate(x, gradient),
        (x, _, v, product) -> f.hessianTimes(x, v, product));
  }

  /// A function with its minimum uniform on [−`shift`, `shift`]ᴺ and θ₀ uniform on [−5.12, 5.12]ᴺ.
  public static TwiceDifferentiable random(
      RandomGenerator random, int dimension, double amplitude, double shift) {
    return of(
        amplitude,
        RandomVectors.uniform(random, dimension, -shift, shift),
        RandomVectors.uniform(random, dimension, -EXTENT, EXTENT));
  }

  private double evaluate(float[] parameters, float[] gradient) {
    double loss = amplitude * shift.length;
    for (int i = 0; i < shift.length; i++) {
      double x = (double) parameters[i] - shift[i];
      loss += x * x - amplitude * Math.cos(TWO_PI * x);
      gradient[i] = (float) (2 * x + TWO_PI * amplitude * Math.sin(TWO_PI * x));
    }
    return loss;
  }

  private void hessianTimes(float[] parameters, float[] vector, float[] product) {
    for (int i = 0; i < shift.length; i++) {
      double x = (double) parameters[i] - shift[i];
      double curvature = 2 + TWO_PI * TWO_PI * amplitude * Math.cos(TWO_PI * x);
      product[i] = (float) (curvature * vector[i]);
    }
  }
}
