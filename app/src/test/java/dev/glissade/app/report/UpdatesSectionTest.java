package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Problem.Split;
import dev.glissade.TestProblems;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.RateSource;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// As in the paper's appendix B: the updates of both, then what each would have done.
class UpdatesSectionTest {

  private static final Contender LEARNED = new Contender.Learned("lstm", "", new Sgd(0.1));

  private static ComparisonReport report(int steps, Contender... contenders) {
    Evaluation evaluation =
        new Evaluation(
            TestProblems.always("bowl", TestProblems.parabola(1, 1)), Split.TEST, 2, steps, 1);
    Comparison comparison = Comparison.run(evaluation, List.of(contenders), () -> {});
    return ComparisonReport.of(comparison, comparison.trace(_ -> {}), "scalar", "");
  }

  private static Contender designed(String name, double rate) {
    return new Contender.Designed(name, Baselines.find(name).rule(rate), RateSource.GIVEN);
  }

  @Test
  void showsTheBestOfEitherKind() {
    ComparisonReport report = report(40, LEARNED, designed("sgd", 1e-6), designed("adam", 0.05));
    Section section = PageData.of(report).sections().getFirst();
    assertThat(section.plots()).hasSize(3);
    assertThat(section.plots().get(1).title()).startsWith("lstm: answers at ");
    assertThat(section.plots().get(2).title()).startsWith("adam: answers at ");
    Plot updates = section.plots().getFirst();
    assertThat(updates.series()).extracting(Plot.Series::name).containsExactly("lstm", "adam");
    assertThat(updates.series().getFirst().y()).hasSize(40);
    assertThat(updates.series().get(1).color())
        .as("as in the other charts")
        .isEqualTo(report.figures().getFirst().plots().getFirst().series().get(1).color());
  }

  @Test
  void answersGoFromAHundredTimesTheGradientToTheOpposite() {
    ComparisonReport report = report(40, LEARNED);
    Plot answers = PageData.of(report).sections().getFirst().plots().get(1);
    assertThat(answers.series())
        .extracting(Plot.Series::name)
        .containsExactly("step 1", "step 2", "step 4", "step 8", "step 16", "step 32");
    Plot.Series first = answers.series().getFirst();
    assertThat(first.x()).hasSize(19).isSorted().contains(-100.0, 0.0, 100.0);
    assertThat(first.y().get(9)).isEqualTo(-0.0);
    assertThat(first.y().getFirst()).isEqualTo(-first.y().getLast()).isPositive();
  }

  @Test
  void longRunsAreFollowedForAWhile() {
    assertThat(updates(report(500, LEARNED))).hasSize(200);
  }

  private static List<Double> updates(ComparisonReport report) {
    return new ArrayList<>(
        PageData.of(report).sections().getFirst().plots().getFirst().series().getFirst().y());
  }

  @Test
  void nobodyIsAskedWhereNothingWasLearnedOrTheRunDiverges() {
    assertThat(report(40, designed("sgd", 0.1)).updates()).isEmpty();
    Contender wild = new Contender.Learned("wild", "", new Sgd(1e30));
    assertThat(report(40, wild, designed("sgd", 0.1)).updates()).isEmpty();
  }
}
