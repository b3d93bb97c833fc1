package dev.glissade.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Seeds;
import dev.glissade.internal.kernel.LstmShape;
import dev.glissade.learned.LstmConfiguration;
import dev.glissade.learned.LstmMemory;
import dev.glissade.learned.LstmOptimizer;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.Episode;
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
  record Case(LstmConfiguration configuration, boolean secondDerivatives) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (boolean secondDerivatives : new boolean[] {false, true}) {
      for (int layers : new int[] {1, 2}) {
        cases.add(
            new Case(
                new LstmConfiguration(layers, 20, new Preprocessing.Identity(), 0.1),
                secondDerivatives));
        cases.add(
            new Case(
                new LstmConfiguration(layers, 20, new Preprocessing.LogSign(10), 0.1),
                secondDerivatives));
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
    LstmOptimizer learned = new LstmOptimizer(it.configuration);
    float[] weights = learned.initialWeights(2);

    float[] actual = new float[weights.length];
    Episode<LstmMemory> episode =
        new Episode<>(List.of(Quadratic.of(matrix, target, start)), learned.with(weights));
    double loss =
        new TruncatedBptt<>(learned, STEPS, MetaLoss.LOSSES, it.secondDerivatives, 1)
            .estimate(weights, episode, 1, 3, actual);

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
      LibtorchLstm lstm = new LibtorchLstm(shape(it.configuration), weights, false);
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

  private static LstmShape shape(LstmConfiguration configuration) {
    float logSign =
        switch (configuration.preprocessing()) {
          case Preprocessing.Identity _ -> 0;
          case Preprocessing.LogSign(double p) -> (float) p;
          case Preprocessing.AdamLike _, Preprocessing.Both _ ->
              throw new IllegalArgumentException("not in LibtorchLstm");
        };
    return new LstmShape(
        configuration.layers(),
        configuration.hidden(),
        logSign,
        (float) configuration.outputScale());
  }

  private static float[] normal(RandomGenerator random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
