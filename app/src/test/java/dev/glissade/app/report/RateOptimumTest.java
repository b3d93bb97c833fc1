package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.app.report.RateOptimum.Shape;
import dev.glissade.evaluation.LearningRateSearch.Trial;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateOptimumTest {

  private static final double INFINITE = Double.POSITIVE_INFINITY;

  /// Trials at 0.125, 0.25, 0.5, …, of which the one at 1 was taken.
  private static List<Trial> trials(double... losses) {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      trials.add(new Trial(0.125 * (1 << i), losses[i], 2, 4));
    }
    return trials;
  }

  private static RateOptimum of(double... losses) {
    return RateOptimum.of(trials(losses), 1).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "9, 4, 2.3, 2, 2.3, 4, 9, SHARP, 1, 1",
    "9, 4, 2.1, 2, 2.3, 4, 9, SHARP, 0.5, 1",
    "9, 4, 2.1, 2, 2.1, 4, 9, USUAL, 0.5, 2",
    "9, 2.1, 2.1, 2, 2.1, 2.2, 9, FLAT, 0.25, 4",
    "9, 2.1, 3, 2, 3, 2.2, 9, SHARP, 1, 1",
    "9, 2.1, 2.1, 2, Infinity, 2.1, 9, AT_DIVERGENCE, 0.25, 1"
  })
  void saysBetweenWhichRatesTheLossIsNearlyAsLow(
      double a,
      double b,
      double c,
      double d,
      double e,
      double f,
      double g,
      Shape shape,
      double low,
      double high) {
    RateOptimum optimum = of(a, b, c, d, e, f, g);
    assertThat(optimum.shape()).isEqualTo(shape);
    assertThat(optimum.low()).isEqualTo(low);
    assertThat(optimum.high()).isEqualTo(high);
  }

  @Test
  void aRateWithNothingOnOneSideLiesAtTheEdge() {
    assertThat(of(9, 4, 2.2, 2).shape()).isEqualTo(Shape.AT_THE_EDGE);
    List<Trial> above = trials(9, 9, 9, 2, 4).subList(3, 5);
    assertThat(RateOptimum.of(above, 1).orElseThrow().shape()).isEqualTo(Shape.AT_THE_EDGE);
  }

  /// On these instances all losses are higher, also that of the rate that was taken.
  @Test
  void ratesAreComparedOnTheSameRuns() {
    List<Trial> trials = trials(9, 9, 9, 2, 9);
    trials.set(2, new Trial(0.5, 9, 8.5, 2));
    assertThat(RateOptimum.of(trials, 1).orElseThrow().low()).isEqualTo(0.5);
  }

  @Test
  void whatIsBelowZeroIsNearInAbsoluteTerms() {
    List<Trial> trials = new ArrayList<>();
    for (double loss : new double[] {-8, -9.1, -10, -9}) {
      trials.add(new Trial(trials.size() + 1, loss, -10, 4));
    }
    RateOptimum optimum = RateOptimum.of(trials, 3).orElseThrow();
    assertThat(optimum.low()).isEqualTo(2);
    assertThat(optimum.high()).isEqualTo(4);
  }

  @Test
  void whereEveryRunGotStuckThereIsNone() {
    assertThat(RateOptimum.of(trials(INFINITE, INFINITE, INFINITE, INFINITE), 1)).isEmpty();
    assertThat(RateOptimum.of(trials(1, 1), 1)).isEmpty();
  }
}
