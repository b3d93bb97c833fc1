package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Pairs are kept where they curve upwards, the newest of them, and the inverse Hessian of L-BFGS
/// is made of them.
class CurvaturePairsTest {

  private static final double[] STEP = {1, 0, 0};

  private static double[] multiplied(CurvaturePairs pairs, double[] vector, double scale) {
    double[] initial = new double[vector.length];
    Arrays.fill(initial, scale);
    double[] product = vector.clone();
    pairs.multiply(initial, product);
    return product;
  }

  private static void assertClose(double[] actual, double... expected) {
    for (int n = 0; n < expected.length; n++) {
      assertThat(actual[n]).isCloseTo(expected[n], within(1e-6));
    }
  }

  @Test
  void pairsThatDoNotCurveUpwardsAreNotKept() {
    CurvaturePairs pairs = new CurvaturePairs(2, 3);
    pairs.add(STEP, new double[] {-1, 0, 0});
    pairs.add(STEP, new double[] {0, 1, 0});
    pairs.add(new double[3], new double[3]);
    assertThat(pairs.size()).isZero();
    assertClose(multiplied(pairs, STEP, 3), 3, 0, 0);
  }

  /// After a step along the flattest direction, a scale by that alone would be 1.
  @Test
  void theMeanScaleIsNotThatOfTheFlattestPair() {
    CurvaturePairs pairs = new CurvaturePairs(4, 3);
    pairs.add(STEP, new double[] {99, 0, 0});
    pairs.add(new double[] {0, 1, 0}, new double[] {0, 1, 0});
    assertThat(pairs.meanScale()).isCloseTo(2.0 / 100, within(1e-9));
    assertThat(pairs.newestScale()).isCloseTo(1, within(1e-9));
    assertThat(pairs.coordinateCurvatures()).containsExactly(99, 1, 0);
  }

  /// H = VᵀH₀V + ρssᵀ with V = 1 − ρysᵀ, multiplied out by hand for s = e₁, y = 2e₁ + e₂.
  @Test
  void onePairMakesTheInverseHessianOfBfgs() {
    CurvaturePairs pairs = new CurvaturePairs(2, 3);
    pairs.add(STEP, new double[] {2, 1, 0});
    assertClose(multiplied(pairs, new double[] {2, 1, 0}, 3), 1, 0, 0);
    assertClose(multiplied(pairs, new double[] {0, 1, 0}, 3), -1.5, 3, 0);
    assertClose(multiplied(pairs, new double[] {0, 0, 1}, 3), 0, 0, 3);
  }

  /// The newest binds; an older one that contradicts it shapes the rest.
  @Test
  void theNewestPairIsKeptToAndTheOldestGivesWay() {
    CurvaturePairs pairs = new CurvaturePairs(2, 3);
    pairs.add(new double[] {0, 0, 1}, new double[] {0, 0, 7});
    pairs.add(new double[] {1, 1, 0}, new double[] {5, 1, 0});
    pairs.add(STEP, new double[] {1, 0, 0});
    assertThat(pairs.size()).isEqualTo(2);
    assertClose(multiplied(pairs, STEP, 3), 1, 0, 0);
    assertClose(multiplied(pairs, new double[] {0, 1, 0}, 3), 0, 13.0 / 3, 0);
    assertClose(multiplied(pairs, new double[] {0, 0, 1}, 3), 0, 0, 3);
  }
}
