package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Difference;
import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.report.UpdateTrace.Coordinate;
import dev.glissade.app.report.UpdateTrace.Proposals;
import dev.glissade.app.terminal.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a result says about learned against hand-designed optimizers.
public final class Verdict {

  private Verdict() {}

  /// One sentence on a comparison; empty if there is nothing to compare.
  public static Optional<String> of(ComparisonReport report) {
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

  /// As on its comparison, and a sentence on the paper's losses if they are of another scale.
  public static List<String> of(CurveReport report) {
    Stream<String> ours = of(report.comparison()).stream();
    return switch (report.scale()) {
      case SAME -> ours.toList();
      case OTHER -> Stream.concat(ours, Stream.of(paper(report))).toList();
    };
  }

  private static String paper(CurveReport report) {
    int last = report.comparison().steps();
    Map<Boolean, Double> lowest = new HashMap<>();
    for (Line line : report.comparison().optimizers()) {
      report
          .row(line.name())
          .paper()
          .loss(last)
          .ifPresent(loss -> lowest.merge(line.baseline(), loss, Math::min));
    }
    double learned = lowest.getOrDefault(false, Double.NaN);
    double baseline = lowest.getOrDefault(true, Double.NaN);
    return ("The paper's losses are on a scale of their own, so that only their ratios compare:"
            + " there the learned optimizer ends at %s %% of the best baseline.")
        .formatted(Numbers.digits(100 * learned / baseline, 3));
  }

  /// A sentence on each learned optimizer of a sweep.
  public static List<String> of(SweepReport report) {
    return report.learned().stream().map(learned -> sentence(report, learned)).toList();
  }

  private static String sentence(SweepReport report, String learned) {
    return ("%s ends below the best tuned baseline on %d of %d problems and above it on %d; on the"
            + " others the 95 %% interval of the paired difference holds 0.")
        .formatted(
            learned,
            count(report, learned, Difference::below),
            report.points().size(),
            count(report, learned, Difference::above));
  }

  /// A sentence on each run.
  public static List<String> of(UpdatesReport report) {
    return report.runs().stream().map(Verdict::sentence).toList();
  }

  private static String sentence(UpdatesReport.Run run) {
    List<Coordinate> coordinates = run.trace().coordinates();
    List<String> others = new ArrayList<>();
    for (int k = 1; k < coordinates.getFirst().proposals().size(); k++) {
      others.add(other(coordinates, k));
    }
    return "%s on %s: updates %s; each correlates with the next by %s."
        .formatted(
            run.optimizer(),
            run.problem(),
            String.join(", ", others),
            each(coordinates, all -> all.getFirst().smoothness()));
  }

  private static String other(List<Coordinate> coordinates, int k) {
    return "%s times as large as tuned %s's (whose correlate by %s)"
        .formatted(
            each(coordinates, all -> all.getFirst().size() / all.get(k).size()),
            coordinates.getFirst().proposals().get(k).optimizer(),
            each(coordinates, all -> all.get(k).smoothness()));
  }

  /// A figure for each coordinate.
  private static String each(
      List<Coordinate> coordinates, ToDoubleFunction<List<Proposals>> figure) {
    return coordinates.stream()
        .map(coordinate -> Numbers.digits(figure.applyAsDouble(coordinate.proposals()), 2))
        .collect(Collectors.joining(" and "));
  }

  private static long count(SweepReport report, String learned, Predicate<Difference> what) {
    return report.points().stream()
        .flatMap(point -> point.line(learned).differenceToBestBaseline().stream())
        .filter(what)
        .count();
  }
}
