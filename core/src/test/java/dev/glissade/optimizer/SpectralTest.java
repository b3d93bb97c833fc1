package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The steps of the spectral rule are Muon's, in the lengths that its rate says.
class SpectralTest {

  private static final double RATE = 0.3;

  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource({"2,2", "3,7", "7,3", "16,75", "1,9", "9,1"})
  void isMuonByTheRootOfTheLongerSide(int rows, int columns) {
    ParameterLayout layout = ParameterLayout.of("w", rows, columns);
    Spectral own = new Spectral(RATE, 0.8);
    Muon muon = new Muon(RATE, 0.8);
    Muon.State state = own.start(layout);
    Muon.State other = muon.start(layout);
    float[] update = new float[rows * columns];
    float[] expected = new float[rows * columns];
    Random random = new Random(rows * 100L + columns);
    for (int t = 0; t < 3; t++) {
      float[] gradient = new float[rows * columns];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) random.nextGaussian();
      }
      own.update(Point.of(t, gradient), state, update);
      muon.update(Point.of(t, gradient), other, expected);
      for (int i = 0; i < update.length; i++) {
        double length = Math.sqrt(Math.max(rows, columns));
        assertThat(length * update[i])
            .isCloseTo((double) expected[i], Percentage.withPercentage(0.01));
      }
    }
  }

  @Test
  void theStepOfAVectorIsAsLongAsTheRate() {
    float[] update = new float[2];
    Spectral rule = new Spectral(RATE);
    ParameterLayout layout = ParameterLayout.of("b", 2);
    rule.update(Point.of(0, new float[] {3e5f, -4e5f}), rule.start(layout), update);
    assertThat((double) update[0]).isCloseTo(-RATE * 0.6, within(1e-6));
    assertThat((double) update[1]).isCloseTo(RATE * 0.8, within(1e-6));
  }

  /// It is there to be corrected: no comparison runs it unasked.
  @Test
  void isFoundByItsNameAndIsNoBaselineOfComparisons() {
    Rule rule = Rule.parse("spectral=0.1,momentum=0.9");
    assertThat(rule.optimizer()).isEqualTo(new Spectral(0.1, 0.9));
    assertThat(Rule.fromJson(rule.toJson())).isEqualTo(rule);
    assertThat(Baselines.all()).extracting(Baseline::name).doesNotContain("spectral");
  }
}
