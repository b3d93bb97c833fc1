package dev.glissade.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SparklineTest {

  private static String curve(int width, double... numbers) {
    Sparkline sparkline = new Sparkline(width);
    DoubleStream.of(numbers).forEach(sparkline::add);
    return sparkline.toString();
  }

  @Test
  void reachesFromTheLowestToTheHighest() {
    assertThat(curve(8, 7, 6, 5, 4, 3, 2, 1, 0)).isEqualTo("█▇▆▅▄▃▂▁");
    assertThat(curve(8, -1e300, 0, 1e300)).isEqualTo("▁▅█");
  }

  @Test
  void whatIsFlatLiesAtTheBottom() {
    assertThat(curve(4, 3, 3, 3)).isEqualTo("▁▁▁");
  }

  @Test
  void oneNumberIsNoCurve() {
    assertThat(curve(4)).isEmpty();
    assertThat(curve(4, 1)).isEmpty();
    assertThat(curve(4, 1, Double.NaN)).isEmpty();
  }

  @Test
  void whatIsNotFiniteIsLeftOut() {
    assertThat(curve(4, 1, Double.NaN, 0, Double.POSITIVE_INFINITY, 1)).isEqualTo("█▁█");
  }

  /// Whatever the number of numbers, the curve is that of the whole, in at most its width.
  @Test
  void neighboursBecomeOneWhereThereIsNoMoreRoom() {
    assertThat(curve(4, 3, 3, 0, 2)).isEqualTo("██▁▆");
    assertThat(curve(4, 3, 3, 0, 2, 5)).isEqualTo("█▁"); // 5 waits for its neighbour
    assertThat(curve(4, 3, 3, 0, 2, 5, 7)).isEqualTo("▄▁█");
    double[] falling = DoubleStream.iterate(1e4, x -> x - 1).limit(10_000).toArray();
    assertThat(curve(8, falling)).hasSizeBetween(4, 8).startsWith("█").endsWith("▁");
  }

  @Test
  void neighboursNeedAnEvenWidth() {
    assertThatThrownBy(() -> new Sparkline(5)).hasMessage("width must be even and >= 2, got 5");
  }
}
