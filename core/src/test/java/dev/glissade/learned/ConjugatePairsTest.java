package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The inverse Hessian that is made of conjugate pairs keeps to what they say, all of them.
class ConjugatePairsTest {

  private static final int SIZE = 5;

  private final Random random = new Random(3);
  private final double[][] hessian = hessian();

  /// MᵀM + I, well conditioned.
  private double[][] hessian() {
    double[][] m = new double[SIZE][SIZE];
    for (double[] row : m) {
      Arrays.setAll(row, _ -> random.nextGaussian());
    }
    double[][] hessian = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        hessian[i][j] = i == j ? 1 : 0;
        for (double[] row : m) {
          hessian[i][j] += row[i] * row[j];
        }
      }
    }
    return hessian;
  }

  private double[] change(double[] step) {
    double[] change = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        change[i] += hessian[i][j] * step[j];
      }
    }
    return change;
  }

  private double[] randomStep() {
    double[] step = new double[SIZE];
    Arrays.setAll(step, _ -> random.nextGaussian());
    return step;
  }

  private static double[] multiplied(CurvaturePairs pairs, double[] vector, double scale) {
    double[] initial = new double[SIZE];
    Arrays.fill(initial, scale);
    double[] product = vector.clone();
    ConjugatePairs conjugate = new ConjugatePairs(9, SIZE);
    conjugate.take(pairs, 0.1);
    conjugate.multiply(initial, product);
    return product;
  }

  private static void assertClose(double[] actual, double[] expected) {
    for (int n = 0; n < SIZE; n++) {
      assertThat(actual[n]).isCloseTo(expected[n], within(1e-4));
    }
  }

  /// What L-BFGS does for the newest pair only, where steps are not conjugate.
  @Test
  void everyPairIsKeptTo() {
    CurvaturePairs pairs = new CurvaturePairs(4, SIZE);
    double[][] steps = {randomStep(), randomStep(), randomStep(), randomStep()};
    for (double[] step : steps) {
      pairs.add(step, change(step));
    }
    for (double[] step : steps) {
      assertClose(multiplied(pairs, change(step), 0.3), step);
    }
  }

  @Test
  void asManyPairsAsCoordinatesMakeTheWholeInverse() {
    CurvaturePairs pairs = new CurvaturePairs(9, SIZE);
    for (int i = 0; i < SIZE; i++) {
      double[] step = randomStep();
      pairs.add(step, change(step));
    }
    double[] vector = randomStep();
    assertClose(change(multiplied(pairs, vector, 100)), vector);
  }

  /// Made conjugate to a newer pair that is almost the same, a pair is only rounding.
  @Test
  void whatDependsOnNewerPairsIsLeftOut() {
    CurvaturePairs pairs = new CurvaturePairs(4, SIZE);
    double[] other = randomStep();
    double[] step = randomStep();
    double[] almost = step.clone();
    almost[0] += 1e-3;
    double[] wrong = change(almost);
    wrong[1] += 1e-3;
    pairs.add(other, change(other));
    pairs.add(almost, wrong);
    pairs.add(step, change(step));
    assertClose(multiplied(pairs, change(step), 0.3), step);
    assertClose(multiplied(pairs, change(other), 0.3), other);
  }

  /// The Hessian was another one there: its pair must not bend what the newest says.
  @Test
  void pairsFromElsewhereAreLeftOut() {
    double[] step = {1, 0, 0, 0, 0};
    double[] other = {1, 1, 0, 0, 0};
    CurvaturePairs pairs = new CurvaturePairs(4, SIZE);
    pairs.add(other, new double[] {5, 1, 0, 0, 0});
    pairs.add(step, new double[] {1, 0, 0, 0, 0});
    assertClose(multiplied(pairs, new double[] {0, 0, 1, 0, 0}, 3), new double[] {0, 0, 3, 0, 0});
    assertClose(multiplied(pairs, new double[] {0, 1, 0, 0, 0}, 3), new double[] {0, 3, 0, 0, 0});

    CurvaturePairs agreeing = new CurvaturePairs(4, SIZE);
    agreeing.add(other, new double[] {1.05, 5, 0, 0, 0});
    agreeing.add(step, new double[] {1, 0, 0, 0, 0});
    assertThat(multiplied(agreeing, new double[] {0, 1, 0, 0, 0}, 3)[1])
        .isCloseTo(0.2, within(0.01));
  }

  @Test
  void theOldestPairGivesWay() {
    CurvaturePairs pairs = new CurvaturePairs(2, SIZE);
    double[][] steps = {randomStep(), randomStep(), randomStep()};
    for (double[] step : steps) {
      pairs.add(step, change(step));
    }
    assertThat(pairs.size()).isEqualTo(2);
    assertClose(multiplied(pairs, change(steps[2]), 0.3), steps[2]);
    assertClose(multiplied(pairs, change(steps[1]), 0.3), steps[1]);
    double[] first = multiplied(pairs, change(steps[0]), 0.3);
    assertThat(Math.abs(first[0] - steps[0][0])).isGreaterThan(0.01);
  }
}
