package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import dev.glissade.LearnedOptimizer.Differentiability;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.optimizer.Momentum;
import dev.glissade.optimizer.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A grouped optimizer does to each block exactly what the rule of its group does to that block
/// alone.
class GroupedTest {

  private static final Lstm CONVOLUTIONS = new Lstm(1, 4, new Preprocessing.Identity(), 0.5);
  private static final Lstm OTHERS = new Lstm(2, 3, new Preprocessing.LogSign(5), 0.1);

  /// Blocks 0 and 2 are convolutions, 3 is a bias, 1 is neither.
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              ParameterLayout.block("conv0/weights", 7),
              ParameterLayout.block("dense/weights", 5),
              ParameterLayout.block("conv1/weights", 2, 3),
              ParameterLayout.block("dense/bias", 2)));

  private static final Grouped GROUPED =
      new Grouped(
          List.of(
              new Group("conv", new BlockFilter("^conv"), CONVOLUTIONS),
              new Group("bias", new BlockFilter("bias$"), Rule.parse("momentum=0.1"))),
          OTHERS);

  private static final int[] CONVOLUTION_COORDINATES = concat(range(0, 7), range(12, 18));
  private static final int[] OTHER_COORDINATES = range(7, 12);
  private static final int[] BIAS_COORDINATES = range(18, 20);

  private final float[] weights = GROUPED.initialWeights(1);
  private final int split = CONVOLUTIONS.layout().size();
  private final float[] convolutionWeights = Arrays.copyOf(weights, split);
  private final float[] otherWeights = Arrays.copyOfRange(weights, split, weights.length);

  @Test
  void weightsAreThoseOfTheLearnedGroups() {
    assertThat(GROUPED.layout().size()).isEqualTo(split + OTHERS.layout().size());
    assertThat(GROUPED.layout().blocks().getFirst().name()).isEqualTo("conv/lstm0/weights");
    assertThat(GROUPED.layout().blocks().getLast().name()).isEqualTo("rest/output/bias");
  }

  @Test
  void everyBlockIsUpdatedByTheRuleOfItsGroup() {
    float[][] gradients = Steps.gradients(3, 4, 20);
    float[][] all = updates(GROUPED.with(weights), LAYOUT, gradients, range(0, 20));
    check(all, CONVOLUTIONS.with(convolutionWeights), gradients, CONVOLUTION_COORDINATES);
    check(all, OTHERS.with(otherWeights), gradients, OTHER_COORDINATES);
    check(all, new Momentum(0.1), gradients, BIAS_COORDINATES);
  }

  private static void check(
      float[][] all, Optimizer<?> rule, float[][] gradients, int[] coordinates) {
    ParameterLayout own = ParameterLayout.of("own", coordinates.length);
    float[][] expected = updates(rule, own, gradients, coordinates);
    for (int t = 0; t < all.length; t++) {
      assertThat(pick(all[t], coordinates)).containsExactly(expected[t]);
    }
  }

  @Test
  void weightGradientsAreThoseOfTheGroups() {
    float[][] gradients = Steps.gradients(3, 4, 20);
    float[] multipliers = {0, 1, 0.5f, 2};
    int[] some = {0, 3, 6, 8, 11, 12, 17, 19};
    float[] actual =
        backward(GROUPED.with(weights), weights.length, LAYOUT, gradients, multipliers, some);

    float[] convolutions =
        backward(
            CONVOLUTIONS.with(convolutionWeights),
            split,
            ParameterLayout.of("own", 13),
            pick(gradients, CONVOLUTION_COORDINATES),
            multipliers,
            new int[] {0, 3, 6, 7, 12});
    float[] others =
        backward(
            OTHERS.with(otherWeights),
            weights.length - split,
            ParameterLayout.of("own", 5),
            pick(gradients, OTHER_COORDINATES),
            multipliers,
            new int[] {1, 4});
    assertThat(Arrays.copyOf(actual, split)).containsExactly(convolutions);
    assertThat(Arrays.copyOfRange(actual, split, actual.length)).containsExactly(others);
  }

  /// A batch, and a subset of the coordinates, may go through whatever mixes no more than they do.
  @Test
  void mixesWhatItsGroupsMix() {
    assertThat(GROUPED.coupling()).isEqualTo(Coupling.COORDINATES);
    assertThat(with("muon=0.1").coupling()).isEqualTo(Coupling.BLOCKS);
    assertThat(GROUPED.differentiability()).isEqualTo(Differentiability.FIRST_ORDER);
    assertThat(
            new Grouped(List.of(new Group("conv", BlockFilter.ALL, OTHERS)), OTHERS)
                .differentiability())
        .isEqualTo(Differentiability.EXACT);
  }

  private static Grouped with(String rule) {
    return new Grouped(List.of(new Group("conv", BlockFilter.ALL, Rule.parse(rule))), OTHERS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a b", "1st", "a/b"})
  void aGroupHasANameThatCanStandInFrontOfABlocks(String name) {
    assertThatThrownBy(() -> new Group(name, BlockFilter.ALL, OTHERS))
        .hasMessageContaining("must be like 'conv-2', got '" + name + "'");
  }

  @Test
  void groupsAreToldApartByTheirNames() {
    Group group = new Group("a", BlockFilter.ALL, OTHERS);
    assertThatThrownBy(() -> new Grouped(List.of(group, group), OTHERS))
        .hasMessageContaining("two groups have one name");
    assertThatThrownBy(() -> new Group("rest", BlockFilter.ALL, OTHERS))
        .hasMessageContaining("a group cannot be called 'rest'");
    assertThatThrownBy(() -> new Grouped(List.of(), OTHERS))
        .hasMessageContaining("at least one group");
    assertThatThrownBy(() -> new Group("a", new BlockFilter("("), OTHERS))
        .hasMessageContaining("'(' is no regular expression");
  }

  /// @param size of the rule's weights
  private static <S extends OptimizerState> float[] backward(
      DifferentiableRule<S> rule,
      int size,
      ParameterLayout layout,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates) {
    float[] weightGradient = new float[size];
    Unroll unroll = Steps.unroll(layout, 0, gradients, multipliers, coordinates);
    rule.backward(rule.start(layout), unroll, weightGradient);
    return weightGradient;
  }

  private static <S extends OptimizerState> float[][] updates(
      Optimizer<S> rule, ParameterLayout layout, float[][] gradients, int[] coordinates) {
    return Steps.updates(rule, layout, pick(gradients, coordinates));
  }

  private static float[][] pick(float[][] values, int[] coordinates) {
    return Arrays.stream(values).map(v -> pick(v, coordinates)).toArray(float[][]::new);
  }

  private static float[] pick(float[] values, int[] coordinates) {
    float[] picked = new float[coordinates.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[coordinates[i]];
    }
    return picked;
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  private static int[] concat(int[] a, int[] b) {
    return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }

  /// The weights of a grouped rule are what its successor optimises: a group's name before the
  /// names of its blocks is no part of these.
  @Test
  void aPatternDoesNotTakeTheNameOfAGroupForThatOfABlock() {
    Grouped rates =
        new Grouped(
            List.of(new Group("output", new BlockFilter("output"), CONVOLUTIONS)), CONVOLUTIONS);
    ParameterLayout successor = rates.layout();
    Grouped.State state = rates.with(rates.initialWeights(1)).start(successor);
    assertThat(state.parts()).hasSize(2);
    assertThat(state.parts().getFirst().layout().blocks())
        .extracting(ParameterLayout.Block::name)
        .containsExactly(
            "output/output/weights",
            "output/output/bias",
            "rest/output/weights",
            "rest/output/bias");
    assertThat(state.parts().getLast().layout().blocks())
        .extracting(ParameterLayout.Block::name)
        .containsExactly(
            "output/lstm0/weights", "output/lstm0/bias", "rest/lstm0/weights", "rest/lstm0/bias");
  }
}
