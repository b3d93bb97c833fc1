package dev.glissade.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Objective;
import dev.glissade.Problem.Split;
import dev.glissade.TwiceDifferentiable;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The functions of the benchmark Open-L2O are those of its paper.
class OpenL2oProblemsTest {

  private static final ProblemCatalog CATALOG = new ProblemCatalog(Problems.core());
  private static final String SMALL = "lasso:dim=10,rows=5,variant=openl2o";
  private static final double LAMBDA = 0.005;

  private static TwiceDifferentiable sample(String problem, Split split, long seed) {
    return (TwiceDifferentiable) CATALOG.parse(problem).sample(split, seed);
  }

  /// Tuned rates and trained optimizers refer to these functions: they must stay what they are.
  @ParameterizedTest
  @CsvSource({
    "lasso, 0x1.35fec2a35bb2cp2",
    "'lasso:dim=5,rows=9,smoothing=0.5', 0x1.0b6b43a610592p-2",
    "rastrigin, 0x1.cf858ad7e309ep7",
    "'rastrigin:dim=3,amplitude=2,shift=3', 0x1.2e35dd040f019p6"
  })
  void theUsualVariantsAreWhatTheyWereToTheBit(String problem, double loss) {
    Objective objective = sample(problem, Split.TEST, 3);
    float[] start = objective.initialParameters();
    assertThat(objective.evaluate(start, 0, new float[start.length])).isEqualTo(loss);
  }

  @Test
  void sparseCodingByHand() {
    float[] dictionary = {1, 0, 2, 0, 1, -1};
    float[] point = {2, 0, -1};
    var coding = SparseCoding.of(dictionary, new float[] {1, 3}, 0.25, point);
    float[] gradient = new float[3];
    // The residuals are −1 and −2.
    assertThat(coding.evaluate(point, 0, gradient)).isEqualTo(0.5 * (1 + 4) + 0.25 * 3);
    assertThat(gradient).containsExactly(-1 + 0.25f, -2, -2 + 2 - 0.25f);
    coding.hessianTimes(point, 0, new float[] {1, 1, 0}, gradient);
    assertThat(gradient).containsExactly(1, 1, 1);
  }

