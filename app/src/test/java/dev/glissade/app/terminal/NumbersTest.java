package dev.glissade.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers as people read and write them.
class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0.0386, 0.03860",
    "12.351, 12.35",
    "123456, 123500",
    "0, 0",
    "1234567, 1.235e6",
    "1.5e-7, 1.500e-7",
    "-2.5, -2.500",
    "NaN, diverged",
    "Infinity, diverged"
  })
  void lossesHaveFourDigits(double loss, String text) {
    assertThat(Numbers.loss(loss)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "999, 999 B", "4542, 4.54 kB", "11594722, 11.6 MB", "170052171, 170 MB"})
  void sizes(long bytes, String text) {
    assertThat(Numbers.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "10m, 600", "1h30m, 5400", "45, 45", "2h, 7200", "1m5s, 65"})
  void durations(String text, long seconds) {
    assertThat(Numbers.duration(text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "ten", "-5", "10x", "m", "1.5h", "99999999999"})
  void noDurations(String text) {
    assertThatThrownBy(() -> Numbers.duration(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void clock() {
    assertThat(Numbers.clock(65)).isEqualTo("1:05");
    assertThat(Numbers.clock(3723)).isEqualTo("1:02:03");
  }

  @Test
  void shortTimesHaveTwoDigits() {
    assertThat(Numbers.micros(0.123)).isEqualTo("0.12 µs");
    assertThat(Numbers.micros(994)).isEqualTo("990 µs");
    assertThat(Numbers.micros(999)).isEqualTo("1.0 ms");
    assertThat(Numbers.micros(1500)).isEqualTo("1.5 ms");
    assertThat(Numbers.micros(2_000_000)).isEqualTo("2.0 s");
    assertThat(Numbers.micros(2e9)).isEqualTo("2000 s");
  }
}
