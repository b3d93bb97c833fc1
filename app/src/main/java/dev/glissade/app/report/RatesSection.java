package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import dev.glissade.app.report.Plot.Axis;
import dev.glissade.app.report.Plot.Kind;
import dev.glissade.app.report.Plot.Role;
import dev.glissade.app.report.Plot.Series;
import dev.glissade.app.report.RateOptimum.Shape;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.evaluation.LearningRateSearch.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The part of a comparison's page on the learning rates that were searched for: the loss over the
/// rate for each baseline, and how sharp its optimum was.
final class RatesSection {

  /// What is higher, as a multiple, is not shown.
  private static final double HIGHEST = 100;

  private RatesSection() {}

  /// A baseline and the optimum of its rate.
  private record Tuned(Line line, RateOptimum optimum) {}

  /// Makes the section; empty if no rate was searched for.
  static Optional<Section> of(ComparisonReport report) {
    List<Tuned> tuned = new ArrayList<>();
    for (Line line : report.ranking()) {
      if (line.tuned()) {
        double rate = Double.parseDouble(line.settings().get("learningRate"));
        RateOptimum.of(line.trials(), rate).ifPresent(it -> tuned.add(new Tuned(line, it)));
      }
    }
    return tuned.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "How well the baselines are tuned",
                text(tuned),
                tuned.stream().map(it -> plot(report, it)).toList(),
                Optional.of(table(tuned))));
  }

  private static List<String> text(List<Tuned> tuned) {
    List<String> text = new ArrayList<>();
    text.add(
        "What became of each learning rate that was tried on VALIDATION instances: its mean final"
            + " loss as a multiple of that of the rate that was taken, which has a ring, on the"
            + " same runs.");
    say(
        text,
        tuned,
        Shape.AT_THE_EDGE,
        "%s: the rate is the last that was tried, so that a better" + " one may lie beyond.");
    say(text, tuned, Shape.FLAT, "%s: the optimum is flat, so the rate hardly matters.");
    return text;
  }

  /// Adds a sentence on the baselines whose optimum has a shape, if there are any.
  private static void say(List<String> text, List<Tuned> tuned, Shape shape, String sentence) {
    String names =
        tuned.stream()
            .filter(it -> it.optimum.shape() == shape)
            .map(it -> it.line.name())
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      text.add(sentence.formatted(names));
    }
  }

  private static Plot plot(ComparisonReport report, Tuned tuned) {
    RateOptimum optimum = tuned.optimum;
    String name = tuned.line.name();
    String color = Charts.code(Charts.color(report, name));
    return new Plot(
        optimum.shape() == Shape.USUAL ? name : name + ": " + optimum.shape().word(),
        Kind.LINES,
        Axis.logarithmic("learning rate", true),
        Axis.logarithmic("times the loss", true),
        List.of(
            series("tried", Role.BASELINE, color, optimum.trials()),
            series("taken", Role.CHOICE, color, List.of(optimum.taken()))));
  }

  /// The trials whose loss is not so much higher that it would hide the others.
  private static Series series(String name, Role role, String color, List<Trial> trials) {
    List<Trial> shown =
        trials.stream().filter(trial -> times(trial) > 0 && times(trial) <= HIGHEST).toList();
    return new Series(
        name,
        role,
        color,
        shown.stream().map(Trial::learningRate).toList(),
        shown.stream().map(RatesSection::times).toList());
  }

  /// The loss as a multiple of that of the rate that was taken; NaN where one is not positive.
  private static double times(Trial trial) {
    return trial.loss() > 0 && trial.foundLoss() > 0
        ? trial.loss() / trial.foundLoss()
        : Double.NaN;
  }

  private static TableData table(List<Tuned> tuned) {
    return TableData.of(
        new Columns<>(tuned)
            .text("baseline", 0, it -> it.line.name())
            .number("rate", 0, it -> Numbers.digits(it.optimum.taken().learningRate(), 3))
            .number("loss on VALIDATION", 0, it -> Numbers.loss(it.optimum.taken().loss()))
            .text("within 10 % of it", 0, it -> range(it.optimum))
            .text("optimum", 0, it -> it.optimum.shape().word())
            .number("rates tried", 0, it -> Integer.toString(it.line.trials().size()))
            .table());
  }

  private static String range(RateOptimum optimum) {
    return Numbers.digits(optimum.low(), 2) + " … " + Numbers.digits(optimum.high(), 2);
  }
}
