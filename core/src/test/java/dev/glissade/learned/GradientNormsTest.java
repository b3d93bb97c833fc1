package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How gradients shrink is told by their norms alone, block by block.
class GradientNormsTest {

  private static final ParameterLayout TWO =
      new ParameterLayout(List.of(ParameterLayout.block("a", 2), ParameterLayout.block("b", 1)));

  private static double[] after(int steps, float[]... gradients) {
    GradientNorms norms = GradientNorms.start(TWO);
    double[] last = {};
    for (int t = 0; t < steps; t++) {
      last = norms.next(Point.of(t, gradients[Math.min(t, gradients.length - 1)]));
    }
    return last;
  }

  @Test
  void aGradientThatStaysOrGrowsSaysNothing() {
    assertThat(after(50, new float[] {3, -4, 1}))
        .containsExactly(new double[] {0, 0}, within(1e-5));
    assertThat(after(50, new float[] {3, -4, 1}, new float[] {30, -40, 10})).containsOnly(0);
  }

  /// 300 steps after it has shrunk by 10, the short mean is a hundredth of the square, and the long
  /// one lies between.
  @Test
  void aGradientThatShrinksSaysByHowMuchBesideItsPast() {
    double[] logarithms = after(301, new float[] {3, 4, 1}, new float[] {0.3f, 0.4f, 1});
    double sum = 0;
    double weight = 0;
    for (int t = 0; t <= 300; t++) {
      sum += Math.pow(0.999, 300 - t) * (t == 0 ? 25 : 0.25);
      weight += Math.pow(0.999, 300 - t);
    }
    assertThat(logarithms[0]).isCloseTo(0.5 * Math.log(0.25 / (sum / weight)), within(1e-3));
    assertThat(logarithms[1]).isCloseTo(0, within(1e-5));
  }

  @Test
  void zeroIsNoInfinitelyStrongFading() {
    assertThat(after(3, new float[] {0, 0, 0})).containsOnly(0);
    assertThat(after(5000, new float[] {1, 1, 1}, new float[] {0, 0, 0})[0]).isBetween(-14.0, -1.0);
  }

  /// Squares beyond the range of floats, and means that differ in how they overflow.
  @Test
  void gradientsThatAreLargeAndStaySaySomethingFinite() {
    for (float size : new float[] {1e17f, 1e19f, 1e20f, 3e38f}) {
      assertThat(after(200, new float[] {size, 0, size}))
          .containsExactly(new double[] {0, 0}, within(1e-5));
    }
    assertThat(after(2000, new float[] {3e38f, 0, 1}, new float[] {Float.MIN_VALUE, 0, 1})[0])
        .isBetween(-14.0, -1.0);
  }

  @Test
  void knowsTheBlockOfEachCoordinate() {
    assertThat(GradientNorms.start(TWO).blocks()).containsExactly(0, 0, 1);
  }
}
