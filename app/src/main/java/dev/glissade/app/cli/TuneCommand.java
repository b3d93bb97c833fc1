package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.FirstLook;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.experiment.Laboratory;
import dev.glissade.app.report.Columns;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.JavaMemory;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.LearningRateSearch;
import dev.glissade.evaluation.LearningRateSearch.AllDiverged;
import dev.glissade.evaluation.LearningRateSearch.Found;
import dev.glissade.evaluation.LearningRateSearch.Trial;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `tune`: it searches the learning rate of a baseline that gives the lowest mean final
/// loss on VALIDATION instances.
///
/// It prints every rate that was tried and on how many of the instances, with the best one marked.
/// With the defaults of `--instances` and `--seed` these are the instances on which `compare`
/// tunes, and the rate that is found here is the one that it uses. Exit code 1 if some run diverged
/// at every rate, 0 otherwise.
@Command(
    name = "tune",
    description =
        "Search the learning rate of a hand-designed optimizer that gives the lowest final loss on"
            + " VALIDATION instances of a problem.",
    footer = {"", "Example:", "  ./glissade tune adam rosenbrock:dim=4"})
final class TuneCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "OPTIMIZER",
      completionCandidates = Candidates.OfBaselines.class,
      description = "A baseline, such as adam or adam+cosine.")
  private String optimizer = "";

  @Parameters(
      index = "1",
      paramLabel = "PROBLEM",
      completionCandidates = Candidates.OfProblems.class,
      description = ProblemName.FORMS + ".")
  private String problem = "";

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "128",
      description = "VALIDATION instances (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Mixin private final EvaluationOptions options;
  @Mixin private final RunOptions run = new RunOptions();

  @Mixin
  @SuppressWarnings("unused") // Glissade acts on it
  private final MasterOption master = new MasterOption();

  @Mixin private final JsonOption json = new JsonOption();

  TuneCommand(Context context) {
    this.context = context;
    this.options = new EvaluationOptions(context);
  }

  /// The result that `--json` writes.
  ///
  /// @param optimizer the baseline's name
  /// @param problem its full name
  /// @param steps of each run
  /// @param instances that rates were judged on
  /// @param seed of the instances
  /// @param best the trial with the lowest loss; empty if some run diverged at every rate
  /// @param trials by learning rate
  private record Report(
      String optimizer,
      String problem,
      int steps,
      int instances,
      long seed,
      Optional<Trial> best,
      List<Trial> trials) {}

  /// Searches the rate, prints the trials and writes them. A rate that is remembered is not taken:
  /// who asks for a search wants to see one.
  @Override
  public Integer call() throws IOException, FailureException {
    ProblemName name = options.problem(problem);
    Baseline baseline = Baselines.find(optimizer);
    Evaluation validation =
        options.evaluation(name, Problem.Split.VALIDATION, instances, run.seed());
    json.check(context);
    JavaMemory.require("the learning curves", validation.leastBytes(), "--instances or --steps");
    FirstLook.at(name, Problem.Split.VALIDATION, context.console());
    LearningRateSearch.Result result = search(validation, baseline);

    print(validation, result);
    json.write(
        context,
        new Report(
            baseline.name(),
            validation.problem().name(),
            validation.steps(),
            instances,
            run.seed(),
            best(result),
            result.trials()));
    return switch (result) {
      case Found _ -> 0;
      case AllDiverged _ -> 1;
    };
  }

  private LearningRateSearch.Result search(Evaluation validation, Baseline baseline) {
    Laboratory laboratory = context.laboratory();
    return laboratory.search(laboratory.tuning(validation), baseline);
  }

  /// The best trial, if the search found one at which no run got stuck.
  private static Optional<Trial> best(LearningRateSearch.Result result) {
    return switch (result) {
      case Found found -> Optional.of(found.best());
      case AllDiverged _ -> Optional.empty();
    };
  }

  /// Prints the trials as a table, with a mark at the best one.
  private void print(Evaluation validation, LearningRateSearch.Result result) {
    Console console = context.console();
    console.print(
        "@|bold %s|@ on @|bold %s|@: mean loss over %s VALIDATION instances after %s steps\n"
            .formatted(
                optimizer,
                validation.problem().name(),
                Numbers.count(instances),
                Numbers.count(validation.steps())));
    new Columns<>(result.trials())
        .number("learning rate", 0, trial -> Numbers.digits(trial.learningRate(), 3))
        .number("final loss", 0, trial -> Numbers.loss(trial.loss()))
        .number("instances", 1, trial -> Numbers.count(trial.instances()))
        .table(trial -> best(result).equals(Optional.of(trial)))
        .print(console);
    if (result instanceof AllDiverged) {
      console.note("Every learning rate, down to 1e-12, diverged on some instance.");
    }
  }
}
