package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.LearnedOptimizer.DifferentiableRule;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.learned.GroupedOptimizer.Group;
import dev.glissade.learned.GroupedOptimizer.Rule;
import dev.glissade.optimizer.Momentum;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A grouped optimizer does to each block exactly what the rule of its group does to that block
/// alone.
class GroupedOptimizerTest {

  private static final LstmOptimizer CONVOLUTIONS =
      new LstmOptimizer(new LstmConfiguration(1, 4, new Preprocessing.Identity(), 0.5));
  private static final LstmOptimizer OTHERS =
      new LstmOptimizer(new LstmConfiguration(2, 3, new Preprocessing.LogSign(5), 0.1));

  /// Blocks 0 and 2 are convolutions, 3 is a bias, 1 is neither.
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              ParameterLayout.block("conv0/weights", 7),
              ParameterLayout.block("dense/weights", 5),
              ParameterLayout.block("conv1/weights", 2, 3),
              ParameterLayout.block("dense/bias", 2)));

  private static final GroupedOptimizer GROUPED =
      new GroupedOptimizer(
          List.of(
              new Group("conv", Pattern.compile("^conv"), new Rule.Learned<>(CONVOLUTIONS)),
              new Group("bias", Pattern.compile("bias$"), new Rule.Fixed<>(new Momentum(0.1))),
              new Group("rest", Pattern.compile(""), new Rule.Learned<>(OTHERS))));

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
  }

  @Test
  void everyBlockIsUpdatedByTheRuleOfItsGroup() {
    float[][] gradients = gradients(4);
    assertThat(updates(GROUPED.with(weights), LAYOUT, gradients, range(0, 20)))
        .satisfies(all -> {
          check(all, CONVOLUTIONS.with(convolutionWeights), gradients, CONVOLUTION_COORDINATES);
          check(all, OTHERS.with(otherWeights), gradients, OTHER_COORDINATES);
          check(all, new Momentum(0.1), gradients, BIAS_COORDINATES);
        });
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
    float[][] gradients = gradients(4);
    float[] multipliers = {0, 1, 0.5f, 2};
    int[] some = {0, 3, 6, 8, 11, 12, 17, 19};
    float[] actual = new float[weights.length];
    backward(GROUPED.with(weights), LAYOUT, gradients, multipliers, some, actual);

    float[] convolutions = new float[split];
    backward(
        CONVOLUTIONS.with(convolutionWeights),
        ParameterLayout.of("own", 13),
        pick(gradients, CONVOLUTION_COORDINATES),
        multipliers,
        new int[] {0, 3, 6, 7, 12},
        convolutions);
    float[] others = new float[weights.length - split];
    backward(
        OTHERS.with(otherWeights),
        ParameterLayout.of("own", 5),
        pick(gradients, OTHER_COORDINATES),
        multipliers,
        new int[] {1, 4},
        others);
    assertThat(Arrays.copyOf(actual, split)).containsExactly(convolutions);
    assertThat(Arrays.copyOfRange(actual, split, actual.length)).containsExactly(others);
  }

  @Test
  void aBlockThatNoGroupWantsIsNamed() {
    var grouped = new GroupedOptimizer(List.of(GROUPED.groups().getFirst()));
    var rule = grouped.with(grouped.initialWeights(0));
    assertThatThrownBy(() -> rule.start(LAYOUT))
        .hasMessage(
            "no group is for the block 'dense/weights': let the last group match everything");
  }

  private static <S extends OptimizerState> void backward(
      DifferentiableRule<S> rule,
      ParameterLayout layout,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient) {
    rule.backward(rule.start(layout), gradients, multipliers, coordinates, weightGradient);
  }

  private static <S extends OptimizerState> float[][] updates(
      Optimizer<S> rule, ParameterLayout layout, float[][] gradients, int[] coordinates) {
    S state = rule.start(layout);
    float[][] updates = new float[gradients.length][coordinates.length];
    for (int t = 0; t < gradients.length; t++) {
      rule.update(pick(gradients[t], coordinates), state, updates[t]);
    }
    return updates;
  }

  private static float[][] gradients(int steps) {
    Random random = new Random(3);
    float[][] gradients = new float[steps][20];
    for (float[] gradient : gradients) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) random.nextGaussian();
      }
    }
    return gradients;
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
}
