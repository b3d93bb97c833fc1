package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The meta-gradient against central differences of an independent forward pass in double
/// precision.
///
/// With second derivatives, the meta-loss itself is differenced. Without, the gradients that the
/// network is fed are held fixed while φ moves, which is what ∂∇ₜ/∂φ = 0 means. In double precision
/// a step of 1e-6 leaves an error of about 1e-10 in the difference, so what is measured is the
/// error of the code.
class MetaGradientTest {

  private static final int UNROLL = 6;

  /// f(θ) = ½ Σ aᵢ·θᵢ² + θ₀·θ₁: coupled, so that the Hessian is not diagonal.
  @SuppressWarnings("ArrayRecordComponent")
  private record Bowl(double[] curvatures, float[] start) implements TwiceDifferentiable {

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
      double[] point = new double[parameters.length];
      for (int i = 0; i < point.length; i++) {
        point[i] = parameters[i];
      }
      double[] exact = gradient(point);
      for (int i = 0; i < point.length; i++) {
        gradient[i] = (float) exact[i];
      }
      return loss(point);
    }

    @Override
    public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
      for (int i = 0; i < vector.length; i++) {
        product[i] = (float) (curvatures[i] * vector[i]);
      }
      product[0] += vector[1];
      product[1] += vector[0];
    }

    double loss(double[] point) {
      double sum = point[0] * point[1];
      for (int i = 0; i < point.length; i++) {
        sum += 0.5 * curvatures[i] * point[i] * point[i];
      }
      return sum;
    }

    double[] gradient(double[] point) {
      double[] gradient = new double[point.length];
      for (int i = 0; i < point.length; i++) {
        gradient[i] = curvatures[i] * point[i];
      }
      gradient[0] += point[1];
      gradient[1] += point[0];
      return gradient;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, identity, 1, true",
    "0, 1, identity, 1, false",
    "1, 3, identity, 1, true",
    "1, 3, identity, 1, false",
    "2, 5, identity, 1, true",
    "2, 5, identity, 1, false",
    "2, 20, identity, 1, true",
    "2, 20, identity, 1, false",
    "2, 5, log-sign:5, 0.1, true",
    "2, 5, log-sign:5, 0.1, false",
    "0, 1, adam-like:0.8, 0.1, true",
    "0, 1, adam-like:0.8, 0.1, false",
    "2, 5, adam-like:0.8, 0.1, true",
    "2, 5, adam-like:0.8, 0.1, false",
    "0, 1, log-sign:5+adam-like:0.8, 0.1, true",
    "0, 1, log-sign:5+adam-like:0.8, 0.1, false",
    "2, 5, log-sign:5+adam-like:0.8, 0.1, true",
    "2, 5, log-sign:5+adam-like:0.8, 0.1, false",
    "0, 1, identity+time, 1, true",
    "0, 1, identity+time, 1, false",
    "1, 3, log-sign:5+time, 0.1, true",
    "1, 3, log-sign:5+time, 0.1, false",
    "1, 3, adam-like:0.8+time, 0.1, true",
    "1, 3, adam-like:0.8+time, 0.1, false",
    "2, 5, log-sign:5+adam-like:0.8+time, 0.1, true",
    "2, 5, log-sign:5+adam-like:0.8+time, 0.1, false"
  })
  void agreesWithFiniteDifferences(
      int layers, int hidden, String preprocessing, double scale, boolean secondDerivatives) {
    for (MetaLoss kind : MetaLoss.values()) {
      for (Lstm.Output output : Lstm.Output.values()) {
        Preprocessing inputs = Preprocessing.parse(preprocessing);
        assertAgrees(kind, new Lstm(layers, hidden, inputs, scale, output), secondDerivatives);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 1, true", "1, 3, 1, false",
    "2, 5, 2, true", "2, 5, 2, false",
    "2, 20, 5, true", "2, 20, 5, false",
    "3, 4, 4, true", "3, 4, 4, false"
  })
  void agreesWithFiniteDifferencesThroughGlobalCells(
      int layers, int hidden, int globalCells, boolean secondDerivatives) {
    for (String inputs : List.of("identity", "log-sign:5+adam-like:0.8")) {
      Lstm network =
          new Lstm(layers, hidden, Preprocessing.parse(inputs), 0.5).withGlobalCells(globalCells);
      assertAgrees(MetaLoss.LOSSES, network, secondDerivatives);
    }
  }

  private static void assertAgrees(MetaLoss kind, Lstm network, boolean secondDerivatives) {
    float[] weights = network.initialWeights(7);
    Random random = new Random(5);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.1 * random.nextGaussian());
    }
    Bowl bowl = new Bowl(new double[] {2, 1.5, 3}, new float[] {1, -0.7f, 0.5f});

    GradientEstimator estimator =
        secondDerivatives ? new ExactBptt(UNROLL) : new TruncatedBptt(UNROLL);
    Estimate estimate =
        new Assignment(network, BlockFilter.ALL, estimator, kind, 1)
            .start(List.of(bowl), weights)
            .advance(weights, 0);

    double[][] inputs = nominalInputs(network, weights, bowl);
    assertThat(estimate.loss())
        .isCloseTo(metaLoss(kind, network, doubles(weights), bowl, inputs, true), within(1e-5));
    double[] expected = new double[weights.length];
    double step = 1e-6;
    for (int i = 0; i < weights.length; i++) {
      double[] moved = doubles(weights);
      moved[i] += step;
      double above = metaLoss(kind, network, moved, bowl, inputs, secondDerivatives);
      moved[i] -= 2 * step;
      double below = metaLoss(kind, network, moved, bowl, inputs, secondDerivatives);
      expected[i] = (above - below) / (2 * step);
    }
    assertThat(relativeError(estimate.gradient(), expected)).isLessThan(1e-4);
  }

  /// The gradients along the trajectory of `weights`.
  private static double[][] nominalInputs(Lstm network, float[] weights, Bowl bowl) {
    double[][] inputs = new double[UNROLL][];
    run(MetaLoss.LOSSES, network, doubles(weights), bowl, inputs, true);
    return inputs;
  }

  private static double metaLoss(
      MetaLoss kind, Lstm network, double[] weights, Bowl bowl, double[][] inputs, boolean free) {
    return run(kind, network, weights, bowl, free ? new double[UNROLL][] : inputs, free);
  }

  /// Σ f(θₜ), or Σ log f(θₜ), for t = 1 … T. If `free`, the network is fed the true gradients,
  /// which are put into `inputs`; else it is fed those in `inputs`.
  private static double run(
      MetaLoss kind, Lstm network, double[] weights, Bowl bowl, double[][] inputs, boolean free) {
    double[] point = doubles(bowl.start());
    DoubleLstm lstm = new DoubleLstm(network, weights, point.length);
    double sum = 0;
    for (int t = 0; t < UNROLL; t++) {
      if (free) {
        inputs[t] = bowl.gradient(point);
      }
      double[] update = lstm.update(inputs[t]);
      for (int i = 0; i < point.length; i++) {
        point[i] += update[i];
      }
      sum += kind.of(bowl.loss(point));
    }
    return sum;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static double relativeError(float[] actual, double[] expected) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < actual.length; i++) {
      error += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    return Math.sqrt(error / norm);
  }
}
