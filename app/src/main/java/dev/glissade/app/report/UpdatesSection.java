package dev.glissade.app.report;

import dev.glissade.app.report.Plot.Axis;
import dev.glissade.app.report.Plot.Kind;
import dev.glissade.app.report.Plot.Role;
import dev.glissade.app.report.Plot.Series;
import dev.glissade.evaluation.UpdateTrace;
import dev.glissade.evaluation.UpdateTrace.Answers;
import dev.glissade.evaluation.UpdateTrace.Coordinate;
import dev.glissade.evaluation.UpdateTrace.Proposals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The part of a comparison's page on what the rules do, as in the paper's appendix B: updates
/// along a run, and answers to other gradients.
final class UpdatesSection {

  private UpdatesSection() {}

  /// Makes the section of a comparison whose optimizers were asked.
  static Section of(ComparisonReport report, UpdateTrace trace) {
    List<Plot> plots = new ArrayList<>();
    for (Coordinate coordinate : trace.coordinates()) {
      plots.add(updates(report, coordinate));
      for (Proposals proposals : coordinate.proposals()) {
        plots.add(answers(trace.multiples(), coordinate, proposals));
      }
    }
    String leader = trace.coordinates().getFirst().proposals().getFirst().optimizer();
    return new Section(
        "What the rules do",
        List.of(
            ("Along a run of %s on the first %s instance, at a coordinate with an ordinary"
                    + " gradient and at a steep one: the updates that were proposed at every step, and"
                    + " those that would have been at some, had the gradient been another after the"
                    + " same ones before. Gradients are in units of the coordinate's root mean"
                    + " square.")
                .formatted(leader, report.split())),
        plots,
        Optional.empty());
  }

  private static Plot updates(ComparisonReport report, Coordinate coordinate) {
    List<Series> series = new ArrayList<>();
    for (Proposals proposals : coordinate.proposals()) {
      series.add(
          new Series(
              proposals.optimizer(),
              series.isEmpty() ? Role.LEARNED : Role.BASELINE,
              Charts.code(Charts.color(report, proposals.optimizer())),
              IntStream.rangeClosed(1, proposals.updates().size())
                  .asDoubleStream()
                  .boxed()
                  .toList(),
              proposals.updates()));
    }
    return new Plot(
        "Updates of " + name(coordinate),
        Kind.LINES,
        Axis.linear("step"),
        Axis.linear("update"),
        series);
  }

  private static Plot answers(List<Double> multiples, Coordinate coordinate, Proposals proposals) {
    List<Series> series = new ArrayList<>();
    int last = proposals.answers().size() - 1;
    for (int i = 0; i <= last; i++) {
      Answers answers = proposals.answers().get(i);
      series.add(
          new Series(
              "step " + answers.step(),
              Role.BASELINE,
              Charts.code(Charts.shade(last == 0 ? 1 : (double) i / last)),
              multiples,
              answers.updates()));
    }
    return new Plot(
        "%s: answers at %s".formatted(proposals.optimizer(), name(coordinate)),
        Kind.LINES,
        Axis.symmetric("gradient"),
        Axis.linear("update"),
        series);
  }

  /// The name of a coordinate, such as `weights[12]`, with its index in θ.
  private static String name(Coordinate coordinate) {
    return "%s[%s]".formatted(coordinate.block(), coordinate.index());
  }
}
