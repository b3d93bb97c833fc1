package dev.glissade.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// A curve stays small and shows all that a reader of the chart must see.
class CurveTest {

  @Test
  void fewPointsAreKeptAsTheyAre() {
    Curve curve = new Curve();
    for (int i = 0; i < Curve.BUCKETS; i++) {
      curve.add(2 * i, i % 7);
    }
    Curve.Points points = curve.points();
    assertThat(points.x()).hasSize(Curve.BUCKETS).startsWith(0, 2, 4).endsWith(1196, 1198);
    assertThat(points.y()).startsWith(0, 1, 2, 3, 4, 5, 6, 0);
  }

  @Test
  void aSpikeAndADipAreNotLost() {
    Curve curve = new Curve();
    int n = 1_000_000;
    for (int i = 0; i < n; i++) {
      curve.add(i, i == 123_456 ? 99 : i == 654_321 ? -99 : 1 + i / 1e7);
    }
    Curve.Points points = curve.points();
    assertThat(points.x()).hasSizeBetween(Curve.BUCKETS, 2 * Curve.BUCKETS + 1).isSorted();
    assertThat(points.x()).startsWith(0).endsWith(n - 1);
    assertThat(points.x()).contains(123_456, 654_321).doesNotHaveDuplicates();
    assertThat(points.y()).contains(99, -99);
  }

  /// However many there are, each kept point is one that was added.
  @Test
  void nothingIsInvented() {
    for (int n : new int[] {0, 1, 2, 599, 600, 601, 1199, 1200, 1201, 5000}) {
      Random random = new Random(n);
      Curve curve = new Curve();
      double[] all = new double[n];
      for (int i = 0; i < n; i++) {
        all[i] = (float) random.nextGaussian();
        curve.add(i, all[i]);
      }
      Curve.Points points = curve.points();
      for (int k = 0; k < points.x().length; k++) {
        // seven digits are sent
        assertThat((float) points.y()[k]).isEqualTo((float) all[(int) points.x()[k]]);
      }
    }
  }

  @Test
  void whatIsNotFiniteIsLeftOut() {
    Curve curve = new Curve();
    curve.add(0, Double.NaN);
    curve.add(1, Double.POSITIVE_INFINITY);
    curve.add(2, 5);
    assertThat(curve.points().x()).containsExactly(2);
  }
}
