package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.meta.Curriculum.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Draws are counted through stages of different length without a gap.
class CurriculumTest {

  private static final Curriculum STAGED = Curriculum.parse("10x2, 20x3", 40, 100);

  @Test
  void everyDrawFollowsTheOneBefore() {
    long episode = 0;
    int unroll = 0;
    for (long draw = 0; draw < 200; draw++) {
      int steps = episode < 2 ? 10 : episode < 5 ? 20 : 40;
      assertThat(STAGED.position(draw, 5)).isEqualTo(new Position(episode, unroll, steps));
      assertThat(STAGED.stepsOf(episode)).isEqualTo(steps);
      unroll++;
      if (unroll * 5 == steps) {
        episode++;
        unroll = 0;
      }
    }
  }

  @Test
  void theDrawsOfTheEpisodesBeforeLeadToTheStartOfAnEpisode() {
    for (long episodes = 0; episodes < 12; episodes++) {
      Position position = STAGED.position(STAGED.draws(episodes, 10), 10);
      assertThat(position.episode()).isEqualTo(episodes);
      assertThat(position.unroll()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "10x", "x", "10x2x", "axb", "10x2,"})
  void saysWhatAStageLooksLike(String text) {
    assertThatThrownBy(() -> Curriculum.parse(text, 20, 100))
        .hasMessageContaining("curriculum must be like '20x200,50x30%'");
  }

  @Test
  void aStageCanBeAPartOfAllEpisodes() {
    assertThat(Curriculum.parse("10x50%,20x3", 40, 30))
        .isEqualTo(Curriculum.parse("10x15,20x3", 40, 30));
    assertThat(Curriculum.parse("10x1%", 40, 2).stages().getFirst().episodes()).isEqualTo(1);
  }

  @Test
  void everyStageMustBeWholeUnrolls() {
    assertThatThrownBy(() -> STAGED.requireMultiplesOf(20))
        .hasMessage("steps must be a multiple of unroll, got 10 and 20");
  }
}
