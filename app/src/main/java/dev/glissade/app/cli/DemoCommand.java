package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.experiment.Laboratory;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.ReportFiles;
import dev.glissade.app.report.ResultText;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.JavaMemory;
import dev.glissade.app.terminal.Markup;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.app.terminal.Shell;
import dev.glissade.app.training.DemoSubject;
import dev.glissade.app.training.TrainingProgress;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Competition;
import dev.glissade.evaluation.Entrant;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Tuning;
import dev.glissade.internal.kernel.LstmKernels;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outcome;
import dev.glissade.training.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The commands `demo` and `demo networks`: gradient descent learns gradient descent, in a minute
/// or two.
///
/// It trains an optimizer, compares it with all baselines, prints the ranking and a verdict, and
/// writes `best.safetensors`, data, pictures and a page. The folder can then be named wherever a
/// learned optimizer can. Exit code 1 if every validation diverged, 0 otherwise.
@Command
final class DemoCommand implements Callable<Integer> {

  /// The name of the learned optimizer in the table, short because the folder's would say nothing.
  private static final String NAME = "LSTM";

  private final Context context;
  private final DemoSubject subject;

  @Option(
      names = "--episodes",
      paramLabel = "N",
      description = "Train longer or shorter (default: 700; networks: 80).")
  private Optional<Long> episodes = Optional.empty();

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "TEST instances to compare on (default: 512; networks: 32).")
  private Optional<Integer> instances = Optional.empty();

  @Option(names = "--force", description = "Write over the results that are there.")
  private boolean force;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final OutOption out = new OutOption();

  private DemoCommand(Context context, DemoSubject subject) {
    this.context = context;
    this.subject = subject;
  }

  /// The command `demo`, which shows quadratics unless one of its own commands says what else.
  static CommandLine of(Context context) {
    return of(context, DemoSubject.QUADRATICS)
        .addSubcommand(of(context, DemoSubject.NETWORKS))
        .addSubcommand(new DemoArtCommand(context))
        .addSubcommand(new DemoSelfCommand(context));
  }

  private static CommandLine of(Context context, DemoSubject subject) {
    CommandLine command =
        new CommandLine(new DemoCommand(context, subject)).setCommandName(subject.command());
    command
        .getCommandSpec()
        .usageMessage()
        .description(subject.description())
        .footer(
            "",
            "Examples:",
            "  ./glissade demo --out runs/mine",
            "  ./glissade demo networks --seed 2",
            "  ./glissade demo art",
            "  ./glissade demo self");
    return command;
  }

  /// Runs the demo: trains, compares, prints and writes. What may fail for the user's arguments
  /// does so in the first lines, before the training.
  @Override
  public Integer call() throws IOException, FailureException {
    MetaTraining usual = subject.training().withSeed(run.seed());
    MetaTraining plan = episodes.map(usual::withEpisodes).orElse(usual);
    Evaluation evaluation =
        evaluation(plan, Problem.Split.TEST, instances.orElse(subject.instances()), run.seed());
    double curves = (1 + Baselines.all().size()) * evaluation.leastBytes();
    JavaMemory.require("the learning curves", curves, "--instances");
    Path folder = out.folder().orElse(Path.of(subject.folder()));
    if (!force) {
      ReportFiles.requireNone(folder, "comparison", "choose another --out, or add --force");
      if (Files.exists(RunFolder.best(folder))) {
        throw new FailureException(
            "%s holds an optimizer already: choose another --out, or add --force"
                .formatted(folder));
      }
    }
    List<Path> outputs = new ArrayList<>(ReportFiles.of(folder, "comparison"));
    outputs.add(RunFolder.best(folder));
    json.check(context, List.of(), outputs);
    Outputs.requireFolder(folder);
    Console console = context.console();
    console.print(
        "Learning an optimizer for @|bold %s|@ from %s %s, on the %s kernels …"
            .formatted(
                plan.problem().name(),
                Numbers.count(plan.episodes().batch() * plan.episodes().count()),
                subject.members(),
                LstmKernels.fastestImplementation()));
    TrainedOptimizer trained = train(plan);
    trained.save(RunFolder.best(folder));

    console.print("Comparing it with baselines, each at its best learning rate …\n");
    ComparisonReport report = compare(plan, trained, evaluation);
    ResultText.print(report, console);
    json.write(context, report);
    new ReportFiles(report, folder).write(console);
    console.print(
        "Next: @|bold %s|@ shows what it has learned"
            .formatted(Markup.literal(Shell.command("inspect", folder))));
    return 0;
  }

  /// Trains the optimizer, shows how far it is, and prints how long it took.
  ///
  /// @throws FailureException if no validation gave a finite loss, so that there is nothing to
  ///   compare
  private TrainedOptimizer train(MetaTraining plan) throws FailureException {
    long start = System.nanoTime();
    Outcome outcome;
    try (TrainingProgress progress = new TrainingProgress(context.console(), "training", 0, plan)) {
      outcome = plan.run(progress);
    }
    if (!Double.isFinite(outcome.validationLoss())) {
      throw new FailureException("every validation diverged: try another --seed");
    }
    context
        .console()
        .print(
            "Trained in %s: validation loss %s"
                .formatted(
                    Numbers.clock((System.nanoTime() - start) / 1e9),
                    Numbers.loss(outcome.validationLoss())));
    return plan.trained(outcome);
  }

  private Evaluation evaluation(MetaTraining plan, Problem.Split split, int count, long seed) {
    return new Evaluation(plan.problem(), split, count, plan.episodes().steps(), seed);
  }

  /// Compares the optimizer with the baselines of every comparison for which nobody chose any. The
  /// rates of baselines are tuned like those of `compare`, and remembered likewise: a second demo
  /// is faster.
  private ComparisonReport compare(
      MetaTraining plan, TrainedOptimizer trained, Evaluation evaluation) {
    List<Entrant> entrants = new ArrayList<>();
    entrants.add(new OptimizerName.Learned(NAME, trained).entrant(evaluation.steps()));
    for (Baseline baseline : Baselines.standard()) {
      entrants.add(new Entrant.Untuned(baseline.name(), baseline));
    }
    Laboratory laboratory = context.laboratory();
    Tuning tuning =
        laboratory.tuning(
            evaluation(plan, Problem.Split.VALIDATION, subject.tuningInstances(), Tuning.SEED));
    Comparison comparison = laboratory.compare(new Competition(evaluation, tuning, entrants));
    return ComparisonReport.of(
        comparison,
        laboratory.trace(comparison),
        LstmKernels.fastestImplementation(),
        run.command());
  }
}
