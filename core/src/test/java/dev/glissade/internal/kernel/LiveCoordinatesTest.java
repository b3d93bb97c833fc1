package dev.glissade.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveCoordinatesTest {

  private static final float[] ONES = {1, 1, 1, 1};

  /// Rows are steps, of which the first does not count; columns are coordinates.
  private static final float[][] GRADIENTS = {
    {9, 9, 9, 9, 9, 9},
    {0, 1, 0, 2, 1e-30f, 0},
    {0, 0, 0, 3, 0, Float.NaN},
    {0, 0, 5, 0, 0, 0},
  };

  @Test
  void aCoordinateLivesUntilItsLastGradientAndTheLongestLivedComeFirst() {
    LiveCoordinates live = LiveCoordinates.of(new int[] {0, 1, 2, 3, 4, 5}, GRADIENTS, ONES);
    assertThat(live.coordinates()).containsExactly(2, 3, 5, 1);
    assertThat(live.steps()).containsExactly(3, 2, 2, 1);
  }

  @Test
  void aStepThatDoesNotCountKeepsNothingAlive() {
    LiveCoordinates live =
        LiveCoordinates.of(new int[] {2, 3}, GRADIENTS, new float[] {1, 1, 1, 0});
    assertThat(live.coordinates()).containsExactly(3);
    assertThat(live.steps()).containsExactly(2);
  }

  @Test
  void equallyLongLivedOnesKeepTheirOrder() {
    float[][] gradients = {{0, 0, 0, 0}, {1, 2, 3, 4}};
    LiveCoordinates live = LiveCoordinates.of(new int[] {0, 1, 3}, gradients, new float[] {0, 1});
    assertThat(live.coordinates()).containsExactly(0, 1, 3);
  }
}
