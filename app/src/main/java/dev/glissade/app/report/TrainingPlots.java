package dev.glissade.app.report;

import dev.glissade.app.report.Plot.Axis;
import dev.glissade.app.report.Plot.Kind;
import dev.glissade.app.report.Plot.Role;
import dev.glissade.app.report.Plot.Series;
import dev.glissade.app.report.TrainingReport.Episode;
import dev.glissade.app.report.TrainingReport.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// The charts of a training: its validations, and what was measured of its episodes.
final class TrainingPlots {

  private TrainingPlots() {}

  /// The validation losses, with a ring around what was kept.
  static List<Plot> main(TrainingReport report) {
    String color = Charts.code(Charts.color(0));
    List<Series> series = new ArrayList<>();
    series.add(scores("validation loss", Role.LEARNED, color, report.validations()));
    List<Score> kept = report.validations().stream().filter(report.kept()).toList();
    if (!kept.isEmpty()) {
      series.add(scores("kept", Role.CHOICE, color, kept));
    }
    return List.of(plot("Loss on VALIDATION instances", "validation loss", series));
  }

  private static Series scores(String name, Role role, String color, List<Score> scores) {
    return new Series(
        name,
        role,
        color,
        scores.stream().map(score -> (double) score.episode()).toList(),
        scores.stream().map(Score::loss).toList());
  }

  /// What was measured of the episodes, and the rates that were tried before.
  static Optional<Section> section(TrainingReport report) {
    List<Plot> plots = new ArrayList<>();
    Stream.of(
            episodes(report, "Loss of a step, in training", "loss", Episode::loss),
            episodes(report, "Norm of the meta-gradient", "norm", Episode::gradientNorm),
            episodes(
                report,
                "Learning rate of the outer optimizer",
                "rate",
                episode -> episode.learningRate().orElse(Double.NaN)),
            rates(report))
        .flatMap(Optional::stream)
        .forEach(plots::add);
    return plots.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section("On the way", List.of(), plots, Optional.empty()));
  }

  private static Optional<Plot> episodes(
      TrainingReport report, String title, String vertical, ToDoubleFunction<Episode> value) {
    List<Episode> shown =
        report.episodes().stream()
            .filter(episode -> Double.isFinite(value.applyAsDouble(episode)))
            .toList();
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            plot(
                title,
                vertical,
                List.of(
                    new Series(
                        vertical,
                        Role.LEARNED,
                        Charts.code(Charts.color(1)),
                        shown.stream().map(episode -> (double) episode.episode()).toList(),
                        shown.stream().map(value::applyAsDouble).toList()))));
  }

  private static Plot plot(String title, String vertical, List<Series> series) {
    boolean positive =
        series.stream()
            .flatMap(each -> each.y().stream())
            .allMatch(value -> value > 0 || !Double.isFinite(value));
    return new Plot(
        title, Kind.LINES, Axis.linear("episode"), Axis.logarithmic(vertical, positive), series);
  }

  private static Optional<Plot> rates(TrainingReport report) {
    if (report.rates().isEmpty()) {
      return Optional.empty();
    }
    Series tried =
        new Series(
            "tried",
            Role.LEARNED,
            Charts.code(Charts.color(0)),
            report.rates().stream().map(trial -> trial.learningRate()).toList(),
            report.rates().stream().map(trial -> trial.loss()).toList());
    return Optional.of(
        new Plot(
            "Meta learning rates, on shorter trainings",
            Kind.LINES,
            Axis.logarithmic("learning rate", true),
            Axis.logarithmic("validation loss", tried.y().stream().allMatch(loss -> loss > 0)),
            List.of(tried)));
  }

  /// The validations as a picture.
  static Chart chart(TrainingReport report) {
    List<Score> shown =
        report.validations().stream().filter(score -> Double.isFinite(score.loss())).toList();
    LineChart chart =
        new LineChart("An optimizer for " + report.problem(), "episode", "validation loss");
    if (!shown.isEmpty()) {
      chart.add(
          "validation loss",
          shown.stream().mapToDouble(Score::episode).toArray(),
          shown.stream().mapToDouble(Score::loss).toArray());
    }
    return chart.chart();
  }

  /// The validations as comma-separated values.
  static String csv(TrainingReport report) {
    Csv csv = new Csv("episode", "validationLoss");
    report.validations().forEach(score -> csv.row(score.episode(), score.loss()));
    return csv.text();
  }
}
