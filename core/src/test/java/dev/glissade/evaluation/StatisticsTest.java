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
    var interval = Statistics.confidence95(new double[] {3, 3, 5, 7, 7});
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
        var interval = Statistics.confidence95(sample);
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
    assertThat(Statistics.confidence95(new double[] {1}).low()).isNaN();
  }

  @Test
  void pairedDifferencesSeeWhatIntervalsApartCannot() {
    double[] a = {1, 10, 100, 1000};
    double[] b = {1.1, 10.1, 100.12, 1000.1};
    assertThat(Statistics.pairedDifference95(a, b).high()).isNegative();
  }
}
