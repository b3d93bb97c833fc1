package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import dev.glissade.file.JsonObject;
import dev.glissade.optimizer.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is told of a learned rate is what the optimizer does.
class LearnedRateTest {

  private static final Lstm NETWORK = new Lstm(1, 2, new Preprocessing.Identity(), 1);
  private static final ParameterLayout TWO =
      new ParameterLayout(
          List.of(ParameterLayout.block("conv", 1), ParameterLayout.block("dense", 1)));

  private static Corrected corrected(String base) {
    return new Corrected(NETWORK, Rule.parse(base));
  }

  private static Group group(String name, Architecture<?> architecture) {
    return new Group(name, new BlockFilter(name), architecture);
  }

  private static TrainedOptimizer trained(Architecture<?> architecture) {
    float[] weights = architecture.initialWeights(1);
    for (Slice slice : architecture.layout().slices()) {
      for (int i = 0; i < slice.size(); i++) {
        if (slice.block().name().endsWith("log-rate")) {
          weights[slice.offset() + i] = 0.1f * (i + 1) + 0.01f * slice.offset();
        } else if (slice.block().name().endsWith("fading")) {
          weights[slice.offset() + i] = 0.25f;
        }
      }
    }
    return new TrainedOptimizer(architecture, weights, JsonObject.empty());
  }

  /// The updates of both coordinates after some steps under a gradient of 1.
  private static <S extends OptimizerState> float[] updates(Optimizer<S> optimizer, int steps) {
    S state = optimizer.start(TWO);
    float[] update = new float[2];
    for (int t = 0; t <= steps; t++) {
      optimizer.update(Point.of(t, new float[] {1, 1}), state, update);
    }
    return update;
  }

  @Test
  void isTheRateOfTheUpdates() {
    TrainedOptimizer trained =
        trained(
            new Grouped(
                List.of(
                    new Group("fixed", new BlockFilter("nothing"), Rule.parse("sgd=1")),
                    group("own", corrected("adam=0.1")),
                    group("conv", corrected("sgd=0.01"))),
                corrected("sgd=0.5")));
    List<LearnedRate> rates = trained.rates();
    assertThat(rates).extracting(LearnedRate::group).containsExactly("own", "conv", "rest");
    assertThat(rates)
        .extracting(rate -> rate.base().baseline().name())
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
    assertThat(trained(corrected("adam=0.1")).rates())
        .extracting(LearnedRate::group)
        .containsExactly("all");
  }

  @Test
  void wholeUpdatesHaveNone() {
    assertThat(trained(NETWORK).rates()).isEmpty();
    assertThat(trained(new Grouped(List.of(group("conv", NETWORK)), NETWORK)).rates()).isEmpty();
    Grouped one = new Grouped(List.of(group("conv", corrected("sgd=0.1"))), NETWORK);
    assertThat(trained(one).rates()).extracting(LearnedRate::group).containsExactly("conv");
  }
}
