package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import dev.glissade.problem.Rastrigin;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A rule that hops is another where functions are convex, and goes to the lowest well where wells
/// lie at equal distances.
class HoppingTest {

  private static final QuasiNewton DESCENT =
      new QuasiNewton(new Lstm(0, 1, new Preprocessing.Identity(), 1), 10);

  private static final Optimizer<?> PLAIN = DESCENT.with(DESCENT.initialWeights(1));
  private static final Hopping FAMILY = new Hopping(DESCENT);
  private static final Optimizer<Hopping.State> RULE = FAMILY.with(FAMILY.initialWeights(1));

  private static final float[] START = {3.3f, -1.6f, 0.4f, -2.3f, 4.6f, 2.4f};

  private static Objective sample(String problem, long seed) {
    return new ProblemCatalog(Problems.core()).parse(problem).sample(Problem.Split.TEST, seed);
  }

  private static double[] losses(Objective objective, Optimizer<?> rule, int steps) {
    var curve = Descent.start(objective, rule).run(steps);
    return IntStream.rangeClosed(0, steps).mapToDouble(curve::loss).toArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quadratic",
        "quadratic:dim=50",
        "quadratic-uniform",
        "logistic",
        "lasso",
        "lasso:dim=10,rows=5,variant=openl2o"
      })
  void isTheOtherRuleWhereFunctionsAreConvex(String problem) {
    for (int seed = 0; seed < 10; seed++) {
      Objective objective = sample(problem, seed);
      assertThat(losses(objective, RULE, 150)).containsExactly(losses(objective, PLAIN, 150));
    }
  }

  @Test
  void isTheOtherRuleWhereASearchWouldTakeTooLong() {
    Objective waves = sample("rastrigin:dim=1001", 1);
    assertThat(losses(waves, RULE, 60)).containsExactly(losses(waves, PLAIN, 60));
  }

  /// The length of the waves and their height are found, and so is how far the bottom is.
  @ParameterizedTest
  @CsvSource({"1, 1", "0.1, 1", "10, 1", "1, 0.01", "1, 100"})
  void goesToTheLowestOfManyWells(double length, double height) {
    Objective waves = Rastrigin.of(10, new float[START.length], START);
    double[] own = losses(new Scaled(waves, length, height), RULE, 150);
    double[] other = losses(new Scaled(waves, length, height), PLAIN, 150);
    assertThat(other[150]).isGreaterThan(height);
    assertThat(own[150]).isLessThan(1e-6 * height);
  }

  /// A hole in a plain is not convex, and the only one: the other rule's losses are all there, but
  /// for a few trials in between.
  @Test
  void goesOnWhereItStoodIfThereIsNoOtherWell() {
    float[] start = {1.2f, -0.9f, 0.7f};
    Objective hole =
        Objectives.of(ParameterLayout.of("x", 3), start, HoppingTest::hole, (_, _, _, _) -> {});
    double[] other = losses(hole, PLAIN, 100);
    double[] own = losses(hole, RULE, 130);
    int searched = 0;
    for (int t = 0; t < other.length; t++) {
      while (Math.abs(own[t + searched] - other[t]) > 1e-3 * other[t] + 1e-9) {
        searched++;
        assertThat(searched).isLessThan(30);
      }
    }
    assertThat(searched).isPositive();
  }

  /// Σ x²/(1 + x²).
  private static double hole(float[] x, long draw, float[] gradient) {
    double loss = 0;
    for (int n = 0; n < x.length; n++) {
      double square = (double) x[n] * x[n];
      loss += square / (1 + square);
      gradient[n] = (float) (2 * x[n] / ((1 + square) * (1 + square)));
    }
    return loss;
  }

  @ParameterizedTest
  @ValueSource(strings = {"rosenbrock", "rosenbrock:dim=6"})
  void getsThroughCurvedValleys(String valley) {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(losses(sample(valley, seed), RULE, 300)[300]).isLessThan(1e-6);
    }
  }

  /// What a state is copied from goes on alike, in a search as well.
  @Test
  void goesOnFromACopyOfItsState() {
    Objective objective = Rastrigin.of(10, new float[START.length], START);
    ParameterLayout layout = objective.layout();
    Hopping.State state = RULE.start(layout);
    Descent whole = Descent.resume(objective, RULE, objective.initialParameters(), state, 0, 0);
    for (int t = 0; t < 60; t++) {
      Hopping.State copy = RULE.start(layout);
      copy.copyFrom(state);
      Descent part = Descent.resume(objective, RULE, whole.parameters().clone(), copy, t, t);
      whole.advance();
      part.advance();
      assertThat(part.parameters()).containsExactly(whole.parameters());
    }
    assertThat(whole.loss()).isLessThan(losses(objective, PLAIN, 60)[60] - 0.5);
  }

  @Test
  void hopsOverWhatIsTrained() {
    TrainedOptimizer trained = Pretrained.QUADRATIC.load();
    TrainedOptimizer hopping = Hopping.over(trained);
    assertThat(hopping.architecture()).isEqualTo(new Hopping(trained.architecture()));
    assertThat(hopping.weights()).startsWith(trained.weights());
    assertThat(hopping.history()).isEqualTo(trained.history());
  }

  /// A function of longer waves, or shorter ones, and of others' heights.
  private record Scaled(Objective function, double length, double height) implements Objective {
    @Override
    public ParameterLayout layout() {
      return function.layout();
    }

    @Override
    public float[] initialParameters() {
      return scaled(function.initialParameters(), length);
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      double loss = function.evaluate(scaled(parameters, 1 / length), draw, gradient);
      System.arraycopy(scaled(gradient, height / length), 0, gradient, 0, gradient.length);
      return height * loss;
    }

    private static float[] scaled(float[] values, double factor) {
      float[] scaled = new float[values.length];
      for (int n = 0; n < scaled.length; n++) {
        scaled[n] = (float) (factor * values[n]);
      }
      return scaled;
    }
  }
}
