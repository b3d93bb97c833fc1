package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Means, medians and intervals, against textbook values.
class StatisticsTest {

  @Test
  void intervalOfAKnownSample() {
    // mean 5, standard deviation 2, t(0.975; 4) = 2.776: 5 ± 2.776·2/√5
    var interval = Statistics.student95(new double[] {3, 3, 5, 7, 7});
    assertThat(interval.low()).isCloseTo(5 - 2.776 * 2 / Math.sqrt(5), within(1e-9));
    assertThat(interval.high()).isCloseTo(5 + 2.776 * 2 / Math.sqrt(5), within(1e-9));
  }

  @Test
  void intervalsHoldTheMeanInNineteenCasesOfTwenty() {
    Random random = new Random(1);
    for (int size : new int[] {3, 20, 100}) {
      int held = 0;
      for (int trial = 0; trial < 4000; trial++) {
        double[] sample = new double[size];
        Arrays.setAll(sample, i -> random.nextGaussian());
        var interval = Statistics.student95(sample);
        held += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
      }
      assertThat(held / 4000.0).isCloseTo(0.95, within(0.015));
    }
  }

  @Test
  void medianPutsWhatDivergedLast() {
    assertThat(Statistics.median(new double[] {3, Double.NaN, 1})).isEqualTo(3);
    assertThat(Statistics.median(new double[] {4, Double.POSITIVE_INFINITY, 1, 2})).isEqualTo(3);
  }

  @Test
  void aSingleRunHasNoInterval() {
    assertThat(Statistics.student95(new double[] {1}).low()).isNaN();
  }

  @Test
  void bootstrapOfASingleRunOrOfWhatIsNotFiniteHasNoInterval() {
    assertThat(Statistics.bootstrap95(new double[] {1}).low()).isNaN();
    assertThat(Statistics.bootstrap95(new double[] {1, Double.NaN}).high()).isNaN();
    assertThat(Statistics.bootstrap95(new double[] {1, Double.POSITIVE_INFINITY}).low()).isNaN();
  }

  /// Computed by a Python program of its own: SplitMix64, resamples, Student's t and the normal
  /// distribution from `math.erfc`.
  @Test
  void bootstrapAgainstAnIndependentComputation() {
    double[] doubling = {0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12};
    var few = Statistics.bootstrap95(doubling);
    assertThat(few.low()).isCloseTo(0.14353634242608962, within(1e-12));
    assertThat(few.high()).isCloseTo(2.3661729181651863, within(1e-12));
    double[] squares = new double[40];
    Arrays.setAll(squares, i -> (i * i % 101) / 10.0);
    var many = Statistics.bootstrap95(squares);
    assertThat(many.low()).isCloseTo(3.6575, within(1e-12));
    assertThat(many.high()).isCloseTo(5.6275, within(1e-12));
  }

  /// The quantiles of the means of all 6⁶ resamples, 0.24 % from either end.
  @Test
  void bootstrapAgainstAllResamples() {
    var interval = Statistics.bootstrap95(new double[] {0, 1, 2, 4, 8, 16});
    assertThat(interval.low()).isCloseTo(2 / 3.0, within(0.1));
    assertThat(interval.high()).isCloseTo(73 / 6.0, within(0.2));
  }

  @Test
  void bootstrapIsRepeatable() {
    double[] sample = {3, 1, 4, 1, 5, 9, 2, 6};
    assertThat(Statistics.bootstrap95(sample)).isEqualTo(Statistics.bootstrap95(sample));
  }

  /// Student's interval of such losses reaches below 0, where no loss is.
  @Test
  void bootstrapOfPositiveLossesIsPositive() {
    double[] losses = {1e-3, 2e-3, 1e-2, 5, 1e-4};
    assertThat(Statistics.student95(losses).low()).isNegative();
    assertThat(Statistics.bootstrap95(losses).low()).isPositive();
  }

  @Test
  void bootstrapHoldsTheMeanOfSkewedLossesAboutAsOftenAsItSays() {
    Random random = new Random(2);
    int held = 0;
    for (int trial = 0; trial < 200; trial++) {
      double[] sample = new double[20];
      Arrays.setAll(sample, i -> -Math.log(1 - random.nextDouble())); // their mean is 1
      var interval = Statistics.bootstrap95(sample);
      held += interval.low() <= 1 && 1 <= interval.high() ? 1 : 0;
    }
    assertThat(held / 200.0).isBetween(0.88, 0.99);
  }

  @Test
  void pairedDifferencesSeeWhatIntervalsApartCannot() {
    double[] a = {1, 10, 100, 1000};
    double[] b = {1.1, 10.1, 100.12, 1000.1};
    assertThat(Statistics.pairedDifference95(a, b).high()).isNegative();
  }
}
