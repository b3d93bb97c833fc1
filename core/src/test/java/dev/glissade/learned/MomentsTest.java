package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

  private static final int STEPS = 3;

  /// A step takes coordinates a thousand at a time; which lie side by side must not matter.
  @ParameterizedTest
  @ValueSource(ints = {1, 1023, 1024, 1025, 2500})
  void coordinatesAreIndependentOfHowManyThereAre(int count) {
    Moments moments = new Moments(0.95f);
    float[][] gradients = Steps.gradients(3, STEPS, count);
    float[] together = Moments.start(count);
    float[] channels = new float[3 * count];
    for (float[] gradient : gradients) {
      moments.forward(gradient, together, channels, count);
    }
    for (int n : new int[] {0, count / 2, count - 1}) {
      float[] alone = Moments.start(1);
      float[] own = new float[3];
      for (float[] gradient : gradients) {
        moments.forward(new float[] {gradient[n]}, alone, own, 1);
      }
      assertThat(new float[] {together[n], together[count + n], together[2 * count]})
          .containsExactly(alone);
      assertThat(channels[count + n]).isEqualTo(own[1]);
      assertThat(channels[2 * count + n]).isEqualTo(own[2]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 1030})
  void theGradientIsOnlyRead(int count) {
    float[] gradient = new float[count];
    gradient[count - 1] = 1e30f; // counts as less
    float[] before = gradient.clone();
    new Moments(0.9f).forward(gradient, Moments.start(count), new float[2 * count], 0);
    assertThat(gradient).isEqualTo(before);
  }
}
