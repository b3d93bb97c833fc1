package dev.glissade.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.internal.Vectors;
import dev.glissade.optimizer.Baseline;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The hand-designed rules against libtorch's own, an independent implementation.
class RuleAgreementTest {

  private static final double RATE = 0.01;
  private static final int STEPS = 20;

  static List<Baseline> baselines() {
    return LibtorchRule.baselines();
  }

  @ParameterizedTest
  @MethodSource("baselines")
  void leadsToTheSameParameters(Baseline baseline) {
    for (ParameterLayout layout :
        List.of(
            ParameterLayout.of("tall", 61, 12),
            ParameterLayout.of("wide", 5, 30),
            ParameterLayout.of("square", 40, 40))) {
      assertSame(baseline, baseline.at(RATE), layout);
    }
  }

  private static <S extends OptimizerState> void assertSame(
      Baseline baseline, Optimizer<S> optimizer, ParameterLayout layout) {
    S state = optimizer.start(layout);
    float[] parameters = new float[layout.size()];
    float[] update = new float[layout.size()];
    try (LibtorchRule libtorch = new LibtorchRule(baseline.name(), layout, RATE)) {
      float[][] gradients =
          UnrollInputs.random(LstmBenchmark.SHAPE, layout.size(), STEPS, 2).gradients();
      for (int t = 0; t < STEPS; t++) {
        optimizer.update(Point.of(t, gradients[t]), state, update);
        Vectors.add(update, parameters);
        libtorch.gradient(gradients[t]);
        libtorch.step();
      }
      assertThat(parameters)
          .as("%s, %s", baseline.name(), layout.blocks())
          .containsExactly(libtorch.parameters(), within(tolerance(parameters)));
    }
  }

  private static float tolerance(float[] parameters) {
    float largest = 0;
    for (float value : parameters) {
      largest = Math.max(largest, Math.abs(value));
    }
    return 1e-4f * largest;
  }
}
