package dev.glissade.problem;

import dev.glissade.ParameterLayout;
import dev.glissade.Seeds;
import dev.glissade.TwiceDifferentiable;
import java.util.random.RandomGenerator;

/// Logistic regression with ridge regularisation, on all samples or on a minibatch of B of them.
/// With features xₛ, labels yₛ = ±1 and zₛ = yₛ·xₛ,
///
/// ```
/// f(θ) = 1/B·Σₛ log(1 + exp(−zₛ·θ)) + l2/2·‖θ‖²
/// ```
///
/// A minibatch is drawn with replacement.
public final class LogisticRegression {

  private final Matrix signedFeatures; // z, [samples][N]
  private final double l2;
  private final int batch; // B, or 0 for all samples
  private final long batchSeed;

  private LogisticRegression(Matrix signedFeatures, double l2, int batch, long batchSeed) {
    this.signedFeatures = signedFeatures;
    this.l2 = l2;
    this.batch = batch;
    this.batchSeed = batchSeed;
  }

  /// The regression on the given samples; the arrays are copied.
  ///
  /// @param signedFeatures z by rows, `float[samples · N]`: features times label
  /// @param l2 the weight of the regularisation, ≥ 0
  /// @param batch B ≥ 1, or 0 to use all samples at every step
  /// @param batchSeed decides which samples are in which batch
  /// @param start θ₀, `float[N]`
  public static TwiceDifferentiable of(
      float[] signedFeatures, double l2, int batch, long batchSeed, float[] start) {
    if (signedFeatures.length == 0 || signedFeatures.length % start.length != 0) {
      throw new IllegalArgumentException(
          "signedFeatures must have a positive multiple of %s elements, got %s"
              .formatted(start.length, signedFeatures.length));
    }
    Matrix matrix = new Matrix(signedFeatures.clone(), start.length);
    var f = new LogisticRegression(matrix, l2, batch, batchSeed);
    return Objectives.of(
        ParameterLayout.of("weights", start.length), start, f::evaluate, f::hessianTimes);
  }

  /// A regression with features ~ N(0, 1), labels drawn from the logistic model of random weights ~
  /// N(0, 1), and θ₀ ~ N(0, `start`²).
  public static TwiceDifferentiable random(
      RandomGenerator random, int dimension, int samples, double l2, int batch, double start) {
    float[] weights = RandomVectors.gaussian(random, dimension, 1);
    float[] features = RandomVectors.gaussian(random, samples * dimension, 1);
    Matrix rows = new Matrix(features, dimension);
    for (int s = 0; s < samples; s++) {
      if (random.nextDouble() >= sigmoid(rows.dot(s, weights))) {
        for (int j = 0; j < dimension; j++) {
          features[s * dimension + j] *= -1; // label −1
        }
      }
    }
    float[] initial = RandomVectors.gaussian(random, dimension, start);
    return of(features, l2, batch, random.nextLong(), initial);
  }

  private double evaluate(float[] parameters, long draw, float[] gradient) {
    double loss = 0;
    for (int j = 0; j < parameters.length; j++) {
      loss += l2 / 2 * parameters[j] * parameters[j];
      gradient[j] = (float) (l2 * parameters[j]);
    }
    int size = batchSize();
    double sum = 0;
    for (int k = 0; k < size; k++) {
      int sample = sample(k, draw);
      double margin = signedFeatures.dot(sample, parameters);
      sum += softplus(-margin);
      signedFeatures.addRow(sample, (float) (-sigmoid(-margin) / size), gradient);
    }
    return loss + sum / size;
  }

  private void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
    for (int j = 0; j < vector.length; j++) {
      product[j] = (float) (l2 * vector[j]);
    }
    int size = batchSize();
    for (int k = 0; k < size; k++) {
      int sample = sample(k, draw);
      double margin = signedFeatures.dot(sample, parameters);
      double curvature = sigmoid(margin) * sigmoid(-margin) / size;
      double along = signedFeatures.dot(sample, vector);
      signedFeatures.addRow(sample, (float) (curvature * along), product);
    }
  }

  private int batchSize() {
    return batch == 0 ? signedFeatures.rows() : batch;
  }

  /// The index of the k-th sample of a draw.
  private int sample(int k, long draw) {
    if (batch == 0) {
      return k;
    }
    long random = Seeds.derive(batchSeed, "sample", draw * batch + k);
    return Math.floorMod(random, signedFeatures.rows());
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /// Computes log(1 + eˣ) without overflow.
  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