  @Test
  void sparseCodingNeedsADictionaryOfItsSizes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparseCoding.of(new float[5], new float[2], 1, new float[3]))
        .withMessage("dictionary must have 2 x 3 elements, got 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparseCoding.of(new float[6], new float[2], -1, new float[3]))
        .withMessage("lambda must be >= 0, got -1.0");
  }

  /// The Hessian is AᵀA: its diagonal shows the lengths of the columns.
  @ParameterizedTest
  @CsvSource({"10, 5", "50, 25"})
  void allSignalsShareADictionaryOfColumnsOfLengthOne(int dimension, int rows) {
    String problem = "lasso:dim=%s,rows=%s,variant=openl2o".formatted(dimension, rows);
    for (int j = 0; j < dimension; j++) {
      float[] unit = new float[dimension];
      unit[j] = 1;
      float[] column = new float[dimension];
      sample(problem, Split.TRAIN, 0).hessianTimes(unit, 0, unit, column);
      assertThat(column[j]).isCloseTo(1, within(1e-5f));
      float[] other = new float[dimension];
      sample(problem, Split.TEST, 77).hessianTimes(unit, 0, unit, other);
      assertThat(other).isEqualTo(column);
    }
  }

  /// At 0 the loss is ½‖A·x‖². As columns have length 1, its mean is ½ · 10 · 0.1, and it is 0
  /// where all coefficients are.
  @Test
  void aTenthOfTheCoefficientsAreNormalAndThereIsNoNoise() {
    double sum = 0;
    int zeros = 0;
    float[] gradient = new float[10];
    for (int seed = 0; seed < 4000; seed++) {
      double loss = sample(SMALL, Split.TEST, seed).evaluate(new float[10], 0, gradient);
      sum += loss;
      zeros += loss == 0 ? 1 : 0;
    }
    assertThat(sum / 4000).isCloseTo(0.5, within(0.04));
    assertThat(zeros / 4000.0).isCloseTo(Math.pow(0.9, 10), within(0.025));
  }

  /// Proximal steps, which know nothing of our gradient at kinks, end at a point from where the
  /// loss rises in all directions; the slopes of the squares are within ±λ there.
  @ParameterizedTest
  @CsvSource({"10, 5", "50, 25"})
  void fistaEndsWhereNothingNearIsLower(int dimension, int rows) {
    String problem = "lasso:dim=%s,rows=%s,variant=openl2o".formatted(dimension, rows);
    for (int seed = 0; seed < 5; seed++) {
      Objective objective = sample(problem, Split.TEST, seed);
      float[] best = Fista.minimize(objective, LAMBDA, 4000);
      float[] gradient = new float[dimension];
      double least = objective.evaluate(best, 0, gradient);
      assertThat(least).isLessThan(1.0);
      for (int j = 0; j < dimension; j++) {
        assertThat(Math.abs(gradient[j])).isLessThan((float) (best[j] == 0 ? LAMBDA + 1e-6 : 1e-5));
        for (float move : new float[] {-0.01f, 0.01f}) {
          float[] near = best.clone();
          near[j] += move;
          assertThat(objective.evaluate(near, 0, new float[dimension])).isGreaterThan(least);
        }
      }
    }
  }

  @Test
  void wavesByHand() {
    var waves =
        RastriginFamily.of(
            new float[] {1, 2, 0, -1},
            new float[] {1, 1},
            new float[] {0.5f, -3},
            10,
            new float[] {1, 0.25f});
    float[] gradient = new float[2];
    // The residuals are 0.5 and −1.25; the cosines 1 and 0.
    double loss = waves.evaluate(waves.initialParameters(), 0, gradient);
    assertThat(loss).isCloseTo((0.25 + 1.5625) / 2 - 10 * 0.5 + 10 * 2, within(1e-6));
    assertThat(gradient)
        .containsExactly(
            new float[] {0.5f, (float) (2 * 0.5 + 1.25 - 2 * Math.PI * 10 * 3)}, within(1e-4f));
  }

  @Test
  void wavesNeedMatchingSizes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RastriginFamily.of(new float[5], new float[2], new float[3], 1, new float[3]))
        .withMessage("matrix must have 2 x 3 elements, got 5");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RastriginFamily.of(new float[6], new float[2], new float[2], 1, new float[3]))
        .withMessage("heights and start must have the same length, got 2 and 3");
  }

  /// Waves of heights that Rastrigin's function has: the two differ by half of the bowl alone.
  @Test
  void theFamilyHoldsRastriginsWaves() {
    float[] point = {0.3f, -1.7f, 2.2f};
    float[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    float[] ones = {1, 1, 1};
    double squares = 0.3 * 0.3 + 1.7 * 1.7 + 2.2 * 2.2;
    double family =
        RastriginFamily.of(identity, new float[3], ones, 10, point)
            .evaluate(point, 0, new float[3]);
    double classical = Rastrigin.of(10, new float[3], point).evaluate(point, 0, new float[3]);
    assertThat(classical - family).isCloseTo(squares / 2, within(1e-5));
  }

  /// At 0 the loss is ½‖b‖² − α·Σc + α·N, at whole and at half numbers it tells c and A, too.
  @Test
  void bowlsWavesAndStartsAreStandardNormal() {
    int functions = 4000;
    double[] atZero = new double[functions];
    double[] start = new double[functions];
    double[] heights = new double[functions];
    for (int seed = 0; seed < functions; seed++) {
      Objective f = sample("rastrigin:dim=2,variant=openl2o", Split.TEST, seed);
      Objective bowl = sample("rastrigin:dim=2,amplitude=0,variant=openl2o", Split.TEST, seed);
      float[] gradient = new float[2];
      atZero[seed] = bowl.evaluate(new float[2], 0, gradient);
      start[seed] = f.initialParameters()[1];
      heights[seed] = (20 - (f.evaluate(new float[2], 0, gradient) - atZero[seed])) / 10;
    }
    assertThat(mean(atZero)).isCloseTo(1, within(0.06)); // half of two squares
    assertThat(mean(start)).isCloseTo(0, within(0.06));
    assertThat(variance(start)).isCloseTo(1, within(0.08));
    assertThat(mean(heights)).isCloseTo(0, within(0.08));
    assertThat(variance(heights)).isCloseTo(2, within(0.15)); // of a sum of two
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
  }
}
