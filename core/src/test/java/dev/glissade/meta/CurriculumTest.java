package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.meta.Curriculum.Count;
import dev.glissade.meta.Curriculum.Percent;
import dev.glissade.meta.Curriculum.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A curriculum is what its text says.
class CurriculumTest {

  @Test
  void stagesAreStepsAndNumbersOrPartsOfEpisodes() {
    assertThat(Curriculum.parseStages(" 20x200, 50x30% "))
        .containsExactly(new Stage(20, new Count(200)), new Stage(50, new Percent(30)));
    assertThat(Curriculum.parseStages(" ")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10x2", "10x2,20x3%,40x1"})
  void isReadAsItIsWritten(String text) {
    Curriculum curriculum = new Curriculum(Curriculum.parseStages(text), 7);
    assertThat(curriculum.stagesText()).isEqualTo(text);
    assertThat(curriculum.withSteps(9).stages()).isEqualTo(curriculum.stages());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "10x", "x", "10x2x", "axb", "10x2,", "10x-2", "10x2%%"})
  void saysWhatAStageLooksLike(String text) {
    assertThatThrownBy(() -> Curriculum.parseStages(text))
        .hasMessageContaining("curriculum must be like '20x200,50x30%'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0x2 | a stage must have at least 1 step, got 0",
        "2x0 | a stage must have at least 1 episode, got 0",
        "2x0% | a stage must have at least 1 %, got 0"
      })
  void everyStageHasSomething(String text, String message) {
    assertThatThrownBy(() -> Curriculum.parseStages(text)).hasMessage(message);
  }

  @Test
  void aPartOfAllEpisodesIsAtLeastOne() {
    assertThat(new Percent(50).of(31)).isEqualTo(15);
    assertThat(new Percent(1).of(2)).isEqualTo(1);
    assertThat(new Count(5).of(2)).isEqualTo(5);
  }

  @Test
  void theLastEpisodesHaveSteps() {
    assertThatThrownBy(() -> new Curriculum(List.of(), 0)).hasMessage("steps must be >= 1, got 0");
  }
}
