package dev.glissade.app.cli;

import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.experiment.Experiment;
import dev.glissade.app.experiment.Experiments;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.app.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `experiment list`: which figures can be run.
@Command(
    name = "list",
    description = "List the experiments: the paper's figures that can be run.",
    footer = {"", "Example:", "  ./glissade experiment list"})
final class ExperimentListCommand implements Callable<Integer> {

  private final Context context;

  ExperimentListCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Table table =
        new Table(
            Column.text("experiment"),
            Column.text("figure", 2),
            Column.text("what"),
            Column.text("data", 1),
            Column.number("time", 3));
    for (Experiment experiment : Experiments.all()) {
      table.add(
          experiment.name(),
          experiment.figure(),
          experiment.summary(),
          data(experiment),
          experiment.time());
    }
    table.print(context.console());
    context
        .console()
        .print(
            "\n@|bold ./glissade experiment run NAME|@ runs one;"
                + " times are from two busy cores, without training.");
    return 0;
  }

  private static String data(Experiment experiment) {
    List<String> data =
        experiment.problems().stream()
            .flatMap(problem -> ProblemName.parse(problem).factory().data().stream())
            .distinct()
            .toList();
    return data.isEmpty() ? "–" : String.join(", ", data);
  }
}
