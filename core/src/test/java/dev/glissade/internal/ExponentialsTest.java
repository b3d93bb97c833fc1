package dev.glissade.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Factors against `Math.exp`.
class ExponentialsTest {

  @Test
  void factorsAreExactToTheLastBitButForFew() {
    int count = 200_000;
    RandomGenerator random = Seeds.stream(1, "test", 0);
    double[] logarithms = new double[count];
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      logarithms[i] = -110 + 198.7 * random.nextDouble();
      values[i] = 1;
    }
    Exponentials.scale(logarithms, values);
    int others = 0;
    for (int i = 0; i < count; i++) {
      double exact = Math.exp(logarithms[i]);
      assertThat((double) values[i])
          .as("exp(%s)", logarithms[i])
          .isCloseTo(exact, within(6e-8 * exact + 0.51 * Float.MIN_VALUE));
      others += values[i] == (float) exact ? 0 : 1;
    }
    assertThat(others).isLessThan(count / 10_000);
  }

  @Test
  void aLogarithmOfZeroChangesNothing() {
    float[] values = {0, -0f, 1.2345678f, Float.MIN_VALUE, -Float.MAX_VALUE};
    float[] scaled = values.clone();
    Exponentials.scale(new double[values.length], scaled);
    assertThat(scaled).isEqualTo(values);
  }

  @Test
  void whatIsTooLargeIsTheLargestFloat() {
    double[] logarithms = {1e300, 88.8, 80, 80, Double.POSITIVE_INFINITY};
    float[] values = {0, 1, 1e38f, -1e38f, -1e30f};
    Exponentials.scale(logarithms, values);
    assertThat(values[0]).isZero();
    assertThat((double) values[1]).isBetween(3.3e38, (double) Float.MAX_VALUE);
    assertThat(values[2]).isEqualTo(Float.MAX_VALUE);
    assertThat(values[3]).isEqualTo(-Float.MAX_VALUE);
    assertThat(values[4]).isEqualTo(-Float.MAX_VALUE);
  }

  @Test
  void whatIsTooSmallIsZero() {
    float[] values = {1, -1, Float.MAX_VALUE};
    Exponentials.scale(new double[] {-1e300, Double.NEGATIVE_INFINITY, -5000}, values);
    assertThat(values[0]).isZero();
    assertThat(values[1]).isZero();
    assertThat((double) values[2]).isBetween(0.0, 1e-8);
  }

  @Test
  void nanStaysNaN() {
    float[] values = {1, Float.NaN};
    Exponentials.scale(new double[] {Double.NaN, 0}, values);
    assertThat(values).containsExactly(Float.NaN, Float.NaN);
  }
}
