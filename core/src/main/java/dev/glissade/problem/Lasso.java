package dev.glissade.problem;

import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import java.util.random.RandomGenerator;

/// Least squares with a penalty that favours sparse solutions. The lasso's |θⱼ| has no derivative
/// at 0; here it is *smoothed* to √(θⱼ² + ε²), which exceeds it by ε at most.
///
/// ```
/// f(θ) = ‖Xθ − y‖² / (2·rows) + λ·Σⱼ √(θⱼ² + ε²)
/// ```
///
/// Reference: R. Tibshirani, *Regression shrinkage and selection via the lasso*, 1996.
public final class Lasso {

  private static final double DENSITY = 0.25; // of the weights to be found
  private static final double NOISE = 0.1; // standard deviation of y about Xθ

  private final Matrix features; // X, [rows][N]
  private final float[] target; // y, [rows]
  private final double lambda;
  private final double smoothing; // ε

  private Lasso(Matrix features, float[] target, double lambda, double smoothing) {
    this.features = features;
    this.target = target;
    this.lambda = lambda;
    this.smoothing = smoothing;
  }

  /// The regression on the given data; the arrays are copied.
  ///
  /// @param features X by rows, `float[target.length · start.length]`
  /// @param target y, one element a row
  /// @param lambda λ ≥ 0
  /// @param smoothing ε > 0
  /// @param start θ₀, `float[N]`
  public static TwiceDifferentiable of(
      float[] features, float[] target, double lambda, double smoothing, float[] start) {
    if (target.length == 0 || features.length != target.length * start.length) {
      throw new IllegalArgumentException(
          "features must have %s x %s elements, got %s"
              .formatted(target.length, start.length, features.length));
    }
    if (!(smoothing > 0)) {
      throw new IllegalArgumentException("smoothing must be > 0, got " + smoothing);
    }
    Matrix matrix = new Matrix(features.clone(), start.length);
    var f = new Lasso(matrix, target.clone(), lambda, smoothing);
    return Objectives.of(
        ParameterLayout.of("weights", start.length),
        start,
        (x, _, gradient) -> f.evaluate(x, gradient),
        (x, _, v, product) -> f.hessianTimes(x, v, product));
  }

  /// A regression with X ~ N(0, 1), y = Xw + noise ~ N(0, 0.1²), and θ₀ ~ N(0, `start`²), where a
  /// quarter of the weights w are ~ N(0, 1) and the rest are 0.
  public static TwiceDifferentiable random(
      RandomGenerator random,
      int dimension,
      int rows,
      double lambda,
      double smoothing,
      double start) {
    float[] features = RandomVectors.gaussian(random, rows * dimension, 1);
    float[] weights = RandomVectors.gaussian(random, dimension, 1);
    for (int j = 0; j < dimension; j++) {
      weights[j] = random.nextDouble() < DENSITY ? weights[j] : 0;
    }
    float[] target = RandomVectors.gaussian(random, rows, NOISE);
    Matrix matrix = new Matrix(features, dimension);
    for (int row = 0; row < rows; row++) {
      target[row] += (float) matrix.dot(row, weights);
    }
    float[] initial = RandomVectors.gaussian(random, dimension, start);
    return of(features, target, lambda, smoothing, initial);
  }

  private double evaluate(float[] parameters, float[] gradient) {
    double penalty = 0;
    for (int j = 0; j < parameters.length; j++) {
      double length = smoothed(parameters[j]);
      penalty += length;
      gradient[j] = (float) (lambda * parameters[j] / length);
    }
    double squares = 0;
    for (int row = 0; row < target.length; row++) {
      double residual = features.dot(row, parameters) - target[row];
      squares += residual * residual;
      features.addRow(row, (float) (residual / target.length), gradient);
    }
    return squares / (2 * target.length) + lambda * penalty;
  }

  private void hessianTimes(float[] parameters, float[] vector, float[] product) {
    for (int j = 0; j < parameters.length; j++) {
      double ratio = smoothing / smoothed(parameters[j]);
      product[j] = (float) (lambda * ratio * ratio / smoothed(parameters[j]) * vector[j]);
    }
    for (int row = 0; row < target.length; row++) {
      features.addRow(row, (float) (features.dot(row, vector) / target.length), product);
    }
  }

  /// The smoothed absolute value √(x² + ε²).
  private double smoothed(double x) {
    return Math.sqrt(x * x + smoothing * smoothing);
  }
}
