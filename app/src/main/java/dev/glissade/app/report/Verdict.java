package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Difference;
import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.terminal.Numbers;
import java.util.List;
import java.util.Optional;

/// The verdict of a comparison: what it says about learned against hand-designed optimizers. Only
/// the best of either kind count. A difference counts where its 95 % interval does not hold 0.
final class Verdict {

  /// What is more says nothing in per cent.
  private static final double MOST_PERCENT = 10_000;

  private Verdict() {}

  /// Writes one sentence on a comparison.
  ///
  /// @return empty if one kind is missing, or some run of every optimizer got stuck
  static Optional<String> of(ComparisonReport report) {
    Optional<Line> baseline = report.bestBaseline();
    if (baseline.isEmpty()) {
      return report.bestLearned().flatMap(learned -> alone(report, learned));
    }
    return report
        .bestLearned()
        .map(learned -> sentence(report, learned, baseline.get()))
        .or(() -> diverged(report, baseline.get()));
  }

  /// Writes a sentence on the time until the best learned optimizer is where the best baseline
  /// ends, which a step of it may take longer for; empty if it never is, or the times are not
  /// known.
  static Optional<String> time(ComparisonReport report) {
    Optional<Line> learned =
        report.bestLearned().filter(line -> line.microsToBestBaseline().orElse(0) > 0);
    return report
        .bestBaseline()
        .filter(baseline -> baseline.microsToBestBaseline().orElse(0) > 0)
        .flatMap(baseline -> learned.map(line -> time(line, baseline)));
  }

  private static String time(Line learned, Line baseline) {
    double ours = learned.microsToBestBaseline().orElseThrow();
    double theirs = baseline.microsToBestBaseline().orElseThrow();
    return "To the final loss of %s it takes %s %s, %s itself %s: %s times as long."
        .formatted(
            baseline.name(),
            learned.name(),
            Numbers.micros(ours),
            baseline.name(),
            Numbers.micros(theirs),
            Numbers.digits(theirs / ours, 2));
  }

  /// A sentence where some run of every baseline got stuck; empty if there are no baselines.
  private static Optional<String> alone(ComparisonReport report, Line learned) {
    return report.ranking().stream()
        .filter(Line::baseline)
        .findFirst()
        .map(baseline ->
            ("Every baseline got stuck on some instance, %s on %s of %s: nothing is there to"
                    + " compare %s with, which ends at %s.")
                .formatted(
                    baseline.name(),
                    baseline.stuck(),
                    instances(report),
                    learned.name(),
                    Numbers.loss(learned.last().mean())));
  }

  /// A sentence where there is a good optimizer of either kind: lower, higher, or not to be told
  /// apart. Runs that diverged are named in any case.
  private static String sentence(ComparisonReport report, Line learned, Line baseline) {
    Difference difference = learned.differenceToBestBaseline().orElseThrow();
    String divergence = divergence(report, learned) + divergence(report, baseline) + ".";
    if (difference.below()) {
      return lower(report, learned, baseline, difference) + divergence;
    }
    String losses =
        "%s against %s, %s"
            .formatted(
                Numbers.loss(learned.last().mean()),
                Numbers.loss(baseline.last().mean()),
                text(difference));
    String outcome =
        difference.above()
            ? "%s ends above %s, the best baseline: %s%s"
                .formatted(learned.name(), baseline.name(), losses, others(report, learned))
            : "%s and %s, the best baseline, cannot be told apart on %s: %s"
                .formatted(learned.name(), baseline.name(), instances(report), losses);
    return outcome + divergence;
  }

  /// A sentence where the learned optimizer is better: by how much, and how much faster.
  private static String lower(
      ComparisonReport report, Line learned, Line baseline, Difference difference) {
    return ("%s ends %slower than %s, the best %sbaseline, and gets to that baseline's final loss"
            + " in %s of %s steps: %s")
        .formatted(
            learned.name(),
            times(learned, baseline),
            baseline.name(),
            baseline.tuned() ? "tuned " : "",
            learned.stepsToBestBaseline().orElse(report.steps()),
            report.steps(),
            text(difference));
  }

  /// The half of a sentence on the baselines that end above an optimizer which is not below the
  /// best; empty if there are none.
  private static String others(ComparisonReport report, Line learned) {
    List<Line> baselines = report.ranking().stream().filter(Line::baseline).toList();
    int place = report.ranking().indexOf(learned);
    long worse = baselines.stream().filter(line -> report.ranking().indexOf(line) > place).count();
    return worse == 0
        ? ""
        : "; its mean is below those of %s of %s baselines".formatted(worse, baselines.size());
  }

  /// The number of times by which the loss is lower, as text; empty where that would say how far
  /// some runs diverged.
  private static String times(Line learned, Line baseline) {
    boolean sound = learned.diverged() == 0 && baseline.diverged() == 0;
    return sound && learned.last().mean() > 0
        ? Numbers.digits(baseline.last().mean() / learned.last().mean(), 2) + " times "
        : "";
  }

  /// The half of a sentence on the runs that ended above their start; empty if there are none.
  private static String divergence(ComparisonReport report, Line line) {
    return line.diverged() == 0
        ? ""
        : "; %s diverged on %s of %s".formatted(line.name(), line.diverged(), instances(report));
  }

  /// The difference in figures, in per cent too where that means something.
  private static String text(Difference difference) {
    String losses =
        "paired difference %s, 95 %% interval %s … %s"
            .formatted(
                Numbers.digits(difference.mean(), 3),
                Numbers.digits(difference.ci95().low(), 3),
                Numbers.digits(difference.ci95().high(), 3));
    return Math.abs(difference.percentCi95().low()) < MOST_PERCENT
            && Math.abs(difference.percentCi95().high()) < MOST_PERCENT
        ? "%s; in per cent %s, %s … %s"
            .formatted(
                losses,
                Numbers.digits(difference.percent(), 3),
                Numbers.digits(difference.percentCi95().low(), 3),
                Numbers.digits(difference.percentCi95().high(), 3))
        : losses;
  }

  private static String instances(ComparisonReport report) {
    return report.instances() == 1
        ? "1 instance"
        : Numbers.count(report.instances()) + " instances";
  }

  /// A sentence where some run of every learned optimizer got stuck; empty if there are none.
  private static Optional<String> diverged(ComparisonReport report, Line baseline) {
    return report.ranking().stream()
        .filter(line -> !line.baseline())
        .findFirst()
        .map(line ->
            "%s diverged on %s of %s; %s, the best baseline, ends at %s."
                .formatted(
                    line.name(),
                    line.diverged(),
                    instances(report),
                    baseline.name(),
                    Numbers.loss(baseline.last().mean())));
  }
}
