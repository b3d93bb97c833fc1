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
public final class Quadratic implements TwiceDifferentiable {

  private final Matrix matrix; // W, [rows][N]
  private final float[] target; // y, [rows]
  private final float[] start; // θ₀, [N]

  /// A quadratic with the given W, y and θ₀, which are copied.
  ///
  /// @param matrix W by rows, `float[target.length · start.length]`
  /// @param target y, one element a row
  /// @param start θ₀, `float[N]`
  public Quadratic(float[] matrix, float[] target, float[] start) {
    if (matrix.length != target.length * start.length) {
      throw new IllegalArgumentException(
          "matrix must have %d x %d elements, got %d"
              .formatted(target.length, start.length, matrix.length));
    }
    this.matrix = new Matrix(matrix.clone(), start.length);
    this.target = target.clone();
    this.start = start.clone();
  }

  /// A square one with W, y ~ N(0, 1) and θ₀ ~ N(0, `start`²).
  public static Quadratic gaussian(RandomGenerator random, int dimension, double start) {
    return new Quadratic(
        RandomVectors.gaussian(random, dimension * dimension, 1),
        RandomVectors.gaussian(random, dimension, 1),
        RandomVectors.gaussian(random, dimension, start));
  }

  /// A square one with W, y ~ U[0, 1) and θ₀ ~ N(0, `start`²).
  public static Quadratic uniform(RandomGenerator random, int dimension, double start) {
    return new Quadratic(
        RandomVectors.uniform(random, dimension * dimension, 0, 1),
        RandomVectors.uniform(random, dimension, 0, 1),
        RandomVectors.gaussian(random, dimension, start));
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
    Arrays.fill(gradient, 0);
    double loss = 0;
    for (int row = 0; row < target.length; row++) {
      double residual = matrix.dot(row, parameters) - target[row];
      loss += residual * residual;
      matrix.addRow(row, (float) (2 * residual), gradient);
    }
    return loss;
  }

  @Override
  public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
    Arrays.fill(product, 0);
    for (int row = 0; row < target.length; row++) {
      matrix.addRow(row, (float) (2 * matrix.dot(row, vector)), product);
    }
  }
}
