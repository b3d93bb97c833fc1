package dev.glissade.problem;

import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A function like [Rastrigin]'s, with a bowl of any shape under waves of any heights.
///
/// ```
/// f(θ) = ½·‖Aθ − b‖² − α·Σᵢ cᵢ·cos(2π·θᵢ) + α·N
/// ```
///
/// Where cᵢ > 0 it has wells near whole numbers, where cᵢ < 0 halfway between them. The least value
/// is not known, and may be negative.
///
/// Reference: the benchmark of T. Chen et al., *Learning to Optimize: A Primer and A Benchmark*,
/// JMLR 23(189), 2022.
public final class RastriginFamily {

  private static final double TWO_PI = 2 * Math.PI;

  private final Matrix matrix; // A, [rows][N]
  private final float[] target; // b, [rows]
  private final float[] heights; // c, [N]
  private final double amplitude; // α

  private RastriginFamily(Matrix matrix, float[] target, float[] heights, double amplitude) {
    this.matrix = matrix;
    this.target = target;
    this.heights = heights;
    this.amplitude = amplitude;
  }

  /// The function with the given A, b, c, α and θ₀; the arrays are copied.
  ///
  /// @param matrix A by rows, `float[target.length · start.length]`
  /// @param target b, one element a row
  /// @param heights c, as long as θ₀
  /// @param amplitude α ≥ 0
  /// @param start θ₀, `float[N]`
  public static TwiceDifferentiable of(
      float[] matrix, float[] target, float[] heights, double amplitude, float[] start) {
    if (matrix.length != target.length * start.length) {
      throw new IllegalArgumentException(
          "matrix must have %s x %s elements, got %s"
              .formatted(target.length, start.length, matrix.length));
    }
    if (heights.length != start.length) {
      throw new IllegalArgumentException(
          "heights and start must have the same length, got %s and %s"
              .formatted(heights.length, start.length));
    }
    var f =
        new RastriginFamily(
            new Matrix(matrix.clone(), start.length), target.clone(), heights.clone(), amplitude);
    return Objectives.of(
        ParameterLayout.of("x", start.length),
        start,
        (x, _, gradient) -> f.evaluate(x, gradient),
        (x, _, v, product) -> f.hessianTimes(x, v, product));
  }

  /// A function of the benchmark Open-L2O: A square, and all numbers in A, b, c and θ₀ ~ N(0, 1).
  ///
  /// The definition is the paper's; that θ₀ ~ N(0, 1) is how replications have it, too
  /// (ProgrammingCookies/Open-L2O, `problems.py`). The benchmark's own repository has another
  /// function, `square_cos`, ‖Wθ − y‖² − Σᵢ (V·10·cos 2πθ)ᵢ + 10·N with W, V and y ~ U[0, 1).
  public static TwiceDifferentiable openL2o(
      RandomGenerator random, int dimension, double amplitude) {
    return of(
        RandomVectors.gaussian(random, dimension * dimension, 1),
        RandomVectors.gaussian(random, dimension, 1),
        RandomVectors.gaussian(random, dimension, 1),
        amplitude,
        RandomVectors.gaussian(random, dimension, 1));
  }

  private double evaluate(float[] parameters, float[] gradient) {
    double waves = 0;
    for (int i = 0; i < heights.length; i++) {
      double angle = TWO_PI * parameters[i];
      waves += 1 - heights[i] * Math.cos(angle);
      gradient[i] = (float) (TWO_PI * amplitude * heights[i] * Math.sin(angle));
    }
    double squares = 0;
    for (int row = 0; row < target.length; row++) {
      double residual = matrix.dot(row, parameters) - target[row];
      squares += residual * residual;
      matrix.addRow(row, (float) residual, gradient);
    }
    return squares / 2 + amplitude * waves;
  }

  private void hessianTimes(float[] parameters, float[] vector, float[] product) {
    Arrays.fill(product, 0);
    for (int row = 0; row < target.length; row++) {
      matrix.addRow(row, (float) matrix.dot(row, vector), product);
    }
    for (int i = 0; i < heights.length; i++) {
      double curvature =
          TWO_PI * TWO_PI * amplitude * heights[i] * Math.cos(TWO_PI * parameters[i]);
      product[i] += (float) (curvature * vector[i]);
    }
  }
}
