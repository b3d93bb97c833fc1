package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Updates fade once, and stay at nothing.
class CosineDecayTest {

  private static final CosineDecay<OptimizerState.Empty> FADING = new CosineDecay<>(new Sgd(1), 8);

  private static float update(long step) {
    float[] update = {9};
    OptimizerState.Empty state = FADING.start(ParameterLayout.of("x", 1));
    FADING.update(Point.of(step, new float[] {-2}), state, update);
    return update[0];
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "2, 1.7071068", "4, 1", "6, 0.29289323", "8, 0", "9, 0", "16, 0", "24, 0"})
  void fadesToZeroAndStaysThere(long step, float expected) {
    assertThat(update(step)).isCloseTo(expected, within(1e-6f));
  }

  /// Long past what a float counts exactly.
  @Test
  void longRunsFadeSmoothly() {
    long steps = 1L << 40;
    assertThat(CosineDecay.factor(steps / 2 + 1, steps))
        .isLessThan(CosineDecay.factor(steps / 2 - 1000, steps));
    assertThat(CosineDecay.factor(Long.MAX_VALUE, steps)).isZero();
  }

  @Test
  void aRunHasAtLeastOneStep() {
    assertThatThrownBy(() -> new CosineDecay<>(new Sgd(1), 0)).hasMessageContaining("steps");
  }
}
