package dev.glissade.problem;

import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A convex quadratic, the paper's first class of problems.
///
/// ```
/// f(θ) = ‖Wθ − y‖²,   ∇f = 2·Wᵀ(Wθ − y),   H·v = 2·WᵀW·v
/// ```
///
/// Reference: M. Andrychowicz et al., *Learning to learn by gradient descent by gradient descent*,
/// NIPS 2016, section 3.1.
public final class Quadratic {

  private final Matrix matrix; // W, [rows][N]
  private final float[] target; // y, [rows]

  private Quadratic(Matrix matrix, float[] target) {
    this.matrix = matrix;
    this.target = target;
  }

  /// The quadratic with the given W, y and θ₀, which are copied.
  ///
  /// @param matrix W by rows, `float[target.length · start.length]`
  /// @param target y, one element a row
  /// @param start θ₀, `float[N]`
  public static TwiceDifferentiable of(float[] matrix, float[] target, float[] start) {
    if (matrix.length != target.length * start.length) {
      throw new IllegalArgumentException(
          "matrix must have %s x %s elements, got %s"
              .formatted(target.length, start.length, matrix.length));
    }
    var f = new Quadratic(new Matrix(matrix.clone(), start.length), target.clone());
    return Objectives.of(
        ParameterLayout.of("x", start.length),
        start,
        (x, _, gradient) -> f.evaluate(x, gradient),
        (_, _, v, product) -> f.hessianTimes(v, product));
  }

  /// A square quadratic with W, y ~ N(0, 1) and θ₀ ~ N(0, `start`²).
  public static TwiceDifferentiable gaussian(RandomGenerator random, int dimension, double start) {
    return of(
        RandomVectors.gaussian(random, dimension * dimension, 1),
        RandomVectors.gaussian(random, dimension, 1),
        RandomVectors.gaussian(random, dimension, start));
  }

  /// A square quadratic with W, y ~ U[0, 1) and θ₀ ~ N(0, `start`²).
  public static TwiceDifferentiable uniform(RandomGenerator random, int dimension, double start) {
    return of(
        RandomVectors.uniform(random, dimension * dimension, 0, 1),
        RandomVectors.uniform(random, dimension, 0, 1),
        RandomVectors.gaussian(random, dimension, start));
  }

  private double evaluate(float[] parameters, float[] gradient) {
    Arrays.fill(gradient, 0);
    double loss = 0;
    for (int row = 0; row < target.length; row++) {
      double residual = matrix.dot(row, parameters) - target[row];
      loss += residual * residual;
      matrix.addRow(row, (float) (2 * residual), gradient);
    }
    return loss;
  }

  private void hessianTimes(float[] vector, float[] product) {
    Arrays.fill(product, 0);
    for (int row = 0; row < target.length; row++) {
      matrix.addRow(row, (float) (2 * matrix.dot(row, vector)), product);
    }
  }
}
