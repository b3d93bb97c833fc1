package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import dev.glissade.ParameterLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a network goes through its coordinates: an unroll that would need too much is gone back
/// through part by part, and averages are over all of them.
class LstmRuleTest {

  private static final ParameterLayout LAYOUT = ParameterLayout.of("x", 70);

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

  @Test
  void globalCellsMixAllCoordinates() {
    Lstm network = new Lstm(2, 4, new Preprocessing.Identity(), 0.1);
    assertThat(network.coupling()).isEqualTo(Coupling.COORDINATES);
    Lstm global = network.withGlobalCells(1);
    assertThat(global.coupling()).isEqualTo(Coupling.ALL);
    assertThat(global.layout()).isEqualTo(network.layout());

    float[] weights = Steps.weights(global, 1);
    float[][] gradients = Steps.gradients(2, 2, 70);
    float before = Steps.updates(global.with(weights), LAYOUT, gradients)[1][0];
    gradients[0][69]++;
    assertThat(Steps.updates(global.with(weights), LAYOUT, gradients)[1][0]).isNotEqualTo(before);
  }

  /// In groups each average is over the coordinates of its group alone.
  @Test
  void averagesStayWithinTheirGroup() {
    Lstm global = new Lstm(1, 4, new Preprocessing.Identity(), 0.1).withGlobalCells(2);
    Grouped grouped = new Grouped(List.of(new Group("a", new BlockFilter("^a"), global)), global);
    ParameterLayout layout =
        new ParameterLayout(List.of(ParameterLayout.block("a", 5), ParameterLayout.block("b", 5)));
    float[] weights = Steps.weights(grouped, 1);
    float[][] gradients = Steps.gradients(2, 3, 10);
    float[] before = Steps.updates(grouped.with(weights), layout, gradients)[2].clone();
    gradients[0][9]++;
    float[] after = Steps.updates(grouped.with(weights), layout, gradients)[2];
    assertThat(Arrays.copyOf(after, 5)).isEqualTo(Arrays.copyOf(before, 5));
    assertThat(after[5]).isNotEqualTo(before[5]);
  }

  @Test
  void aPartOfWhatIsAveragedIsRefused() {
    Lstm global = new Lstm(1, 2, new Preprocessing.Identity(), 0.1).withGlobalCells(1);
    var rule = global.with(Steps.weights(global, 1));
    float[] ones = {1, 1, 1};
    Unroll some = Steps.unroll(LAYOUT, 0, Steps.gradients(2, 3, 70), ones, new int[] {0, 1});
    assertThatThrownBy(
            () -> rule.backward(rule.start(LAYOUT), some, new float[global.layout().size()]))
        .hasMessageContaining("all 70 coordinates, got 2");
  }

  @Test
  void aFileWithoutGlobalCellsHasNone() {
    Lstm network = new Lstm(2, 4, new Preprocessing.Identity(), 0.1);
    assertThat(network.settings().has("globalCells")).isFalse();
    assertThat(Lstm.fromJson(network.settings())).isEqualTo(network);
    assertThat(network.summary()).isEqualTo("LSTM 2 × 4");
    assertThat(network.withGlobalCells(3).summary()).isEqualTo("LSTM 2 × 4, 3 averaged");
  }

  @Test
  void moreGlobalCellsThanCellsAreRefused() {
    Lstm network = new Lstm(2, 4, new Preprocessing.Identity(), 0.1);
    assertThatThrownBy(() -> network.withGlobalCells(5)).hasMessageContaining("from 0 to 4, got 5");
    assertThatThrownBy(() -> new Lstm(0, 4, new Preprocessing.Identity(), 0.1).withGlobalCells(1))
        .hasMessageContaining("from 0 to 0, got 1");
  }
}
