package dev.glissade.app.cli;

import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.ComparisonReport.Line;
import java.util.Optional;

/// What a comparison says about learned against hand-designed optimizers, in one sentence.
final class Verdict {

  private Verdict() {}

  /// The sentence; empty if there is nothing to compare.
  static Optional<String> of(ComparisonReport report) {
    return report
        .bestLearned()
        .flatMap(learned -> report.bestBaseline().map(b -> sentence(report, learned, b)));
  }

  private static String sentence(ComparisonReport report, Line learned, Line baseline) {
    double ratio = baseline.last().mean() / learned.last().mean();
    if (!(ratio > 1)) {
      return "%s ends at a loss %s times that of %s, the best baseline."
          .formatted(learned.name(), Numbers.digits(1 / ratio, 2), baseline.name());
    }
    String lower =
        "%s ends %s times lower than %s, the best tuned baseline"
            .formatted(learned.name(), Numbers.digits(ratio, 2), baseline.name());
    int steps = learned.stepsToBestBaseline().orElse(report.steps());
    return "%s, and gets to that baseline's final loss in %d of %d steps."
        .formatted(lower, steps, report.steps());
  }
}
