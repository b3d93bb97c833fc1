package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import dev.glissade.FiniteDifferences;
import dev.glissade.LearnedOptimizer.Differentiability;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.learned.Preprocessing.AdamLike;
import dev.glissade.learned.Preprocessing.Both;
import dev.glissade.learned.Preprocessing.Identity;
import dev.glissade.learned.Preprocessing.LogSign;
import dev.glissade.learned.Preprocessing.Timed;
import dev.glissade.optimizer.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule that can be differentiated has the derivatives of finite differences, the same ones
/// step by step and for an unroll.
class DifferentiableRuleContractTest {

  private static final int STEPS = 4;
  private static final int BEFORE = 6; // steps before the unroll

  /// Blocks of two kinds, interleaved.
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              ParameterLayout.block("conv0/weights", 2, 3),
              ParameterLayout.block("conv0/bias", 3),
              ParameterLayout.block("dense/weights", 4, 2),
              ParameterLayout.block("conv1/weights", 3, 2),
              ParameterLayout.block("dense/bias", 2)));

  private static final int SIZE = LAYOUT.size();
  private static final int[] SOME = {0, 4, 5, 7, 10, 16, 18, 22, 24};

  /// No smaller than ½, so that no kink of a preprocessing is near.
  private static final float[][] GRADIENTS = awayFromZero(Steps.gradients(3, STEPS + 1, SIZE));

  /// What the meta-loss is made of need not be gradients.
  private static final float[][] SLOPES = Steps.gradients(4, STEPS + 1, SIZE);

  private static final float[] MULTIPLIERS = {9, 1, 0.5f, -2, 0.25f}; // the first is not used

  private static float[][] awayFromZero(float[][] gradients) {
    for (float[] gradient : gradients) {
      for (int n = 0; n < gradient.length; n++) {
        gradient[n] += Math.copySign(0.5f, gradient[n]);
      }
    }
    return gradients;
  }

  record Row(String name, Architecture<?> architecture) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    LogSign logSign = new LogSign(5);
    AdamLike adamLike = new AdamLike(0.8);
    Both both = new Both(logSign, adamLike);
    for (Preprocessing inputs :
        List.of(
            new Identity(),
            logSign,
            adamLike,
            both,
            new Timed(new Identity()),
            new Timed(adamLike),
            new Timed(both))) {
      for (int layers = 0; layers <= 2; layers++) {
        rows.add(new Row(layers + " " + inputs, new Lstm(layers, 3, inputs, 0.5)));
        Lstm bounded = new Lstm(layers, 3, inputs, 0.5, Lstm.Output.TANH);
        rows.add(new Row("bounded " + layers + " " + inputs, bounded));
      }
    }
    Lstm identity = new Lstm(1, 3, new Identity(), 0.5);
    Lstm four = new Lstm(1, 2, both, 0.5);
    Group conv = new Group("conv", new BlockFilter("^conv.*weights"), identity);
    Group bias = new Group("bias", new BlockFilter("bias$"), new Lstm(2, 2, adamLike, 0.3));
    Group fixed = new Group("fixed", new BlockFilter("bias$"), Rule.parse("momentum=0.1"));
    Grouped learned = new Grouped(List.of(conv, bias), new Lstm(1, 3, logSign, 0.5));
    rows.add(new Row("groups", learned));
    rows.add(new Row("groups, one fixed", new Grouped(List.of(conv, fixed), four)));
    Corrected adam = new Corrected(four, Rule.parse("adam=0.1"));
    Corrected muon = new Corrected(new Lstm(2, 2, logSign, 0.5), Rule.parse("muon=0.1"));
    rows.add(new Row("corrected adam", adam));
    rows.add(new Row("corrected muon", muon));
    Group matrices = new Group("matrices", new BlockFilter("weights$"), muon);
    rows.add(new Row("groups of corrected", new Grouped(List.of(matrices), adam)));
    Group inner = new Group("inner", new BlockFilter("^conv"), learned);
    rows.add(new Row("groups in a group", new Grouped(List.of(inner, fixed), four)));
    rows.add(new Row("corrected by groups", new Corrected(learned, Rule.parse("nesterov=0.1"))));
    Lstm global = new Lstm(2, 4, logSign, 0.5).withGlobalCells(2);
    rows.add(new Row("global cells", global));
    rows.add(new Row("global cells, running means", new Lstm(1, 3, both, 0.5).withGlobalCells(3)));
    rows.add(new Row("global cells of a group", new Grouped(List.of(conv, bias), global)));
    rows.add(new Row("corrected, global cells", new Corrected(global, Rule.parse("adam=0.1"))));
    return rows.stream();
  }

  /// The coordinates to go back through: a part of them only where they are not mixed.
  private static List<int[]> choices(Row row) {
    return row.architecture.coupling() == Coupling.ALL
        ? List.of(Steps.all(SIZE))
        : List.of(Steps.all(SIZE), SOME);
  }

  static Stream<Row> exactRows() {
    return rows().filter(row -> row.architecture.differentiability() == Differentiability.EXACT);
  }

  private static Unroll unroll(int[] coordinates) {
    float[] start = new float[SIZE];
    Trajectory trajectory = new Trajectory(LAYOUT, BEFORE, start, new double[STEPS + 1], GRADIENTS);
    return new Unroll(trajectory, SLOPES, MULTIPLIERS, coordinates);
  }

  /// The rule with no more than what every rule must have.
  private record StepByStep<S extends OptimizerState>(DifferentiableRule<S> rule)
      implements DifferentiableRule<S> {
    @Override
    public S start(ParameterLayout layout) {
      return rule.start(layout);
    }

    @Override
    public void update(Point at, S state, float[] update) {
      rule.update(at, state, update);
    }

    @Override
    public void backwardStep(S before, Point at, Cotangent<S> cotangent, float[] weightGradient) {
      Arrays.fill(cotangent.gradient(), Float.NaN); // it is to be overwritten
      rule.backwardStep(before, at, cotangent, weightGradient);
      assertThat(cotangent.gradient()).doesNotContain(Float.NaN);
    }
  }

  private static DifferentiableRule<OptimizerState> rule(
      Architecture<?> architecture, float[] weights) {
    return Erased.differentiable(architecture.with(weights));
  }

  private static float[] backward(
      DifferentiableRule<OptimizerState> rule, int size, int[] coordinates) {
    float[] weightGradient = new float[size];
    rule.backward(
        Steps.after(BEFORE, rule, LAYOUT, GRADIENTS), unroll(coordinates), weightGradient);
    return weightGradient;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anUnrollIsItsSteps(Row row) {
    float[] weights = Steps.weights(row.architecture, 1);
    for (int[] coordinates : choices(row)) {
      float[] whole = backward(rule(row.architecture, weights), weights.length, coordinates);
      float[] steps =
          backward(new StepByStep<>(rule(row.architecture, weights)), weights.length, coordinates);
      assertThat(whole).containsExactly(steps, within(1e-4f * (1 + largest(steps))));
    }
  }

  /// States that were kept while the steps were made are those that would be made again.
  @ParameterizedTest
  @MethodSource("rows")
  void statesThatWereKeptChangeNothing(Row row) {
    float[] weights = Steps.weights(row.architecture, 1);
    DifferentiableRule<OptimizerState> rule = rule(row.architecture, weights);
    OptimizerState state = Steps.after(BEFORE, rule, LAYOUT, GRADIENTS);
    List<OptimizerState> states = new ArrayList<>();
    for (int t = 0; t <= STEPS; t++) {
      OptimizerState before = rule.start(LAYOUT);
      before.copyFrom(state);
      states.add(before);
      rule.update(Point.of(BEFORE + t, GRADIENTS[t]), state, new float[SIZE]);
    }
    int[] all = Steps.all(SIZE);
    float[] kept = new float[weights.length];
    rule.backward(states, unroll(all), kept);
    assertThat(kept).isEqualTo(backward(rule, weights.length, all));
  }

  /// Gradients are added to what is there, and nothing that is only to be read is written.
  @ParameterizedTest
  @MethodSource("rows")
  void addsAndReads(Row row) {
    float[] weights = Steps.weights(row.architecture, 1);
    DifferentiableRule<OptimizerState> rule = rule(row.architecture, weights);
    int[] coordinates = choices(row).getLast();
    float[] once = backward(rule, weights.length, coordinates);
    OptimizerState start = Steps.after(BEFORE, rule, LAYOUT, GRADIENTS);
    List<float[]> before = start.arrays().stream().map(float[]::clone).toList();
    float[] twice = new float[weights.length];
    rule.backward(start, unroll(coordinates), twice);
    rule.backward(start, unroll(coordinates), twice);
    for (int i = 0; i < twice.length; i++) {
      assertThat(twice[i]).isCloseTo(2 * once[i], within(1e-4f * (1 + largest(once))));
    }
    assertThat(start.arrays().toArray(float[][]::new))
        .isDeepEqualTo(before.toArray(float[][]::new));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void derivativesByTheWeightsAreThoseOfFiniteDifferences(Row row) {
    float[] weights = Steps.weights(row.architecture, 1);
    for (int[] coordinates : choices(row)) {
      float[] gradient = backward(rule(row.architecture, weights), weights.length, coordinates);
      float[] before = weights.clone();
      double margin = 2e-3 * (0.1 + largest(gradient));
      int step = 1 + weights.length / 70;
      for (int i = weights.length - 1; i >= 0; i -= i > weights.length - 12 ? 1 : step) {
        double expected =
            FiniteDifferences.partial(
                moved -> surrogate(row.architecture, before, moved, coordinates), weights, i, 0.5);
        assertThat((double) gradient[i]).as("φ[%d]", i).isCloseTo(expected, within(margin));
      }
    }
  }

  /// Σₜ uₜ·Σ_{k>t} multiplierₖ·slopeₖ over some coordinates, from a state that depends on other
  /// weights.
  private static double surrogate(
      Architecture<?> architecture, float[] before, float[] weights, int[] coordinates) {
    OptimizerState state = Steps.after(BEFORE, rule(architecture, before), LAYOUT, GRADIENTS);
    float[][] updates = Steps.updates(rule(architecture, weights), state, BEFORE, GRADIENTS);
    double sum = 0;
    for (int t = 0; t < STEPS; t++) {
      for (int k = t + 1; k <= STEPS; k++) {
        for (int n : coordinates) {
          sum += (double) MULTIPLIERS[k] * SLOPES[k][n] * updates[t][n];
        }
      }
    }
    return sum;
  }

  /// Where a family promises it, the way through gradient and state is exact as well.
  @ParameterizedTest
  @MethodSource("exactRows")
  void derivativesByGradientAndStateAreThoseOfFiniteDifferences(Row row) {
    float[] weights = Steps.weights(row.architecture, 2);
    DifferentiableRule<OptimizerState> rule = rule(row.architecture, weights);
    OptimizerState before = Steps.after(BEFORE, rule, LAYOUT, GRADIENTS);
    float[] gradient = GRADIENTS[1].clone();
    List<float[]> later = laterSlopes(rule);
    OptimizerState stateCotangent = rule.start(LAYOUT);
    stateCotangent.copyFrom(() -> later);
    Cotangent<OptimizerState> cotangent =
        new Cotangent<>(SLOPES[0], stateCotangent, new float[SIZE]);
    rule.backwardStep(before, Point.of(BEFORE, gradient), cotangent, new float[weights.length]);

    for (int n = 0; n < SIZE; n++) {
      double expected =
          FiniteDifferences.partial(moved -> step(rule, before, moved, later), gradient, n, 0.2);
      assertThat((double) cotangent.gradient()[n])
          .as("∇[%d]", n)
          .isCloseTo(expected, within(3e-3 * (1 + Math.abs(expected))));
    }
    for (int a = 0; a < later.size(); a++) {
      float[] values = before.arrays().get(a);
      for (int i = 0; i < values.length; i++) {
        if (later.get(a)[i] != 0) {
          double expected =
              FiniteDifferences.partial(_ -> step(rule, before, gradient, later), values, i, 0.1);
          assertThat((double) stateCotangent.arrays().get(a)[i])
              .as("state[%d][%d]", a, i)
              .isCloseTo(expected, within(3e-3 * (1 + Math.abs(expected))));
        }
      }
    }
  }

  /// Random slopes by the state after a step; 0 by what no gradient changes: room between blocks,
  /// and counts of steps.
  private static List<float[]> laterSlopes(DifferentiableRule<OptimizerState> rule) {
    Random random = new Random(6);
    List<float[]> one = Steps.after(BEFORE, rule, LAYOUT, GRADIENTS).arrays();
    List<float[]> other = Steps.after(BEFORE, rule, LAYOUT, SLOPES).arrays();
    List<float[]> later = new ArrayList<>();
    for (int a = 0; a < one.size(); a++) {
      float[] slopes = new float[one.get(a).length];
      for (int i = 0; i < slopes.length; i++) {
        boolean remembers = one.get(a)[i] != other.get(a)[i];
        slopes[i] = remembers ? (float) random.nextGaussian() : 0;
      }
      later.add(slopes);
    }
    return later;
  }

  /// slopes·update + later·state after one step.
  private static double step(
      DifferentiableRule<OptimizerState> rule,
      OptimizerState before,
      float[] gradient,
      List<float[]> later) {
    OptimizerState state = rule.start(LAYOUT);
    state.copyFrom(before);
    float[] update = new float[SIZE];
    rule.update(Point.of(BEFORE, gradient), state, update);
    double sum = dot(SLOPES[0], update);
    for (int a = 0; a < later.size(); a++) {
      sum += dot(later.get(a), state.arrays().get(a));
    }
    return sum;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
