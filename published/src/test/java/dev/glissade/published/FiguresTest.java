package dev.glissade.published;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "learned     0.00305, learned     0.00405",
    "step 40   0.0000, step 40   0.0001",
    "lbfgs       Infinity, lbfgs       Infinity",
    "from -0.00096 to -0.00030, from -0.00100 to -0.00020",
    "after 9 steps, after 10 steps"
  })
  void figuresMayDifferALittle(String documented, String text) {
    assertThat(Figures.agree(documented, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "learned     0.00305, learned     0.00505",
    "learned     0.00305, learnt      0.00305",
    "lbfgs       Infinity, lbfgs       1.5",
    "adam        1.5, adam        Infinity",
    "adam        1.5, adam        NaN",
    "from -0.00096, from 0.00096",
    "after 9 steps, after 19 steps",
    "1 2, 1 2 3"
  })
  void whatSaysAnotherThingIsFound(String documented, String text) {
    assertThat(Figures.agree(documented, text)).isFalse();
  }
}
