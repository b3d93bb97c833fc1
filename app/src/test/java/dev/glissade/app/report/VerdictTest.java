package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.TestProblems;
import dev.glissade.app.report.ExperimentReport.Origin;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.RateSource;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.RandomProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What is said must follow from the paired differences, not from the means alone.
class VerdictTest {

  /// f(x) = s·x² from x = 1: one step of gradient descent leaves s·(1 − 2sr)².
  private static final Problem PARABOLAS = RandomProblem.of("parabolas", VerdictTest::parabola);

  private static Objective parabola(RandomGenerator random) {
    return TestProblems.parabola(2 * random.nextDouble(1, 2), 1);
  }

  private static ComparisonReport report(int instances, double learned, double... baselines) {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender.Learned("lstm", "", new Sgd(learned)));
    for (double rate : baselines) {
      contenders.add(sgd("sgd=" + rate, rate, RateSource.GIVEN));
    }
    return report(PARABOLAS, instances, contenders);
  }

  private static Contender sgd(String name, double rate, RateSource source) {
    return new Contender.Designed(name, Baselines.find("sgd").rule(rate), source);
  }

  private static ComparisonReport report(
      Problem problem, int instances, List<Contender> contenders) {
    Evaluation evaluation = new Evaluation(problem, Problem.Split.TEST, instances, 3, 1);
    return ComparisonReport.of(
        Comparison.run(evaluation, contenders, () -> {}), Optional.empty(), "scalar", "");
  }

  private static String verdict(ComparisonReport report) {
    return Verdict.of(report).orElseThrow();
  }

  @Test
  void lowerByMoreThanChance() {
    assertThat(verdict(report(20, 0.3, 0.01, 0.02)))
        .startsWith("lstm ends ")
        .contains("times lower than sgd=0.02, the best baseline, and")
        .contains("in 1 of 3 steps")
        .containsPattern(
            "paired difference -[0-9.]+, 95 % interval -[0-9.]+ … -[0-9.]+; in per cent -[0-9.]+,"
                + " -[0-9.]+ … -[0-9.]+\\.$");
  }

  @Test
  void higherByMoreThanChance() {
    assertThat(verdict(report(20, 0.01, 0.3)))
        .startsWith("lstm ends above sgd=0.3, the best baseline: ")
        .containsPattern("paired difference \\d.*, 95 % interval \\d")
        .doesNotContain("its mean is below");
  }

  @Test
  void whatLosesToTheBestIsSaidToBeAboveItFirstAndThenHowManyItBeats() {
    assertThat(verdict(report(20, 0.1, 0.3, 0.01, 0.02)))
        .startsWith("lstm ends above sgd=0.3, the best baseline: ")
        .endsWith("; its mean is below those of 2 of 3 baselines.");
  }

  /// Rates on either side of the best one: better on some instances, worse on others.
  @Test
  void withinChance() {
    ComparisonReport report = report(20, 0.30, 0.3635);
    assertThat(verdict(report))
        .startsWith(
            "lstm and sgd=0.3635, the best baseline, cannot be told apart on 20 instances:");
  }

  @Test
  void oneInstanceTellsNothing() {
    assertThat(verdict(report(1, 0.3, 0.01)))
        .contains("cannot be told apart on 1 instance:")
        .contains("interval – … –");
  }

  @Test
  void divergence() {
    assertThat(verdict(report(5, 1e30, 0.3)))
        .startsWith("lstm diverged on 5 of 5 instances; sgd=0.3, the best baseline, ends at ");
  }

  @Test
  void nothingToCompareWith() {
    assertThat(Verdict.of(report(2, 0.3))).isEmpty();
  }

  @Test
  void onlyARateThatWasSearchedForIsCalledTuned() {
    Contender lstm = new Contender.Learned("lstm", "", new Sgd(0.3));
    assertThat(verdict(report(PARABOLAS, 20, List.of(lstm, sgd("sgd", 0.02, RateSource.TUNED)))))
        .contains("sgd, the best tuned baseline");
    for (RateSource source : List.of(RateSource.GIVEN, RateSource.NONE_FOUND)) {
      ComparisonReport report = report(PARABOLAS, 20, List.of(lstm, sgd("sgd", 0.02, source)));
      assertThat(verdict(report)).doesNotContain("tuned");
      assertThat(report.howMade()).doesNotContain("tuned");
    }
  }

  /// At these rates the gradient overflows and the loss does not.
  @Test
  void runsThatGotStuckAtAFiniteLossAreNoBaseline() {
    Problem steep = TestProblems.always("steep", TestProblems.parabola(1e30, 1));
    Contender lstm = new Contender.Learned("lstm", "", new Sgd(1e-31));
    Contender frozen = sgd("sgd=1e5", 1e5, RateSource.GIVEN);
    ComparisonReport report = report(steep, 4, List.of(lstm, frozen));
    assertThat(report.line("sgd=1e5").last().mean()).isFinite();
    assertThat(verdict(report))
        .startsWith(
            "Every baseline got stuck on some instance, sgd=1e5 on 4 of 4 instances: nothing")
        .doesNotContain("lower");
  }

  /// x₀ = 1 and a rate at which x doubles: it ends above its start, at a finite loss.
  @Test
  void howManyTimesLowerIsNotSaidOfRunsThatDiverged() {
    Problem parabola = TestProblems.always("parabola", TestProblems.parabola(1, 1));
    Contender lstm = new Contender.Learned("lstm", "", new Sgd(0.9));
    ComparisonReport report = report(parabola, 4, List.of(lstm, sgd("sgd=3", 3, RateSource.GIVEN)));
    assertThat(verdict(report))
        .startsWith("lstm ends lower than sgd=3, the best baseline, ")
        .endsWith("; sgd=3 diverged on 4 of 4 instances.");
  }

  private static CurveReport curves(PaperScale scale) {
    Map<String, PaperCurve> papers =
        Map.of(
            "lstm", curve("LSTM", 45),
            "sgd=0.01", curve("sgd=0.01", 60),
            "sgd=0.02", curve("sgd=0.02", 50));
    return CurveReport.of(
        new Origin("mine", "0", "none", "", "", 1),
        scale,
        List.of(3),
        name -> papers.getOrDefault(name, PaperCurve.of(name)),
        report(20, 0.3, 0.01, 0.02));
  }

  private static PaperCurve curve(String optimizer, double last) {
    return new PaperCurve(
        optimizer, new TreeMap<>(Map.of(3, last)), OptionalDouble.empty(), OptionalDouble.empty());
  }

  @Test
  void ofPaperLossesOnAnotherScaleOnlyTheRatioIsSaid() {
    assertThat(curves(PaperScale.SAME).verdict()).hasSize(1);
    assertThat(curves(PaperScale.OTHER).verdict())
        .hasSize(2)
        .last()
        .asString()
        .contains("a scale of their own", "ends at 90.0 % of the best baseline");
  }

  @Test
  void paperLossesOnAnotherScaleAreNotDrawnAmongOurs() {
    assertThat(CurvesChart.of(curves(PaperScale.SAME)).svg()).contains("<ellipse");
    assertThat(CurvesChart.of(curves(PaperScale.OTHER)).svg()).doesNotContain("<ellipse");
  }

  /// The steps are those of the mean curve, the per cent those of the best baseline's mean.
  @Test
  void tablesSayHowFarAndHowSoonTheBestBaselineIsBeaten() {
    CurveReport report = curves(PaperScale.SAME);
    Table table = report.table();
    List<String> titles = table.columns().stream().map(Table.Column::title).toList();
    List<String> learned = table.rows().getFirst().cells();
    double percent =
        100
            * (report.comparison().line("lstm").last().mean()
                    / report.comparison().line("sgd=0.02").last().mean()
                - 1);
    assertThat(learned.getFirst()).isEqualTo("lstm");
    assertThat(learned.get(titles.indexOf("to best baseline, %")))
        .startsWith(String.format(Locale.ROOT, "%+.3g (", percent));
    assertThat(learned.get(titles.indexOf("steps to it"))).isEqualTo("1");
    List<String> best = table.rows().get(1).cells();
    assertThat(best.get(titles.indexOf("to best baseline, %"))).isEqualTo("–");
    assertThat(best.get(titles.indexOf("steps to it"))).isEqualTo("3");
    assertThat(table.rows().get(2).cells().get(titles.indexOf("steps to it"))).isEqualTo("never");
  }

  /// Ten steps are what the paper's figures were read for; of a long run they are nothing.
  @Test
  void tablesWithoutThePapersLastTenHaveTheLastTenth() {
    CurveReport report = curves(PaperScale.SAME);
    Table table = report.table();
    List<String> titles = table.columns().stream().map(Table.Column::title).toList();
    assertThat(titles).contains("last tenth", "95 % interval of it").doesNotContain("last ten");
    assertThat(table.rows().getFirst().cells().get(titles.indexOf("last tenth")))
        .isEqualTo(Numbers.loss(report.comparison().line("lstm").late().mean()));
  }

  @Test
  void perCentOfNothingIsNotANumber() {
    Problem flat =
        TestProblems.always(
            "flat", Objectives.of(new float[] {1}, (_, gradient) -> gradient[0] = 0));
    ComparisonReport report =
        report(
            flat,
            3,
            List.of(
                new Contender.Learned("lstm", "", new Sgd(1)), sgd("sgd", 1, RateSource.GIVEN)));
    assertThat(report.line("lstm").differenceToBestBaseline().orElseThrow().percent()).isNaN();
    assertThat(verdict(report)).doesNotContain("per cent");
  }

  /// The difference of the instances' losses, from their definition.
  @Test
  void differencesArePaired() {
    ComparisonReport report = report(6, 0.1, 0.2, 0.3);
    String best = report.bestBaseline().orElseThrow().name();
    double rate = Double.parseDouble(best.substring("sgd=".length()));
    double[] differences = new double[6];
    for (int i = 0; i < 6; i++) {
      long seed = Seeds.derive(1, "instance", i);
      differences[i] = last(seed, 0.1) - last(seed, rate);
    }
    double mean = Arrays.stream(differences).average().orElseThrow();
    var difference = report.line("lstm").differenceToBestBaseline().orElseThrow();
    assertThat(difference.mean()).isEqualTo(mean, within(1e-6));
    double variance = Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum() / 5;
    double half = 2.571 * Math.sqrt(variance / 6); // Student's t with 5 degrees of freedom
    assertThat(difference.ci95().low()).isEqualTo(mean - half, within(1e-4));
    double reference = report.line(best).last().mean();
    assertThat(difference.percent()).isEqualTo(100 * mean / reference, within(1e-3));
    assertThat(difference.percentCi95().high())
        .isEqualTo(100 * (mean + half) / reference, within(0.01));
    assertThat(report.line(best).differenceToBestBaseline()).isEmpty();
  }

  private static double last(long seed, double rate) {
    return Descent.start(PARABOLAS.sample(Problem.Split.TEST, seed), new Sgd(rate)).run(3).last();
  }
}
