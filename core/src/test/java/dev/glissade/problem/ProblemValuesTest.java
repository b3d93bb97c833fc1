package dev.glissade.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import org.junit.jupiter.api.Test;

/// Values that are known from elsewhere: from paper, from the literature, or by hand.
class ProblemValuesTest {

  private static final ProblemCatalog CATALOG = new ProblemCatalog(Problems.core());

  @Test
  void quadraticByHand() {
    var quadratic = Quadratic.of(new float[] {1, 2, 3, 4}, new float[] {1, 1}, new float[] {1, 0});
    float[] gradient = new float[2];
    float[] product = new float[2];
    assertThat(quadratic.evaluate(quadratic.initialParameters(), 0, gradient)).isEqualTo(4);
    assertThat(gradient).containsExactly(12, 16);
    quadratic.hessianTimes(new float[2], 0, new float[] {1, -1}, product);
    assertThat(product).containsExactly(-8, -12);
  }

  @Test
  void quadraticMayBeRectangular() {
    var quadratic = Quadratic.of(new float[] {1, 2}, new float[] {1, 1}, new float[] {3});
    float[] gradient = new float[1];
    assertThat(quadratic.evaluate(new float[] {3}, 0, gradient)).isEqualTo(4 + 25);
    assertThat(gradient).containsExactly(2 * (2 + 10));
  }

  @Test
  void uniformQuadraticsStartWhereThePapersFigureDoes() {
    assertThat(meanInitialLoss("quadratic-uniform")).isCloseTo(10 / 3.0, within(0.05));
  }

  @Test
  void gaussianQuadraticsStartAtTheDimension() {
    assertThat(meanInitialLoss("quadratic")).isCloseTo(10, within(0.3));
  }

  @Test
  void startSetsTheSpreadOfTheFirstPoint() {
    Objective objective = CATALOG.parse("quadratic:dim=2000,start=3").sample(Split.TEST, 1);
    double squares = 0;
    for (float x : objective.initialParameters()) {
      squares += x * x;
    }
    assertThat(Math.sqrt(squares / 2000)).isCloseTo(3, within(0.2));
  }

  @Test
  void startLeavesTheFunctionAlone() {
    float[] point = new float[10];
    float[] gradient = new float[10];
    assertThat(
            CATALOG.parse("quadratic:start=3").sample(Split.TEST, 1).evaluate(point, 0, gradient))
        .isEqualTo(CATALOG.parse("quadratic").sample(Split.TEST, 1).evaluate(point, 0, gradient));
  }

  @Test
  void rosenbrockClassical() {
    var valley = Rosenbrock.of(100, new float[2], new float[] {-1.2f, 1});
    float[] gradient = new float[2];
    assertThat(valley.evaluate(valley.initialParameters(), 0, gradient))
        .isCloseTo(24.2, within(1e-4));
    assertThat(gradient).containsExactly(new float[] {-215.6f, -88}, within(1e-3f));
    assertThat(valley.evaluate(new float[] {1, 1}, 0, gradient)).isZero();
    assertThat(gradient).containsExactly(0, 0);
  }

  @Test
  void rosenbrockHasItsMinimumWhereTheShiftPutsIt() {
    var valley = Rosenbrock.of(50, new float[] {1, 2, -3}, new float[3]);
    float[] gradient = new float[3];
    assertThat(valley.evaluate(new float[] {2, 3, -2}, 0, gradient)).isZero();
    assertThat(gradient).containsExactly(0, 0, 0);
  }

  @Test
  void rosenbrockNeedsTwoDimensions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rosenbrock.of(100, new float[1], new float[1]))
        .withMessageContaining("length >= 2, got 1");
  }

  @Test
  void rastriginByHand() {
    var waves = Rastrigin.of(10, new float[] {0.5f, 0}, new float[2]);
    float[] gradient = new float[2];
    assertThat(waves.evaluate(new float[] {0.5f, 0}, 0, gradient)).isZero();
    // One coordinate on top of a wave: 1/4 + 2·A.
    assertThat(waves.evaluate(new float[] {1, 0}, 0, gradient)).isCloseTo(20.25, within(1e-9));
    assertThat(gradient).containsExactly(new float[] {1, 0}, within(1e-6f));
  }

  @Test
  void logisticByHand() {
    var regression =
        LogisticRegression.of(new float[] {2, 0, 0, -4}, 0.5, 0, 0, new float[] {0, 0});
    float[] gradient = new float[2];
    assertThat(regression.evaluate(new float[2], 0, gradient))
        .isCloseTo(Math.log(2), within(1e-12));
    assertThat(gradient).containsExactly(-0.5f, 1);
    double expected = (Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(4))) / 2 + 0.25 * 2;
    assertThat(regression.evaluate(new float[] {1, 1}, 0, gradient))
        .isCloseTo(expected, within(1e-6));
  }

  @Test
  void logisticDoesNotOverflow() {
    var regression = LogisticRegression.of(new float[] {1}, 0, 0, 0, new float[1]);
    float[] gradient = new float[1];
    assertThat(regression.evaluate(new float[] {-1e30f}, 0, gradient))
        .isCloseTo(1e30, within(1e24));
    assertThat(gradient).containsExactly(-1);
    assertThat(regression.evaluate(new float[] {1e30f}, 0, gradient)).isZero();
  }

  @Test
  void minibatchesAverageToTheFullBatch() {
    var random = Seeds.stream(3, "test", 0);
    float[] samples = RandomVectors.gaussian(random, 20 * 2, 1);
    float[] point = {0.3f, -0.7f};
    float[] expected = new float[2];
    LogisticRegression.of(samples, 0.1, 0, 9, point).evaluate(point, 0, expected);
    var stochastic = LogisticRegression.of(samples, 0.1, 4, 9, point);
    double[] mean = new double[2];
    float[] gradient = new float[2];
    int draws = 20_000;
    for (int draw = 0; draw < draws; draw++) {
      stochastic.evaluate(point, draw, gradient);
      mean[0] += gradient[0] / (double) draws;
      mean[1] += gradient[1] / (double) draws;
    }
    assertThat(mean).containsExactly(new double[] {expected[0], expected[1]}, within(0.01));
  }

  @Test
  void minibatchesChangeFromDrawToDraw() {
    Objective objective = CATALOG.parse("logistic:batch=5").sample(Split.TRAIN, 0);
    float[] point = objective.initialParameters();
    float[] gradient = new float[point.length];
    assertThat(objective.evaluate(point, 0, gradient))
        .isNotEqualTo(objective.evaluate(point, 1, gradient));
  }

  @Test
  void smoothedLassoIsCloseToTheLasso() {
    float[] features = {1, 0, 0, 2};
    var lasso = Lasso.of(features, new float[] {1, 1}, 0.3, 0.01, new float[2]);
    float[] point = {-0.5f, 0};
    double exact = (1.5 * 1.5 + 1) / 4 + 0.3 * 0.5;
    double smoothed = lasso.evaluate(point, 0, new float[2]);
    assertThat(smoothed).isBetween(exact, exact + 2 * 0.3 * 0.01);
  }

  private static double meanInitialLoss(String spec) {
    Problem problem = CATALOG.parse(spec);
    float[] gradient = new float[10];
    double sum = 0;
    for (int seed = 0; seed < 2000; seed++) {
      Objective objective = problem.sample(Split.TEST, seed);
      sum += objective.evaluate(objective.initialParameters(), 0, gradient);
    }
    return sum / 2000;
  }
}
