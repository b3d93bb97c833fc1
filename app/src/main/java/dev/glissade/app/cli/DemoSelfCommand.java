package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.experiment.Design;
import dev.glissade.app.experiment.ExperimentRun;
import dev.glissade.app.experiment.FixedPointExperiment;
import dev.glissade.app.experiment.SelfExperiments;
import dev.glissade.app.report.FixedPointReport;
import dev.glissade.app.report.ReportFiles;
import dev.glissade.app.report.ResultText;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Markup;
import dev.glissade.app.terminal.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `demo self`: an optimizer learns to train optimizers, trains its successor, and one
/// trains itself; then all train on TEST trainings, next to tuned rules. Exit code 1 if every
/// validation of a training diverged, 0 otherwise.
@Command(
    name = "self",
    description =
        "Learn an optimizer that trains optimizers (Adam trains it), let it train its successor,"
            + " and let one train itself; then compare all with tuned rules on trainings that none"
            + " has seen. Takes a few minutes. The trainings, the pictures and the page go to"
            + " runs/demo-self, or to --out; what was stopped goes on.",
    footer = {"", "Example:", "  ./glissade demo self --out runs/mine"})
final class DemoSelfCommand implements Callable<Integer> {

  private static final String RESULT = "experiment";

  private final Context context;

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "TEST trainings to compare on (default: 24).")
  private Optional<Integer> instances = Optional.empty();

  @Option(
      names = "--tuning-instances",
      paramLabel = "N",
      description = "VALIDATION trainings for learning rates (default: 8).")
  private Optional<Integer> tuningInstances = Optional.empty();

  @Option(names = "--force", description = "Write over the results that are there.")
  private boolean force;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final OutOption out = new OutOption();

  DemoSelfCommand(Context context) {
    this.context = context;
  }

  /// Trains, compares, prints and writes. What may fail for the user's arguments does so in the
  /// first lines.
  @Override
  public Integer call() throws IOException, FailureException {
    FixedPointExperiment usual = SelfExperiments.demo();
    Design design = usual.design();
    FixedPointExperiment demo =
        usual.with(
            design.withInstances(
                instances.orElse(design.instances()),
                tuningInstances.orElse(design.tuningInstances())));
    Path folder = out.folder().orElse(Path.of("runs", "demo-self"));
    if (!force) {
      ReportFiles.requireNone(folder, RESULT, "choose another --out, or add --force");
    }
    json.check(context, List.of(), ReportFiles.of(folder, RESULT));
    Outputs.requireFolder(folder);
    Console console = context.console();
    ExperimentRun experiment =
        new ExperimentRun(context.laboratory(), Catalog.builtIn(), demo, run.seed(), "", folder);
    experiment.check(List.of());
    console.print(
        "Learning optimizers of optimizers, for @|bold %s|@ …"
            .formatted(Markup.literal(demo.lineage().problem())));
    FixedPointReport report = demo.measure(experiment, List.of());
    ResultText.print(report, console);
    json.write(context, report);
    new ReportFiles(report, folder).write(console);
    return 0;
  }
}
