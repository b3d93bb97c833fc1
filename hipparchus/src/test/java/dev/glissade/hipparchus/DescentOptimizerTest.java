package dev.glissade.hipparchus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.Optimizer;
import dev.glissade.hipparchus.TestFunctions.Counted;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.Objectives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.ConvergenceChecker;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.MaxIter;
import org.hipparchus.optim.OptimizationData;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.MultiStartMultivariateOptimizer;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescentOptimizerTest {

  private static final double[] START = {0.1, 0.7, -3};
  private static final MaxEval PLENTY = new MaxEval(1000);

  /// Stops at an iteration.
  private static ConvergenceChecker<PointValuePair> at(int iteration) {
    return (iterations, _, _) -> iterations == iteration;
  }

  private static PointValuePair run(
      Optimizer<?> optimizer, int iterations, Counted function, OptimizationData... more) {
    return new DescentOptimizer(optimizer, at(iterations)).optimize(function.data(START, more));
  }

  @Test
  void aLearnedOptimizerEndsAtTheMinimum() {
    DescentOptimizer optimizer =
        new DescentOptimizer(
            Pretrained.SMOOTH.load().optimizer(), new SimpleValueChecker(1e-15, 1e-15));
    PointValuePair end = optimizer.optimize(Counted.bowl().data(START, PLENTY, GoalType.MINIMIZE));
    assertThat(end.getPoint()).containsExactly(TestFunctions.LOWEST, within(1e-5));
    assertThat(end.getValue()).isCloseTo(TestFunctions.LEAST, within(1e-12));
    assertThat(optimizer.getIterations()).isLessThan(40);
  }

  private static Stream<Optimizer<?>> optimizers() {
    return Stream.concat(
        Baselines.standard().stream().map(baseline -> baseline.rule(0.01, 20).optimizer()),
        Stream.of(Pretrained.SMOOTH, Pretrained.QUADRATIC)
            .map(pretrained -> pretrained.load().optimizer()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void stepsAsADescentDoesBitByBit(Optimizer<?> optimizer) {
    PointValuePair end = run(optimizer, 21, Counted.bowl(), PLENTY, GoalType.MINIMIZE);
    Descent descent =
        Descent.start(
            Objectives.of(
                new float[] {0.1f, 0.7f, -3},
                (x, gradient) -> {
                  double[] point = {x[0], x[1], x[2]};
                  double[] slope = TestFunctions.bowlSlope(point);
                  for (int i = 0; i < 3; i++) {
                    gradient[i] = (float) slope[i];
                  }
                  return TestFunctions.bowl(point);
                }),
            optimizer);
    assertThat(end.getValue()).isEqualTo(descent.run(20).last());
    float[] last = descent.parameters();
    assertThat(end.getPoint()).containsExactly(last[0], last[1], last[2]);
  }

  @Test
  void aStepIsOneIterationAndOneEvaluationAndTheStartIsTheFirst() {
    Counted function = Counted.bowl();
    DescentOptimizer optimizer = new DescentOptimizer(new Sgd(0.1), at(7));
    optimizer.optimize(function.data(START, PLENTY, GoalType.MINIMIZE));
    assertThat(optimizer.getIterations()).isEqualTo(7);
    assertThat(optimizer.getEvaluations()).isEqualTo(7);
    assertThat(function.values()).hasValue(7);
    assertThat(function.gradients()).hasValue(7);
  }

  @Test
  void theCheckerSeesEveryPointAndTheOneBefore() {
    List<Integer> iterations = new ArrayList<>();
    List<PointValuePair> seen = new ArrayList<>();
    ConvergenceChecker<PointValuePair> checker =
        (iteration, previous, current) -> {
          iterations.add(iteration);
          if (seen.isEmpty()) {
            seen.add(previous);
          }
          assertThat(previous).isSameAs(seen.getLast());
          seen.add(current);
          return iteration == 5;
        };
    PointValuePair end =
        new DescentOptimizer(new Sgd(0.1), checker)
            .optimize(Counted.bowl().data(START, PLENTY, GoalType.MINIMIZE));
    assertThat(iterations).containsExactly(2, 3, 4, 5);
    assertThat(seen.getFirst().getPoint()).containsExactly(0.1f, 0.7f, -3);
    assertThat(end).isSameAs(seen.getLast());
    assertThat(seen).extracting(PointValuePair::getValue).doesNotHaveDuplicates();
    for (PointValuePair each : seen) {
      assertThat(each.getValue()).isEqualTo(TestFunctions.bowl(each.getPoint()));
    }
  }

  @Test
  void passingTheMostEvaluationsIsAnException() {
    Counted function = Counted.bowl();
    assertThatThrownBy(() -> run(new Sgd(0.1), 6, function, new MaxEval(5), GoalType.MINIMIZE))
        .isInstanceOfSatisfying(
            MathIllegalStateException.class, DescentOptimizerTest::saysThatFiveWereTooMany);
    assertThat(function.values()).hasValue(5);
  }

  @Test
  void passingTheMostIterationsIsAnException() {
    Counted function = Counted.bowl();
    assertThatThrownBy(
            () -> run(new Sgd(0.1), 6, function, PLENTY, new MaxIter(5), GoalType.MINIMIZE))
        .isInstanceOfSatisfying(
            MathIllegalStateException.class, DescentOptimizerTest::saysThatFiveWereTooMany);
    assertThat(function.values()).hasValue(5);
  }

  private static void saysThatFiveWereTooMany(MathIllegalStateException e) {
    assertThat(e.getSpecifier()).isEqualTo(LocalizedCoreFormats.MAX_COUNT_EXCEEDED);
    assertThat(e.getParts()).containsExactly(5);
  }

  @Test
  void allThatIsAllowedIsUsed() {
    Counted function = Counted.bowl();
    run(new Sgd(0.1), 5, function, new MaxEval(5), new MaxIter(5), GoalType.MINIMIZE);
    assertThat(function.values()).hasValue(5);
  }

  /// As in Hipparchus: who says nothing allows none.
  @Test
  void withoutAMaximumNoEvaluationIsAllowed() {
    assertThatThrownBy(() -> run(new Sgd(0.1), 5, Counted.bowl(), GoalType.MINIMIZE))
        .isInstanceOf(MathIllegalStateException.class)
        .hasMessageContaining("(0)");
  }

  @Test
  void maximizingIsMinimizingWithTheSignChanged() {
    Counted hill =
        Counted.of(
            x -> -TestFunctions.bowl(x),
            x -> Arrays.stream(TestFunctions.bowlSlope(x)).map(slope -> -slope).toArray());
    PointValuePair up = run(new Adam(0.3), 30, hill, PLENTY, GoalType.MAXIMIZE);
    PointValuePair down = run(new Adam(0.3), 30, Counted.bowl(), PLENTY, GoalType.MINIMIZE);
    assertThat(up.getPoint()).isEqualTo(down.getPoint());
    assertThat(up.getValue()).isEqualTo(-down.getValue());
    assertThat(up.getValue()).isGreaterThan(-TestFunctions.bowl(START));
  }

  @Test
  void theEndIsWhereTheCheckerStoppedAlsoIfTheValueRose() {
    PointValuePair end = run(new Sgd(0.7), 4, Counted.bowl(), PLENTY, GoalType.MINIMIZE);
    assertThat(end.getValue()).isGreaterThan(2 * TestFunctions.bowl(START));
    assertThat(end.getValue()).isEqualTo(TestFunctions.bowl(end.getPoint()));
  }

  @Test
  void anotherCallStartsAfreshWithTheDataOfTheLast() {
    DescentOptimizer optimizer = new DescentOptimizer(new Adam(0.3), at(10));
    PointValuePair first =
        optimizer.optimize(Counted.bowl().data(START, PLENTY, GoalType.MINIMIZE));
    PointValuePair again = optimizer.optimize();
    assertThat(again.getPoint()).isEqualTo(first.getPoint());
    assertThat(optimizer.getEvaluations()).isEqualTo(10);
  }

  @Test
  void boundsAreRefusedByNameAndForgotten() {
    DescentOptimizer optimizer = new DescentOptimizer(new Sgd(0.1), at(3));
    SimpleBounds bounds = new SimpleBounds(new double[3], new double[] {1, 1, 1});
    assertThatThrownBy(
            () -> optimizer.optimize(Counted.bowl().data(START, PLENTY, GoalType.MINIMIZE, bounds)))
        .isInstanceOf(MathIllegalArgumentException.class)
        .hasMessageContaining("SimpleBounds")
        .hasMessageContaining("logit");
    assertThat(optimizer.getLowerBound()).isNull();
    optimizer.optimize(Counted.bowl().data(START, PLENTY, GoalType.MINIMIZE));
    assertThat(optimizer.getIterations()).isEqualTo(3);
  }

  @Test
  void whatNothingWouldObeyIsRefusedByName() {
    OptimizationData sigma = new CMAESOptimizer.Sigma(new double[] {1, 1, 1});
    assertThatThrownBy(() -> run(new Sgd(0.1), 3, Counted.bowl(), PLENTY, GoalType.MINIMIZE, sigma))
        .isInstanceOf(MathIllegalArgumentException.class)
        .hasMessageContaining("Sigma");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"InitialGuess", "GoalType", "ObjectiveFunction", "ObjectiveFunctionGradient"})
  void whatIsMissingIsNamed(String missing) {
    OptimizationData[] incomplete =
        Arrays.stream(Counted.bowl().data(START, PLENTY, GoalType.MINIMIZE))
            .filter(data -> !data.getClass().getSimpleName().equals(missing))
            .toArray(OptimizationData[]::new);
    assertThat(incomplete).hasSize(4);
    DescentOptimizer optimizer = new DescentOptimizer(new Sgd(0.1), at(3));
    assertThatThrownBy(() -> optimizer.optimize(incomplete))
        .isInstanceOf(MathIllegalArgumentException.class)
        .hasMessageMatching("an? " + missing + " is missing.*");
  }

  /// The third point is the first that is not finite.
  enum Damage {
    VALUE_NAN("its value is NaN"),
    VALUE_INFINITE("its value is Infinity"),
    GRADIENT_NAN("precision [NaN, 0.0, 0.0]"),
    GRADIENT_BEYOND_FLOAT("precision [Infinity, 0.0, 0.0]");

    private final String told;

    Damage(String told) {
      this.told = told;
    }

    Counted function() {
      return Counted.of(this::value, this::slope);
    }

    private double value(double[] x) {
      double damage = this == VALUE_NAN ? Double.NaN : Double.POSITIVE_INFINITY;
      boolean here = this == VALUE_NAN || this == VALUE_INFINITE;
      return here && x[0] > 2.5 ? damage : -x[0];
    }

    private double[] slope(double[] x) {
      double damage = this == GRADIENT_NAN ? Double.NaN : 1e39;
      boolean here = this == GRADIENT_NAN || this == GRADIENT_BEYOND_FLOAT;
      return new double[] {here && x[0] > 2.5 ? damage : -1, 0, 0};
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPointThatIsNotFiniteIsToldWithItsIterationAndPlace(Damage damage) {
    Counted function = damage.function();
    DescentOptimizer optimizer = new DescentOptimizer(new Sgd(1), at(100));
    OptimizationData[] data = function.data(new double[] {1, 0, 0}, PLENTY, GoalType.MINIMIZE);
    assertThatThrownBy(() -> optimizer.optimize(data))
        .isInstanceOf(MathIllegalStateException.class)
        .hasMessageContaining("iteration 3, [3.0, 0.0, 0.0]")
        .hasMessageContainingAll(damage.told, "learning rate");
    assertThat(function.values()).hasValue(3);
  }

  @Test
  void aValueThatIsNotFiniteIsToldAsTheUsersFunctionGaveIt() {
    Counted function = Counted.of(_ -> Double.NEGATIVE_INFINITY, x -> new double[x.length]);
    assertThatThrownBy(() -> run(new Sgd(1), 9, function, PLENTY, GoalType.MAXIMIZE))
        .hasMessageContaining("its value is -Infinity");
  }

  @Test
  void longPointsAreToldInShort() {
    Counted function = Counted.of(_ -> Double.NaN, x -> new double[x.length]);
    DescentOptimizer optimizer = new DescentOptimizer(new Sgd(1), at(9));
    assertThatThrownBy(
            () -> optimizer.optimize(function.data(new double[1000], PLENTY, GoalType.MINIMIZE)))
        .hasMessageContaining("0.0, … 992 more]")
        .message()
        .hasSizeLessThan(500);
  }

  @Test
  void aGradientOfAnotherLengthIsRefused() {
    Counted function = Counted.of(TestFunctions::bowl, _ -> new double[2]);
    assertThatThrownBy(() -> run(new Sgd(1), 9, function, PLENTY, GoalType.MINIMIZE))
        .isInstanceOf(MathIllegalArgumentException.class)
        .hasMessageContaining("2 != 3");
  }

  /// x⁴ − 2x² + x/2 has a minimum on each side of 0, and the left one is lower.
  @Test
  void severalStartsFindTheLowestMinimum() {
    Counted wells =
        Counted.of(
            x -> x[0] * x[0] * (x[0] * x[0] - 2) + x[0] / 2,
            x -> new double[] {4 * x[0] * (x[0] * x[0] - 1) + 0.5});
    DescentOptimizer optimizer =
        new DescentOptimizer(new Sgd(0.05), new SimpleValueChecker(1e-12, 1e-12));
    double[] starts = {-1.5, 0.5};
    int[] next = {0};
    MultiStartMultivariateOptimizer several =
        new MultiStartMultivariateOptimizer(
            optimizer, 3, () -> new double[] {starts[next[0]++ % 2]});
    PointValuePair best =
        several.optimize(wells.data(new double[] {1.5}, PLENTY, GoalType.MINIMIZE));
    assertThat(best.getPoint()[0]).isCloseTo(-1.057, within(1e-3));
    assertThat(several.getOptima()).hasSize(3);
    assertThat(several.getEvaluations()).isEqualTo(wells.values().get());
  }

  @Test
  void theDataThatItKnowsAreKnownToHipparchusToo() {
    DescentOptimizer optimizer = new DescentOptimizer(new Sgd(0.1), at(3));
    optimizer.optimize(
        Counted.bowl().data(START, new MaxEval(17), new MaxIter(18), GoalType.MAXIMIZE));
    assertThat(optimizer.getMaxEvaluations()).isEqualTo(17);
    assertThat(optimizer.getMaxIterations()).isEqualTo(18);
    assertThat(optimizer.getGoalType()).isEqualTo(GoalType.MAXIMIZE);
    assertThat(optimizer.getStartPoint()).isEqualTo(new InitialGuess(START).getInitialGuess());
  }
}
