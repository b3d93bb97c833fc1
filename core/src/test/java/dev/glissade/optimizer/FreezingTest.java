package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.BlockFilter;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreezingTest {

  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              ParameterLayout.block("a/weights", 2),
              ParameterLayout.block("a/bias", 1),
              ParameterLayout.block("b/weights", 1)));

  /// Momentum that was there before would move them otherwise.
  @Test
  void otherBlocksStayWhateverTheInnerOptimizerRemembers() {
    var freezing = new Freezing<>(new Momentum(0.1), new BlockFilter("weights"));
    var state = freezing.start(LAYOUT);
    state.arrays().forEach(array -> java.util.Arrays.fill(array, 1));
    float[] gradient = {1, 2, 3, 4};
    float[] update = {9, 9, 9, 9};
    freezing.update(Point.of(0, gradient), state, update);
    assertThat(update[2]).isZero();
    assertThat(update[3]).isEqualTo(-0.1f * (4 + 0.9f));
    assertThat(gradient).containsExactly(1, 2, 3, 4);
  }
}
