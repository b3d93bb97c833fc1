package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.experiment.Design;
import dev.glissade.app.experiment.Experiment;
import dev.glissade.app.experiment.ExperimentRun;
import dev.glissade.app.experiment.ExperimentTraining;
import dev.glissade.app.experiment.Experiments;
import dev.glissade.app.experiment.LearnedChoice;
import dev.glissade.app.report.ExperimentReport;
import dev.glissade.app.report.ReportFiles;
import dev.glissade.app.report.ResultText;
import dev.glissade.app.terminal.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `experiment run`: it reproduces figures of the paper, and runs the functions of a
/// later benchmark, with the pretrained optimizers or ones that are trained first.
///
/// For each experiment it prints a table with the paper's values and a verdict, and writes the
/// data, the pictures and a page to a folder of its own. `--json` writes the reports of all, as a
/// list. Exit code 0 if all were run, 1 if data, memory or a pretrained optimizer are missing.
@Command(
    name = "run",
    description =
        "Run experiments: learned optimizers against baselines at their best learning rates, on"
            + " TEST instances, and the paper's figures. The results go to runs/experiments/NAME,"
            + " or to --out, where several experiments get a folder each. What was stopped goes on"
            + " when the same command is given again.",
    footer = {
      "",
      "Examples:",
      "  ./glissade experiment run fig4-quadratic",
      "  ./glissade experiment run fig4-mnist --train --budget 30m",
      "  ./glissade experiment run fig5-relu --optimizer runs/mine"
    })
final class ExperimentRunCommand implements Callable<Integer> {

  private static final String ALL = "all";

  private final Context context;
  private final Experiments experiments;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      completionCandidates = Candidates.OfExperiments.class,
      description =
          "Which ones, as experiment list has them; fig5 stands for all whose names begin with it"
              + " and a hyphen; or all.")
  private List<String> names = List.of();

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "TEST instances (default: the experiment's).")
  private Optional<Integer> instances = Optional.empty();

  @Option(
      names = "--tuning-instances",
      paramLabel = "N",
      description = "VALIDATION instances for learning rates (default: the experiment's).")
  private Optional<Integer> tuningInstances = Optional.empty();

  /// The learned optimizers in place of the pretrained ones, as the user wrote them; empty for
  /// those of each experiment.
  @Option(
      names = "--optimizer",
      paramLabel = "OPTIMIZER",
      description =
          "Run this learned optimizer in place of the pretrained ones: a .safetensors file, a run"
              + " folder or pretrained:NAME. May be repeated.")
  private List<String> optimizers = List.of();

  /// Whether to train first. The training is a run like those of `train`, in the experiment's
  /// folder.
  @Option(
      names = "--train",
      description =
          "First train an optimizer for the experiment, in DIR/training, and run it in place of the"
              + " pretrained ones. What was stopped goes on.")
  private boolean train;

  /// The time to train, for each experiment; only with `--train`.
  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "Train for about so long (90s, 10m, 1h30m).")
  private Optional<String> budget = Optional.empty();

  @Option(names = "--force", description = "Write over the results that are there.")
  private boolean force;

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final RunOptions run = new RunOptions();

  @Mixin
  @SuppressWarnings("unused") // Glissade acts on it
  private final MasterOption master = new MasterOption();

  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final OutOption out = new OutOption();

  /// The command for some experiments.
  ExperimentRunCommand(Context context, Experiments experiments) {
    this.context = context;
    this.experiments = experiments;
  }

  /// An experiment that is ready to be run: its arguments are right, its data and its folder are
  /// there.
  ///
  /// @param run the experiment with the wanted numbers of instances
  /// @param folder where its files go
  /// @param learned the learned optimizers that exist already
  /// @param training makes one more, if `--train` was given
  private record Ready(
      ExperimentRun run,
      Path folder,
      List<OptimizerName.Learned> learned,
      ExperimentTraining training) {}

  /// Prepares all experiments, then runs them in the order of their names on the command line. A
  /// mistake in the last name is so found before the first experiment takes its hours.
  @Override
  public Integer call() throws IOException, FailureException {
    if (tuningInstances.isPresent() && tuningInstances.get() < 1) {
      throw new IllegalArgumentException(
          "--tuning-instances must be >= 1, got " + tuningInstances.get());
    }
    LearnedChoice choice = new LearnedChoice(optimizers, train, budget);
    List<Ready> ready = new ArrayList<>();
    List<Experiment> selected = selected();
    for (Experiment experiment : selected) {
      ready.add(prepare(experiment, choice, selected.size() == 1));
    }
    List<Path> outputs = new ArrayList<>();
    for (Ready next : ready) {
      outputs.addAll(ReportFiles.of(next.folder, "experiment"));
    }
    json.check(context, OptimizerName.files(optimizers), outputs);
    List<ExperimentReport> reports = new ArrayList<>();
    for (Ready next : ready) {
      reports.add(run(next, choice));
    }
    json.write(context, reports);
    return 0;
  }

  /// The experiments that were named, each once; `all` among the names stands for every one, the
  /// beginning of names for all that go on from it.
  private List<Experiment> selected() {
    return names.contains(ALL)
        ? experiments.all()
        : names.stream().map(experiments::select).flatMap(List::stream).distinct().toList();
  }

  /// Prepares one experiment. Whatever can fail early does so here, before the first experiment is
  /// run.
  ///
  /// @param alone whether it is the only one; `--out` is then its own folder, not the folder above
  ///   it
  private Ready prepare(Experiment experiment, LearnedChoice choice, boolean alone)
      throws IOException, FailureException {
    String name = experiment.name();
    Path folder =
        out.folder()
            .map(o -> alone ? o : o.resolve(name))
            .orElse(Path.of("runs", "experiments", name));
    List<OptimizerName.Learned> learned = choice.load(experiment);
    Catalog catalog = new Catalog(context.dataFolder(), data.given(), Optional.empty());
    Design design = experiment.design();
    Experiment sized =
        experiment.with(
            design.withInstances(
                instances.orElse(design.instances()),
                tuningInstances.orElse(design.tuningInstances())));
    ExperimentRun ready =
        new ExperimentRun(
            context.laboratory(), catalog, sized, run.seed(), choice.options(), folder);
    ready.check(learned);
    if (!force) {
      ReportFiles.requireNone(folder, "experiment", "choose another --out, or add --force");
    }
    Outputs.requireFolder(folder);
    ExperimentTraining training =
        new ExperimentTraining(
            context.console(),
            catalog,
            experiment.training(),
            folder.resolve("training"),
            run.givenSeed());
    if (choice.train()) {
      training.check();
    }
    return new Ready(ready, folder, learned, training);
  }

  /// Runs one experiment, prints its result and writes its files.
  ///
  /// Its files are written before the next experiment starts, so that a stop in between loses no
  /// result.
  private ExperimentReport run(Ready ready, LearnedChoice choice)
      throws IOException, FailureException {
    List<OptimizerName.Learned> learned = new ArrayList<>(ready.learned);
    if (choice.train()) {
      learned.add(ready.training.run(choice.duration()));
    }
    ExperimentReport report = ready.run.run(learned);
    ResultText.print(report, context.console());
    new ReportFiles(report, ready.folder).write(context.console());
    ready.run.forgetRuns();
    return report;
  }
}
