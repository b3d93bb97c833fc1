package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaTrainingConfigurationTest {

  private static final MetaTrainingConfiguration DEFAULTS = MetaTrainingConfiguration.defaults();

  /// 20 as in the paper's episodes of 100, its 32 for the 128 of neural art; 127 has no divisor.
  @ParameterizedTest
  @CsvSource({"100, 20", "128, 32", "1000, 20", "150, 25", "10, 10", "20, 20", "127, 127", "1, 1"})
  void unrollIsTheShortestOfAtLeastTwentyThatDividesTheSteps(int steps, int unroll) {
    MetaTrainingConfiguration configuration = DEFAULTS.withSteps(steps);
    assertThat(configuration.steps()).isEqualTo(steps);
    assertThat(configuration.unroll()).isEqualTo(unroll);
  }

  @Test
  void otherStepsChangeNothingElse() {
    MetaTrainingConfiguration back = DEFAULTS.with("batch", 3).withSteps(128).withSteps(100);
    assertThat(back).isEqualTo(DEFAULTS.with("batch", 3));
  }

  @Test
  void noStepsAreRefused() {
    assertThatThrownBy(() -> DEFAULTS.withSteps(0)).hasMessageContaining("steps must be >= 1");
  }
}
