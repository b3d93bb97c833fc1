package dev.glissade.problem;

import dev.glissade.ParameterLayout;
import dev.glissade.Seeds;
import dev.glissade.TwiceDifferentiable;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Sparse coding: a signal b as a combination of few columns of a dictionary A. It is the lasso
/// itself, whose |θⱼ| has a kink at 0, where [Lasso] rounds it off; the slope at 0 is taken as 0.
///
/// ```
/// f(θ) = ½·‖Aθ − b‖² + λ·Σⱼ |θⱼ|
/// ```
///
/// The Hessian AᵀA is that of every point without a 0.
///
/// Reference: the benchmark of T. Chen et al., *Learning to Optimize: A Primer and A Benchmark*,
/// JMLR 23(189), 2022, section 4.1.2.
public final class SparseCoding {

  /// The benchmark's λ, as in the commands of its repository (VITA-Group/Open-L2O,
  /// `Model_Base_L2O/commands.sh`).
  static final double LAMBDA = 0.005;

  private static final double DENSITY = 0.1; // of the coefficients to be found

  private final Matrix dictionary; // A, [rows][N]
  private final float[] signal; // b, [rows]
  private final double lambda;

  private SparseCoding(Matrix dictionary, float[] signal, double lambda) {
    this.dictionary = dictionary;
    this.signal = signal;
    this.lambda = lambda;
  }

  /// The problem with the given data; the arrays are copied.
  ///
  /// @param dictionary A by rows, `float[signal.length · start.length]`
  /// @param signal b, one element a row
  /// @param lambda λ ≥ 0
  /// @param start θ₀, `float[N]`
  public static TwiceDifferentiable of(
      float[] dictionary, float[] signal, double lambda, float[] start) {
    if (signal.length == 0 || dictionary.length != signal.length * start.length) {
      throw new IllegalArgumentException(
          "dictionary must have %s x %s elements, got %s"
              .formatted(signal.length, start.length, dictionary.length));
    }
    if (!(lambda >= 0)) {
      throw new IllegalArgumentException("lambda must be >= 0, got " + lambda);
    }
    var f = new SparseCoding(new Matrix(dictionary.clone(), start.length), signal.clone(), lambda);
    return Objectives.of(
        ParameterLayout.of("weights", start.length),
        start,
        (x, _, gradient) -> f.evaluate(x, gradient),
        (_, _, v, product) -> f.hessianTimes(v, product));
  }

  /// A problem of the benchmark Open-L2O: λ = 0.005 and b = A·x without noise, where a tenth of the
  /// coefficients x are ~ N(0, 1) and the rest are 0, and θ₀ ~ N(0, `start`²).
  ///
  /// All problems of a size share one dictionary of columns of length 1, whose directions are
  /// uniform. That it is shared, λ and the sizes (5, 10) and (25, 50) are in the benchmark's code;
  /// how A, x and θ₀ are drawn is the paper's section 4.1.2 in the words of a replication
  /// (ProgrammingCookies/Open-L2O, `Benchmarking/data/lasso.py`).
  public static TwiceDifferentiable openL2o(
      RandomGenerator random, int dimension, int rows, double start) {
    Matrix dictionary = dictionary(dimension, rows);
    float[] coefficients = RandomVectors.gaussian(random, dimension, 1);
    for (int j = 0; j < dimension; j++) {
      coefficients[j] = random.nextDouble() < DENSITY ? coefficients[j] : 0;
    }
    float[] signal = new float[rows];
    for (int row = 0; row < rows; row++) {
      signal[row] = (float) dictionary.dot(row, coefficients);
    }
    float[] initial = RandomVectors.gaussian(random, dimension, start);
    return of(dictionary.values(), signal, LAMBDA, initial);
  }

  /// The dictionary of a size, the same at all times.
  private static Matrix dictionary(int dimension, int rows) {
    RandomGenerator random =
        Seeds.stream(0, "lasso/dictionary %sx%s".formatted(rows, dimension), 0);
    float[] values = RandomVectors.gaussian(random, rows * dimension, 1);
    for (int j = 0; j < dimension; j++) {
      double squares = 0;
      for (int i = j; i < values.length; i += dimension) {
        squares += (double) values[i] * values[i];
      }
      for (int i = j; i < values.length; i += dimension) {
        values[i] = (float) (values[i] / Math.sqrt(squares));
      }
    }
    return new Matrix(values, dimension);
  }

  private double evaluate(float[] parameters, float[] gradient) {
    double penalty = 0;
    for (int j = 0; j < parameters.length; j++) {
      penalty += Math.abs(parameters[j]);
      gradient[j] = (float) (lambda * Math.signum(parameters[j]));
    }
    double squares = 0;
    for (int row = 0; row < signal.length; row++) {
      double residual = dictionary.dot(row, parameters) - signal[row];
      squares += residual * residual;
      dictionary.addRow(row, (float) residual, gradient);
    }
    return squares / 2 + lambda * penalty;
  }

  private void hessianTimes(float[] vector, float[] product) {
    Arrays.fill(product, 0);
    for (int row = 0; row < signal.length; row++) {
      dictionary.addRow(row, (float) dictionary.dot(row, vector), product);
    }
  }
}
