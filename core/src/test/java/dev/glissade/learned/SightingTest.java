package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two points tell of a function that it is not convex, whatever its scale and whichever was seen
/// first.
class SightingTest {

  private static Point at(double x, double loss, double slope) {
    return new Point.Known(0, loss, new float[] {(float) x}, new float[] {(float) slope});
  }

  private static double concavity(Point first, Point second) {
    Sighting sighting = new Sighting(1);
    sighting.take(first);
    return sighting.concavity(second, Double.MIN_NORMAL);
  }

  /// The last is cos at its two bottoms: slopes alone say nothing.
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0,   2, 4, 4,     -0.33333333", // a parabola
    "0, 0, 1,   2, 2, 1,      0", // a line
    "0, 0, 0,   2, -4, -4,    0.33333333", // a parabola upside down
    "0, 0, 1,   1, 0.5, 1,    0.2", // below its tangent
    "0, 1, 0.5, 2, 1, 0.5,    0.5",
  })
  void tellsWhatIsBelowItsTangents(
      double x, double f, double slope, double x2, double f2, double slope2, double expected) {
    for (double scale : new double[] {1, 1e-6, 1e6}) {
      Point first = at(x / scale, scale * f, scale * scale * slope);
      Point second = at(x2 / scale, scale * f2, scale * scale * slope2);
      assertThat(concavity(first, second)).isCloseTo(expected, within(1e-6));
      assertThat(concavity(second, first)).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void aSmallDifferenceDoesNotCount() {
    Sighting sighting = new Sighting(1);
    sighting.take(at(0, 0, 1e-6));
    assertThat(sighting.concavity(at(1, 0, 0), 1)).isCloseTo(1e-6, within(1e-9));
  }

  @Test
  void aLossThatIsNotKnownSaysNothing() {
    assertThat(concavity(at(0, 0, 1), at(1, Double.NaN, -1))).isNaN();
  }

  @Test
  void remembersLossesToMoreThanAFloat() {
    Sighting sighting = new Sighting(1);
    sighting.take(at(0, 1e6 + 1e-4, 0));
    assertThat(sighting.loss()).isCloseTo(1e6 + 1e-4, within(1e-8));
    assertThat(sighting.isBelow(1e6 + 2e-4)).isTrue();
    assertThat(sighting.isBelow(1e6)).isFalse();
    assertThat(sighting.isBelow(Double.NaN)).isFalse();
  }
}
