package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is best, and who only looks so.
class RankingTest {

  private record Entry(String name, boolean baseline, double mean, int stuck)
      implements Ranking.Ranked {}

  private static final Entry ADAM = new Entry("adam", true, 2, 0);
  private static final Entry FROZEN = new Entry("frozen", true, 1, 1);
  private static final Entry LOST = new Entry("lost", false, Double.NaN, 3);
  private static final Entry LEARNED = new Entry("learned", false, 1.5, 0);
  private static final Entry CAUGHT = new Entry("caught", false, 0.5, 1);

  @Test
  void oneRunThatGotStuckOutweighsAnyLoss() {
    Ranking<Entry> ranking = Ranking.of(List.of(LOST, FROZEN, ADAM, LEARNED, CAUGHT));
    assertThat(ranking.entries()).containsExactly(LEARNED, ADAM, CAUGHT, FROZEN, LOST);
    assertThat(ranking.best()).isEqualTo(LEARNED);
    assertThat(ranking.bestBaseline()).contains(ADAM);
    assertThat(ranking.bestLearned()).contains(LEARNED);
  }

  @Test
  void whereAllGotStuckNoneIsTheBestOfItsKind() {
    Ranking<Entry> ranking = Ranking.of(List.of(LOST, FROZEN, CAUGHT));
    assertThat(ranking.bestBaseline()).isEmpty();
    assertThat(ranking.bestLearned()).isEmpty();
  }

  @Test
  void equalsStayInTheirOrder() {
    Entry twin = new Entry("twin", true, 2, 0);
    assertThat(Ranking.of(List.of(twin, ADAM)).best()).isEqualTo(twin);
    assertThat(Ranking.of(List.of(ADAM, twin)).best()).isEqualTo(ADAM);
  }
}
