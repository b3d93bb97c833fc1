package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.learned.Preprocessing.Timed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a network sees besides the gradient: the time as a number that grows with the length of a
/// run, not with every step.
class PreprocessingTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "identity+time",
        "log-sign:10.0+time",
        "adam-like:0.95+time",
        "log-sign:10.0+adam-like:0.95+time"
      })
  void theTimeIsWrittenAtTheEnd(String text) {
    Preprocessing parsed = Preprocessing.parse(text);
    assertThat(parsed).isInstanceOf(Timed.class).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"time", "+time", "time+identity", "identity+time+adam-like:0.95"})
  void theTimeElsewhereIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Preprocessing.parse(text))
        .withMessageContaining("each with '+time' or without");
  }

  @ParameterizedTest
  @ValueSource(strings = "identity+time+time")
  void theTimeTwiceIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Preprocessing.parse(text))
        .withMessageContaining("once only");
  }

  /// A linear rule whose last weight is 1 and all others 0 says what the last input is.
  @ParameterizedTest
  @CsvSource({"0, -4", "9, -2", "99, 0", "999, 2", "9999, 4"})
  void aTenfoldRunAddsTwo(long steps, float expected) {
    for (String inputs : new String[] {"identity", "log-sign:10", "adam-like:0.9"}) {
      Lstm network = new Lstm(0, 1, Preprocessing.parse(inputs + "+time"), 1);
      float[] weights = new float[network.layout().size()];
      weights[weights.length - 2] = 1;
      DifferentiableRule<LstmMemory> rule = network.with(weights);
      float[] update = new float[3];
      Point at = Point.of(steps, new float[] {1, -2, 0});
      rule.update(at, rule.start(ParameterLayout.of("x", 3)), update);
      assertThat(update).containsExactly(new float[] {expected, expected, expected}, within(1e-6f));
    }
  }
}
