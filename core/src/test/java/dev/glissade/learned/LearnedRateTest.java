package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is told of a learned rate is what the optimizer does.
class LearnedRateTest {

  private static final LstmConfiguration NETWORK =
      new LstmConfiguration(1, 2, new Preprocessing.Identity(), 1);
  private static final ParameterLayout TWO =
      new ParameterLayout(
          List.of(ParameterLayout.block("conv", 1), ParameterLayout.block("dense", 1)));

  private static TrainedOptimizer trained(String base, String groups) {
    Architecture architecture =
        new Architecture(
            NETWORK,
            base.isEmpty() ? Optional.empty() : Optional.of(BlockGroup.Fixed.parse(base)),
            BlockGroup.parse(groups));
    float[] weights = architecture.optimizer().initialWeights(1);
    int offset = 0;
    for (Block block : architecture.optimizer().layout().blocks()) {
      for (int i = 0; i < block.size(); i++) {
        if (block.name().endsWith("log-rate")) {
          weights[offset + i] = 0.1f * (i + 1) + 0.01f * offset;
        } else if (block.name().endsWith("fading")) {
          weights[offset + i] = 0.25f;
        }
      }
      offset += block.size();
    }
    return new TrainedOptimizer(architecture, weights, Map.of());
  }

  /// The updates of both coordinates after some steps under a gradient of 1.
  private static <S extends OptimizerState> float[] updates(Optimizer<S> optimizer, int steps) {
    S state = optimizer.start(TWO);
    float[] update = new float[2];
    for (int t = 0; t <= steps; t++) {
      optimizer.update(new float[] {1, 1}, state, update);
    }
    return update;
  }

  @Test
  void isTheRateOfTheUpdates() {
    TrainedOptimizer trained =
        trained("sgd=0.5", "fixed=nothing:sgd=1;own=other+adam=0.1;conv=conv+sgd=0.01");
    List<LearnedRate> rates = trained.rates();
    assertThat(rates).extracting(LearnedRate::group).containsExactly("own", "conv", "rest");
    assertThat(rates)
        .extracting(rate -> rate.base().baseline())
        .containsExactly("adam", "sgd", "sgd");
    assertThat(rates).extracting(LearnedRate::fading).containsOnly(0.25);
    for (int steps : new int[] {0, 1, 7, 200}) {
      float[] updates = updates(trained.optimizer(), steps);
      assertThat(rates.get(1).after(steps)).isCloseTo(-updates[0], within(1e-5 * -updates[0]));
      assertThat(rates.get(2).after(steps)).isCloseTo(-updates[1], within(1e-5 * -updates[1]));
    }
  }

  @Test
  void oneRuleForAllHasOneRate() {
    assertThat(trained("adam=0.1", "").rates())
        .extracting(LearnedRate::group)
        .containsExactly("all");
  }

  @Test
  void wholeUpdatesHaveNone() {
    assertThat(trained("", "").rates()).isEmpty();
    assertThat(trained("", "conv=conv").rates()).isEmpty();
    assertThat(trained("", "conv=conv+sgd=0.1").rates())
        .extracting(LearnedRate::group)
        .containsExactly("conv");
  }
}
