package dev.glissade.problem;

import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Rosenbrock's valley, curved and narrow, in N ≥ 2 dimensions. With x = θ − shift,
///
/// ```
/// f(θ) = Σᵢ b·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²,   i = 0 … N − 2
/// ```
///
/// The least value is 0, at x = (1, …, 1). The classical function has b = 100, shift 0 and starts
/// at (−1.2, 1).
///
/// Reference: H. Rosenbrock, *An automatic method for finding the greatest or least value of a
/// function*, The Computer Journal 3, 1960.
public final class Rosenbrock {

  private final double steepness; // b
  private final float[] shift; // [N]

  private Rosenbrock(double steepness, float[] shift) {
    this.steepness = steepness;
    this.shift = shift;
  }

  /// The valley with the given b > 0, shift and θ₀; the arrays are copied and at least 2 long.
  public static TwiceDifferentiable of(double steepness, float[] shift, float[] start) {
    if (start.length < 2 || shift.length != start.length) {
      throw new IllegalArgumentException(
          "start and shift must have the same length >= 2, got %s and %s"
              .formatted(start.length, shift.length));
    }
    var f = new Rosenbrock(steepness, shift.clone());
    return Objectives.of(
        ParameterLayout.of("x", start.length),
        start,
        (x, _, gradient) -> f.evaluate(x, gradient),
        (x, _, v, product) -> f.hessianTimes(x, v, product));
  }

  /// A valley near the classical one: log(b/100) and each element of the shift are normal with
  /// standard deviation `spread`, and θ₀ is (−1.2, 1, −1.2, 1, …).
  public static TwiceDifferentiable random(RandomGenerator random, int dimension, double spread) {
    double steepness = 100 * Math.exp(spread * random.nextGaussian());
    float[] shift = RandomVectors.gaussian(random, dimension, spread);
    float[] start = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      start[i] = i % 2 == 0 ? -1.2f : 1;
    }
    return of(steepness, shift, start);
  }

  private double evaluate(float[] parameters, float[] gradient) {
    Arrays.fill(gradient, 0);
    double loss = 0;
    for (int i = 0; i < shift.length - 1; i++) {
      double x = x(parameters, i);
      double bend = x(parameters, i + 1) - x * x;
      loss += steepness * bend * bend + (1 - x) * (1 - x);
      gradient[i] += (float) (-4 * steepness * bend * x - 2 * (1 - x));
      gradient[i + 1] += (float) (2 * steepness * bend);
    }
    return loss;
  }

  private void hessianTimes(float[] parameters, float[] vector, float[] product) {
    Arrays.fill(product, 0);
    for (int i = 0; i < shift.length - 1; i++) {
      double x = x(parameters, i);
      double here = steepness * (12 * x * x - 4 * x(parameters, i + 1)) + 2; // ∂²/∂xᵢ²
      double mixed = -4 * steepness * x; // ∂²/∂xᵢ∂xᵢ₊₁
      double next = 2 * steepness; // ∂²/∂xᵢ₊₁²
      product[i] += (float) (here * vector[i] + mixed * vector[i + 1]);
      product[i + 1] += (float) (mixed * vector[i] + next * vector[i + 1]);
    }
  }

  private double x(float[] parameters, int i) {
    return (double) parameters[i] - shift[i];
  }
}
