package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTicksTest {

  private static String labels(double low, double high, int most) {
    return String.join(" ", LogTicks.of(low, high, most).stream().map(LogTicks::label).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "0.2, 7, 22, 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1 2 3 4 5 6 7",
    "0.1, 30, 17, 0.1 0.2 0.3 0.5 0.7 1 2 3 5 7 10 20 30",
    "0.1, 30, 8, 0.1 0.2 0.5 1 2 5 10 20",
    "1e-9, 30, 17, 1e-9 1e-8 1e-7 1e-6 1e-5 1e-4 0.001 0.01 0.1 1 10",
    "1e-9, 30, 6, 1e-8 1e-6 1e-4 0.01 1",
    "0.11, 0.24, 8, 0.12 0.14 0.16 0.18 0.2 0.22 0.24"
  })
  void labelsLieOverTheWholeRange(double low, double high, int most, String expected) {
    assertThat(labels(low, high, most)).isEqualTo(expected);
  }

  /// From 1e-300 to 1e300, from a hair's breadth to all there is.
  @Test
  void anyRangeHasLabelsAndNotTooMany() {
    for (double low : new double[] {1e-300, 1e-7, 0.3, 1, 9.99, 1e200}) {
      for (double factor : new double[] {1.0001, 1.5, 9, 11, 1e3, 1e90}) {
        for (int most : new int[] {2, 5, 17}) {
          List<BigDecimal> ticks = LogTicks.of(low, low * factor, most);
          assertThat(ticks)
              .as("%s times %s", low, factor)
              .isSorted()
              .hasSizeLessThanOrEqualTo(most + 1);
          assertThat(ticks)
              .allMatch(it -> it.doubleValue() >= low && it.doubleValue() <= low * factor);
        }
      }
    }
  }

  @Test
  void axesEndAtARoundNumberWhereThatIsNear() {
    assertThat(LogTicks.roundAbove(1.8)).isEqualTo(2);
    assertThat(LogTicks.roundAbove(2.1)).isEqualTo(2.1);
    assertThat(LogTicks.roundAbove(0.09)).isEqualTo(0.1);
  }
}
