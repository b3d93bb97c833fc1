package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.ParameterLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What an unroll needs is made part by part where all of it at once would be too much.
class LstmRuleTest {

  /// 5,000 steps of more than 1,024 coordinates are the least that takes two parts.
  @Test
  void theSecondPartIsGoneBackThroughLikeTheFirst() {
    int count = 1030;
    Lstm network = new Lstm(1, 1, new Preprocessing.AdamLike(0.9), 0.1);
    float[] weights = Steps.weights(network, 1);
    float[][] gradients = Steps.gradients(2, 5001, count);
    ParameterLayout layout = ParameterLayout.of("x", count);
    var rule = network.with(weights);
    float[] ones = new float[gradients.length];
    Arrays.fill(ones, 1e-3f);
    float[] whole = new float[weights.length];
    rule.backward(
        rule.start(layout), Steps.unroll(layout, 0, gradients, ones, Steps.all(count)), whole);

    float[] parts = new float[weights.length];
    for (int[] range : new int[][] {{0, 500}, {500, 1024}, {1024, count}}) {
      int[] some = Arrays.copyOfRange(Steps.all(count), range[0], range[1]);
      rule.backward(rule.start(layout), Steps.unroll(layout, 0, gradients, ones, some), parts);
    }
    float largest = 0;
    for (float part : parts) {
      largest = Math.max(largest, Math.abs(part));
    }
    assertThat(whole).containsExactly(parts, within(1e-3f * largest));
    assertThat(Float.isFinite(largest)).isTrue();
  }
}
