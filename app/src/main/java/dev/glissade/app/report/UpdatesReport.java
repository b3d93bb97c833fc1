package dev.glissade.app.report;

import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.evaluation.UpdateTrace;
import dev.glissade.evaluation.UpdateTrace.Coordinate;
import dev.glissade.evaluation.UpdateTrace.Proposals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The result of an experiment on what optimizers do, seen in runs.
///
/// @param origin of the result
/// @param runs one for each learned optimizer, at least one
public record UpdatesReport(Origin origin, List<Run> runs) implements ExperimentReport {

  /// A run of a learned optimizer, which baselines watch.
  ///
  /// @param optimizer that makes the run
  /// @param problem that it runs on
  /// @param seed of the TEST instance
  /// @param steps of the run
  /// @param settings of the baselines, by name
  /// @param trace what all proposed
  public record Run(
      String optimizer,
      String problem,
      long seed,
      int steps,
      Map<String, Map<String, String>> settings,
      UpdateTrace trace) {

    /// The name of the optimizer as part of the name of a file.
    public String file() {
      return optimizer.replaceFirst("^pretrained:", "").replaceAll("[^\\w.-]", "-");
    }
  }

  public UpdatesReport {
    runs = List.copyOf(runs);
  }

  /// A sentence on each run.
  @Override
  public List<String> verdict() {
    return runs.stream().map(UpdatesReport::sentence).toList();
  }

  /// A sentence on how large and how smooth the updates are; a figure for each coordinate, with
  /// `and` between them.
  private static String sentence(Run run) {
    List<Coordinate> coordinates = run.trace.coordinates();
    List<String> others = new ArrayList<>();
    for (int k = 1; k < coordinates.getFirst().proposals().size(); k++) {
      others.add(other(coordinates, k));
    }
    return "%s on %s: updates %s; each correlates with the next by %s."
        .formatted(
            run.optimizer,
            run.problem,
            String.join(", ", others),
            each(coordinates, all -> all.getFirst().smoothness()));
  }

  /// A part of the sentence, on one of the baselines.
  ///
  /// @param k the baseline's index among the proposals, from 1
  private static String other(List<Coordinate> coordinates, int k) {
    return "%s times as large as tuned %s's (whose correlate by %s)"
        .formatted(
            each(coordinates, all -> all.getFirst().size() / all.get(k).size()),
            coordinates.getFirst().proposals().get(k).optimizer(),
            each(coordinates, all -> all.get(k).smoothness()));
  }

  /// A number for each coordinate, to two digits.
  private static String each(
      List<Coordinate> coordinates, ToDoubleFunction<List<Proposals>> figure) {
    return coordinates.stream()
        .map(coordinate -> Numbers.digits(figure.applyAsDouble(coordinate.proposals()), 2))
        .collect(Collectors.joining(" and "));
  }

  /// The content of one row of the table.
  ///
  /// @param run of a learned optimizer
  /// @param coordinate that is looked at
  /// @param proposals of one of the optimizers
  private record Cell(Run run, Coordinate coordinate, Proposals proposals) {}

  /// The table, with a row for each run, coordinate and optimizer.
  @Override
  public Table table() {
    List<Cell> cells = new ArrayList<>();
    for (Run run : runs) {
      for (Coordinate coordinate : run.trace.coordinates()) {
        coordinate.proposals().forEach(p -> cells.add(new Cell(run, coordinate, p)));
      }
    }
    return new Columns<>(cells)
        .text("run of", 0, cell -> cell.run.optimizer)
        .number("coordinate", 1, cell -> Integer.toString(cell.coordinate.index()))
        .text("block", 3, cell -> cell.coordinate.block())
        .number("gradient, rms", 2, cell -> Numbers.loss(cell.coordinate.scale()))
        .text("optimizer", 0, cell -> cell.proposals.optimizer())
        .number("update, rms", 0, cell -> Numbers.loss(cell.proposals.size()))
        .number("smoothness", 0, cell -> smoothness(cell.proposals))
        .table();
  }

  private static String smoothness(Proposals proposals) {
    return Double.isFinite(proposals.smoothness())
        ? String.format(Locale.ROOT, "%.2f", proposals.smoothness())
        : "–";
  }

  @Override
  public List<Figure> figures() {
    return runs.stream()
        .map(run ->
            new Figure("updates-" + run.file(), UpdatesCsv.write(run), () -> UpdatesChart.of(run)))
        .toList();
  }

  @Override
  public String howMeasured() {
    return ("Each learned optimizer makes a run on a TEST instance (seed %s); all see its"
            + " gradients. Learning rates of baselines are tuned on %s VALIDATION instances."
            + " Gradient and update are root mean squares over the run, smoothness is the"
            + " correlation of an update with the next; answers are updates, had the gradient"
            + " of that step been another.")
        .formatted(runs.getFirst().seed, origin.tuningInstances());
  }
}
