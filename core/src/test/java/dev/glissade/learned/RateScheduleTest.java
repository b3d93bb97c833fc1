package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import org.junit.jupiter.api.Test;

/// A learned rate is a power law between half decades of steps, and flat where nothing was learned.
class RateScheduleTest {

  @Test
  void isAPowerLawWithinHalfADecade() {
    float[] falling = {0.5f, 0, 0, 0, 0, -1, 0}; // as t^(-2/ln 10) from step 100 to 316
    double between = RateSchedule.at(falling, 199);
    assertThat(between).isCloseTo(0.5 - 2 * Math.log10(2), within(1e-9));
  }

  @Test
  void staysAsItIsPastTheLastPiece() {
    float[] rates = {1, -0.1f, -0.2f, -0.3f, -0.4f, -0.5f, -0.6f};
    assertThat(RateSchedule.at(rates, 0)).isEqualTo(1);
    assertThat(RateSchedule.at(rates, 1_000_000)).isCloseTo(-1.1, within(1e-6));
    assertThat(RateSchedule.at(rates, 999)).isEqualTo(RateSchedule.at(rates, 1_000_000));
  }

  /// The pieces lie where they do in a schedule for 1,000 steps, and two more follow.
  @Test
  void withMorePiecesGoesOnChanging() {
    float[] rates = {1, -0.1f, -0.2f, -0.3f, -0.4f, -0.5f, -0.6f};
    float[] more = {1, -0.1f, -0.2f, -0.3f, -0.4f, -0.5f, -0.6f, -1, -2};
    for (int steps : new int[] {0, 7, 99, 500, 999}) {
      assertThat(RateSchedule.at(more, steps)).isEqualTo(RateSchedule.at(rates, steps));
    }
    assertThat(RateSchedule.at(more, 99_999)).isCloseTo(-1.1 - 3, within(1e-6));
    assertThat(RateSchedule.at(more, 3161)).isCloseTo(-1.1 - 1, within(1e-3));
  }

  @Test
  void hasTheDerivativesOfFiniteDifferences() {
    float[][] gradients = {{1}, {1}};
    RateSchedule schedule = new RateSchedule(8);
    for (int steps : new int[] {0, 2, 31, 500, 5000, 50_000}) {
      float[] gradient = new float[9];
      ParameterLayout one = ParameterLayout.of("x", 1);
      schedule
          .with(new float[9])
          .backward(
              new OptimizerState.Empty(),
              Steps.unroll(one, steps, gradients),
              new float[][] {{3}},
              gradient);
      for (int i = 0; i < 9; i++) {
        float[] rates = new float[9];
        rates[i] = 1; // linear: any step gives the derivative
        assertThat((double) gradient[i]).isCloseTo(3 * RateSchedule.at(rates, steps), within(1e-6));
      }
    }
  }
}
