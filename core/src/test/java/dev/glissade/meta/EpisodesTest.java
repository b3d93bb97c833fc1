package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.meta.Episodes.Position;
import org.junit.jupiter.api.Test;

/// Draws are counted through stages of different length without a gap.
class EpisodesTest {

  private static final Episodes STAGED = staged(100, "10x2, 20x3");

  private static Episodes staged(long count, String stages) {
    return new Episodes(
        count, new Curriculum(Curriculum.parseStages(stages), 40), 3, MetaLoss.LOSSES);
  }

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
    for (long episodes = 1; episodes < 12; episodes++) {
      Position position = STAGED.position(STAGED.withCount(episodes).draws(10), 10);
      assertThat(position.episode()).isEqualTo(episodes);
      assertThat(position.unroll()).isZero();
    }
  }

  /// A training that is made longer has longer stages.
  @Test
  void aPartOfAllEpisodesIsOfThoseThereAreInTheEnd() {
    Episodes thirty = staged(30, "10x50%,20x3");
    assertThat(thirty.stepsOf(14)).isEqualTo(10);
    assertThat(thirty.stepsOf(15)).isEqualTo(20);
    assertThat(thirty.draws(10)).isEqualTo(15 + 3 * 2 + 12 * 4);
    Episodes ninety = thirty.withCount(90);
    assertThat(ninety.stepsOf(44)).isEqualTo(10);
    assertThat(ninety.stepsOf(45)).isEqualTo(20);
    assertThat(ninety.position(45, 10)).isEqualTo(new Position(45, 0, 20));
  }

  @Test
  void stagesThatDoNotFitAreCutOff() {
    assertThat(staged(3, "10x2,20x3").draws(10)).isEqualTo(2 + 2);
  }

  @Test
  void everyStageMustBeWholeUnrolls() {
    assertThatThrownBy(() -> STAGED.requireMultiplesOf(20))
        .hasMessage("steps must be a multiple of unroll, got 10 and 20");
    assertThatThrownBy(() -> new Episodes(1, 30, 1).requireMultiplesOf(20))
        .hasMessage("steps must be a multiple of unroll, got 30 and 20");
    new Episodes(1, 40, 1).requireMultiplesOf(20);
  }

  @Test
  void thereIsSomethingToTrainOn() {
    assertThatThrownBy(() -> STAGED.withCount(0)).hasMessage("episodes must be >= 1, got 0");
    assertThatThrownBy(() -> STAGED.withBatch(0)).hasMessage("batch must be >= 1, got 0");
  }
}
