package dev.glissade.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Seeds;
import dev.glissade.internal.kernel.LstmShape;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.ExactBptt;
import dev.glissade.meta.GradientEstimator;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.MetaLoss;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.problem.Quadratic;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The meta-gradient of a whole unroll on a quadratic, against autograd through everything: the
/// network, the updates of θ and, with second derivatives, ∇f as well.
class MetaGradientAgreementTest {

  private static final int STEPS = 8;
  private static final int SIZE = 10;

  /// A small identity rule keeps the unroll well-conditioned; log/sign is what is used in practice.
  record Case(Lstm network, boolean secondDerivatives) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (boolean secondDerivatives : new boolean[] {false, true}) {
      for (int layers : new int[] {1, 2}) {
        cases.add(
            new Case(new Lstm(layers, 20, new Preprocessing.Identity(), 0.1), secondDerivatives));
        cases.add(
            new Case(new Lstm(layers, 20, new Preprocessing.LogSign(10), 0.1), secondDerivatives));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void metaGradient(Case it) {
    RandomGenerator random = Seeds.stream(1, "quadratic", 0);
    float[] matrix = normal(random, SIZE * SIZE); // W
    float[] target = normal(random, SIZE); // y
    float[] start = normal(random, SIZE); // θ₀
    float[] weights = it.network.initialWeights(2);
    GradientEstimator estimator =
        it.secondDerivatives ? new ExactBptt(STEPS) : new TruncatedBptt(STEPS);
    Assignment assignment =
        new Assignment(it.network, BlockFilter.ALL, estimator, MetaLoss.LOSSES, 1);
    Estimate estimate =
        estimator
            .start(assignment, List.of(Quadratic.of(matrix, target, start)), weights)
            .advance(weights, 3);
    double loss = estimate.loss();
    float[] actual = estimate.gradient();

    float[] expected = new float[weights.length];
    double expectedLoss = autograd(it, weights, matrix, target, start, expected);

    assertThat(loss).isCloseTo(expectedLoss, within(1e-4 * expectedLoss));
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("weight %d", i).isCloseTo(expected[i], within(1e-4f * largest));
    }
  }

  /// Σₜ ‖Wθₜ − y‖² over the steps, and its derivative by φ.
  private static double autograd(
      Case it, float[] weights, float[] matrix, float[] target, float[] start, float[] gradient) {
    try (PointerScope _ = new PointerScope()) {
      LibtorchLstm lstm = new LibtorchLstm(shape(it.network), weights, false);
      LibtorchLstm.State state = lstm.zeroState(SIZE);
      Tensor w = Tensor.create(matrix, SIZE, SIZE);
      Tensor y = Tensor.create(target, SIZE, 1);
      Tensor parameters = Tensor.create(start, SIZE, 1);
      Tensor loss = Tensor.create(new float[1], 1);
      for (int t = 0; t < STEPS; t++) {
        Tensor residual = w.mm(parameters).sub(y);
        Tensor slope = w.t().mm(residual).add(w.t().mm(residual)); // ∇f = 2·Wᵀ(Wθ − y)
        if (!it.secondDerivatives) {
          slope = slope.detach();
        }
        parameters = parameters.add(lstm.step(slope, state, true));
        Tensor after = w.mm(parameters).sub(y);
        loss = loss.add(after.mul(after).sum());
      }
      loss.backward();
      lstm.takeWeightGradient(gradient);
      return LibtorchLstm.toArray(loss)[0];
    }
  }

  private static LstmShape shape(Lstm network) {
    float logSign =
        switch (network.inputs()) {
          case Preprocessing.Identity _ -> 0;
          case Preprocessing.LogSign(double p) -> (float) p;
          case Preprocessing.AdamLike _, Preprocessing.Both _, Preprocessing.Timed _ ->
              throw new IllegalArgumentException("not in LibtorchLstm");
        };
    return new LstmShape(
        network.layers(), network.hidden(), logSign, (float) network.outputScale());
  }

  private static float[] normal(RandomGenerator random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
