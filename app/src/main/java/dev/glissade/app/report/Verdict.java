package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Difference;
import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.terminal.Numbers;
import java.util.Optional;

/// What a comparison says about learned against hand-designed optimizers.
final class Verdict {

  private Verdict() {}

  /// One sentence on a comparison; empty if there is nothing to compare.
  static Optional<String> of(ComparisonReport report) {
    return report
        .bestBaseline()
        .flatMap(baseline ->
            report
                .bestLearned()
                .map(learned -> sentence(report, learned, baseline))
                .or(() -> diverged(report, baseline)));
  }

  private static String sentence(ComparisonReport report, Line learned, Line baseline) {
    Difference difference = learned.differenceToBestBaseline().orElseThrow();
    if (difference.below()) {
      return lower(report, learned, baseline, difference);
    }
    String losses =
        "%s against %s, %s"
            .formatted(
                Numbers.loss(learned.last().mean()),
                Numbers.loss(baseline.last().mean()),
                text(difference));
    return difference.above()
        ? "%s ends above %s, the best baseline: %s."
            .formatted(learned.name(), baseline.name(), losses)
        : "%s and %s, the best baseline, cannot be told apart on %s: %s."
            .formatted(learned.name(), baseline.name(), instances(report), losses);
  }

  private static String lower(
      ComparisonReport report, Line learned, Line baseline, Difference difference) {
    double ratio = baseline.last().mean() / learned.last().mean();
    return "%s ends %slower than %s, the best tuned baseline, and gets to that baseline's final loss in %d of %d steps: %s."
        .formatted(
            learned.name(),
            learned.last().mean() > 0 ? Numbers.digits(ratio, 2) + " times " : "",
            baseline.name(),
            learned.stepsToBestBaseline().orElse(report.steps()),
            report.steps(),
            text(difference));
  }

  private static String text(Difference difference) {
    String losses =
        "paired difference %s, 95 %% interval %s … %s"
            .formatted(
                Numbers.digits(difference.mean(), 3),
                Numbers.digits(difference.ci95()[0], 3),
                Numbers.digits(difference.ci95()[1], 3));
    return Double.isFinite(difference.percentCi95()[0])
        ? "%s; in per cent %s, %s … %s"
            .formatted(
                losses,
                Numbers.digits(difference.percent(), 3),
                Numbers.digits(difference.percentCi95()[0], 3),
                Numbers.digits(difference.percentCi95()[1], 3))
        : losses;
  }

  private static String instances(ComparisonReport report) {
    return report.instances() == 1
        ? "1 instance"
        : Numbers.count(report.instances()) + " instances";
  }

  private static Optional<String> diverged(ComparisonReport report, Line baseline) {
    return report.ranking().stream()
        .filter(line -> !line.baseline())
        .findFirst()
        .map(line ->
            "%s diverged on %d of %s; %s, the best baseline, ends at %s."
                .formatted(
                    line.name(),
                    line.diverged(),
                    instances(report),
                    baseline.name(),
                    Numbers.loss(baseline.last().mean())));
  }
}
