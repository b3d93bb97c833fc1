package dev.glissade.app.cli;

import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.experiment.Experiment;
import dev.glissade.app.experiment.Experiments;
import dev.glissade.app.report.Columns;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// The command `experiment list`: it prints which figures of the paper can be run, what data they
/// need and how long they take. Exit code 0.
@Command(
    name = "list",
    description = "List the experiments: the paper's figures that can be run.",
    footer = {"", "Example:", "  ./glissade experiment list"})
final class ExperimentListCommand implements Callable<Integer> {

  private final Context context;
  private final Experiments experiments;

  ExperimentListCommand(Context context, Experiments experiments) {
    this.context = context;
    this.experiments = experiments;
  }

  /// Prints a row for each experiment, and how to run one. On a narrow terminal the times go first,
  /// then the numbers of the figures, then the data.
  @Override
  public Integer call() {
    new Columns<>(experiments.all())
        .text("experiment", 0, Experiment::name)
        .text("figure", 2, Experiment::figure)
        .text("what", 0, Experiment::summary)
        .text("data", 1, ExperimentListCommand::data)
        .number("time", 3, Experiment::time)
        .table()
        .print(context.console());
    context
        .console()
        .print(
            "\n@|bold ./glissade experiment run NAME|@ runs one;"
                + " times are from two busy cores, without training.");
    return 0;
  }

  /// The names of the data sets that an experiment needs, as `data fetch` takes them; a dash for
  /// none.
  private static String data(Experiment experiment) {
    List<String> data =
        experiment.problems().stream()
            .flatMap(problem -> Catalog.builtIn().problem(problem).factory().data().stream())
            .distinct()
            .toList();
    return data.isEmpty() ? "–" : String.join(", ", data);
  }
}
