package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.ComparisonTable;
import dev.glissade.app.report.ReportFiles;
import dev.glissade.app.report.Verdict;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Evaluation;
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

/// `compare`: optimizers side by side on the same TEST instances.
@Command(
    name = "compare",
    description =
        "Compare optimizers on the same TEST instances of a problem. Baselines get the learning"
            + " rate that is best on VALIDATION instances.",
    footer = {
      "",
      "Examples:",
      "  ./glissade compare quadratic pretrained:quadratic adam rprop",
      "  ./glissade compare rosenbrock runs/r adam=0.01 --out runs/r/report"
    })
final class CompareCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(index = "0", paramLabel = "PROBLEM", description = ProblemName.FORMS + ".")
  private String problem = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "OPTIMIZER",
      description = "Each is " + OptimizerName.FORMS + ".")
  private List<String> optimizers = List.of();

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "256",
      description = "TEST instances (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of each run (default: the problem's).")
  private Optional<Integer> steps = Optional.empty();

  @Option(
      names = "--tuning-instances",
      paramLabel = "N",
      defaultValue = "128",
      description = "VALIDATION instances for learning rates (default: ${DEFAULT-VALUE}).")
  private int tuningInstances;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description =
          "Write comparison.json, curves.csv, curves.svg, curves.png and report.html there.")
  private Optional<Path> out = Optional.empty();

  @Mixin private final ClassPathOption classPath = new ClassPathOption();
  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final JsonOption json = new JsonOption();

  CompareCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, FailureException {
    classPath.use();
    ProblemName argument = ProblemName.parse(problem);
    Evaluation evaluation = evaluation(argument, Problem.Split.TEST, instances, run.seed());
    Tuning tuning =
        Tuning.of(
            context, evaluation(argument, Problem.Split.VALIDATION, tuningInstances, Tuning.SEED));
    List<OptimizerName> contenders = new ArrayList<>();
    for (String text : optimizers) {
      contenders.add(OptimizerName.parse(text));
    }
    Competition competition = new Competition(evaluation, tuning, contenders);
    json.check();
    if (out.isPresent()) {
      Outputs.requireFolder(out.get());
    }

    Comparison comparison = competition.run(context);
    ComparisonReport report = ComparisonReport.of(comparison, Kernels.implementationName());
    ComparisonTable.print(context.console(), report);
    Verdict.of(report).ifPresent(verdict -> context.console().print("\n" + verdict));
    json.write(context, report);
    if (out.isPresent()) {
      ReportFiles.of(report).write(context, out.get());
    }
    return 0;
  }

  private Evaluation evaluation(
      ProblemName argument, Problem.Split split, int count, long seed) {
    int length = steps.orElse(argument.problem().steps());
    return new Evaluation(argument.problem(), split, count, length, seed);
  }
}
