package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
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
import dev.glissade.app.training.TrainingProgress;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `demo`: gradient descent learns gradient descent, in about a minute.
///
/// It trains an optimizer, compares it with all baselines, prints the ranking and a verdict, and
/// writes `best.safetensors`, data, pictures and a page. The folder can then be named wherever a
/// learned optimizer can. Exit code 1 if every validation diverged, 0 otherwise.
@Command(
    name = "demo",
    description =
        "Learn an optimizer for random quadratic functions, here and now, and compare it with eight"
            + " tuned hand-designed ones on functions that none of them has seen. The report, the"
            + " pictures and the optimizer go to runs/demo, or to --out.",
    footer = {"", "Example:", "  ./glissade demo --out runs/demo"})
final class DemoCommand implements Callable<Integer> {

  /// The name of the learned optimizer in the table, short because the folder's would say nothing.
  private static final String NAME = "LSTM";

  /// The folder without `--out`. Another demo overwrites what an earlier one left there.
  private static final String FOLDER = "runs/demo";

  /// The class of problems, as in the text of the paper's section 3.1.
  private static final String PROBLEM = "quadratic";

  /// The length of the training: about a minute on two cores with AVX-512.
  private static final long EPISODES = 700;

  /// The number of TEST functions of the comparison, twice as many as `compare` takes: a run on ten
  /// coordinates costs little.
  private static final int INSTANCES = 512;

  /// The number of VALIDATION functions for the baselines' rates; `compare` takes as many, so that
  /// either finds the rates that the other remembers.
  private static final int TUNING_INSTANCES = 128;

  private final Context context;

  @Option(
      names = "--episodes",
      paramLabel = "N",
      description = "Train longer or shorter (default: " + EPISODES + ").")
  private Optional<Long> episodes = Optional.empty();

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "TEST functions to compare on (default: " + INSTANCES + ").")
  private int instances = INSTANCES;

  @Option(names = "--force", description = "Write over the results that are there.")
  private boolean force;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final OutOption out = new OutOption();

  DemoCommand(Context context) {
    this.context = context;
  }

  /// Runs the demo: trains, compares, prints and writes. What may fail for the user's arguments
  /// does so in the first lines, before the training.
  @Override
  public Integer call() throws IOException, FailureException {
    MetaTraining plan =
        MetaTraining.of(Catalog.builtIn().problem(PROBLEM).problem())
            .withSeed(run.seed())
            .withEpisodes(episodes.orElse(EPISODES));
    Evaluation evaluation = evaluation(plan, Problem.Split.TEST, instances, run.seed());
    double curves = (1 + Baselines.all().size()) * evaluation.leastBytes();
    JavaMemory.require("the learning curves", curves, "--instances");
    Path folder = out.folder().orElse(Path.of(FOLDER));
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
        "Learning an optimizer for @|bold %s|@ from %s random functions, on the %s kernels …"
            .formatted(
                plan.problem().name(),
                Numbers.count(plan.episodes().batch() * plan.episodes().count()),
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

  /// Compares the optimizer with every baseline there is. The rates of baselines are tuned like
  /// those of `compare`, and remembered likewise: a second demo is faster.
  private ComparisonReport compare(
      MetaTraining plan, TrainedOptimizer trained, Evaluation evaluation) {
    List<Entrant> entrants = new ArrayList<>();
    entrants.add(new OptimizerName.Learned(NAME, trained).entrant());
    for (Baseline baseline : Baselines.all()) {
      entrants.add(new Entrant.Untuned(baseline.name(), baseline));
    }
    Laboratory laboratory = context.laboratory();
    Tuning tuning =
        laboratory.tuning(
            evaluation(plan, Problem.Split.VALIDATION, TUNING_INSTANCES, Tuning.SEED));
    return ComparisonReport.of(
        laboratory.compare(new Competition(evaluation, tuning, entrants)),
        LstmKernels.fastestImplementation());
  }
}
