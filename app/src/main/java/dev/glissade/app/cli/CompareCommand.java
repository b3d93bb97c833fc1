package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.FirstLook;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.experiment.Laboratory;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.ResultText;
import dev.glissade.app.terminal.JavaMemory;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Competition;
import dev.glissade.evaluation.Entrant;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Tuning;
import dev.glissade.internal.kernel.LstmKernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `compare`: it runs optimizers on the same instances, of TEST unless others were
/// asked for, and ranks them by the mean of their final losses.
///
/// It prints the ranking and a verdict; `--json` writes the [ComparisonReport], `--out` that and
/// pictures and a page. Exit code 0, also where optimizers diverged: that is a result.
@Command(
    name = "compare",
    description =
        "Compare optimizers on the same instances of a problem: on those of TEST to report, on those"
            + " of VALIDATION (--split) to choose between them. Baselines get the learning rate that"
            + " is best on other VALIDATION instances.",
    footer = {
      "",
      "Examples:",
      "  ./glissade compare quadratic pretrained:quadratic adam rprop",
      "  ./glissade compare quadratic pretrained:quadratic baselines",
      "  ./glissade compare rosenbrock runs/r adam=0.01 --out runs/r/report",
      "  ./glissade compare rosenbrock runs/r runs/s --split validation"
    })
final class CompareCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "PROBLEM",
      completionCandidates = Candidates.OfProblems.class,
      description = ProblemName.FORMS + ".")
  private String problem = "";

  /// The optimizers as the user wrote them. One or more; no two may have the same name, or their
  /// rows and curves could not be told apart.
  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "OPTIMIZER",
      completionCandidates = Candidates.OfOptimizers.class,
      description = "Each is " + OptimizerName.FORMS + "; 'baselines' is all of those.")
  private List<String> optimizers = List.of();

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "256",
      description = "Instances to compare on (default: ${DEFAULT-VALUE}).")
  private int instances;

  /// The instances for learning rates: fewer than those of the comparison, because each trial of a
  /// search runs on all of them.
  @Option(
      names = "--tuning-instances",
      paramLabel = "N",
      defaultValue = "128",
      description = "VALIDATION instances for learning rates (default: ${DEFAULT-VALUE}).")
  private int tuningInstances;

  @Mixin private final SplitOption split = new SplitOption();
  @Mixin private final EvaluationOptions options;
  @Mixin private final RunOptions run = new RunOptions();

  @Mixin
  @SuppressWarnings("unused") // Glissade acts on it
  private final MasterOption master = new MasterOption();

  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final OutOption out = new OutOption();

  CompareCommand(Context context) {
    this.context = context;
    this.options = new EvaluationOptions(context);
  }

  /// Compares the optimizers.
  ///
  /// All arguments are read and all files are tried before the first run. The instances to compare
  /// on follow `--seed`; those to tune on do not, so that tuned rates can be remembered from one
  /// comparison to the next, and are the same on TEST as on VALIDATION.
  @Override
  public Integer call() throws IOException, FailureException {
    if (tuningInstances < 1) {
      throw new IllegalArgumentException("--tuning-instances must be >= 1, got " + tuningInstances);
    }
    ProblemName name = options.problem(problem);
    Evaluation evaluation =
        options.evaluation(name, split.split(), instances, split.seed(run.seed()));
    Evaluation validation =
        options.evaluation(name, Problem.Split.VALIDATION, tuningInstances, Tuning.SEED);
    List<Entrant> entrants = new ArrayList<>();
    for (OptimizerName optimizer : OptimizerName.parseAll(optimizers)) {
      entrants.add(optimizer.entrant(evaluation.steps()));
    }
    Laboratory laboratory = context.laboratory();
    Competition competition = new Competition(evaluation, laboratory.tuning(validation), entrants);
    json.check(context, OptimizerName.files(optimizers), out.files("comparison"));
    out.check();
    JavaMemory.require(
        "the learning curves",
        competition.leastBytes(),
        "--instances, --tuning-instances or --steps");
    FirstLook.at(name, split.split(), context.console());

    Comparison comparison = laboratory.compare(competition);
    ComparisonReport report =
        ComparisonReport.of(
                comparison,
                laboratory.trace(comparison),
                LstmKernels.fastestImplementation(),
                run.command())
            .withSeed(run.seed());
    ResultText.print(report, context.console());
    json.write(context, report);
    out.write(context, report);
    return 0;
  }
}
