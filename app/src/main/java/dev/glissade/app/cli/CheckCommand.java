package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.report.CheckReport;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Progress;
import dev.glissade.check.Depth;
import dev.glissade.check.ProblemCheck;
import dev.glissade.check.ProblemReport;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `check`: it tries whether a problem keeps what problems promise, gradients first of
/// all.
///
/// It prints a table, a line for whatever is wrong or unclear, and one sentence. Exit code 1 if
/// something is wrong.
@Command(
    name = "check",
    description =
        "Check a problem: gradients and Hessian-vector products by finite differences, repeatable"
            + " evaluations, seeds and splits.",
    footer = {
      "",
      "Examples:",
      "  ./glissade check example.DecayFits --classpath decay-fits.jar",
      "  ./glissade check rosenbrock:dim=7 --depth thorough",
      "",
      "Exit code 1 if something is wrong."
    })
final class CheckCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "PROBLEM",
      completionCandidates = Candidates.OfProblems.class,
      description = ProblemName.FORMS + ".")
  private String problem = "";

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "2",
      description = "Members of each split (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--depth",
      paramLabel = "DEPTH",
      defaultValue = "normal",
      description =
          "How much to try of each: quick, normal or thorough (default: ${DEFAULT-VALUE}).")
  private Depth depth = Depth.NORMAL;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "After this time (90s, 10m) look at no more single coordinates and second derivatives.")
  private Optional<String> budget = Optional.empty();

  @Mixin private final ProblemOptions problems;
  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final JsonOption json = new JsonOption();

  CheckCommand(Context context) {
    this.context = context;
    this.problems = new ProblemOptions(context);
  }

  @Override
  public Integer call() throws IOException, FailureException {
    if (instances < 1) {
      throw new IllegalArgumentException("--instances must be >= 1, got " + instances);
    }
    Problem checked = problems.catalog().problem(problem).problem();
    json.check(context);
    ProblemCheck plan =
        ProblemCheck.of(checked).withInstances(instances).withDepth(depth).withSeed(run.seed());
    ProblemCheck check = budget.map(Numbers::duration).map(plan::withLimit).orElse(plan);
    long begin = System.nanoTime();
    ProblemReport found = run(check);
    double seconds = (System.nanoTime() - begin) / 1e9;
    CheckReport report = CheckReport.of(found, instances, depth, run.seed(), seconds);
    report.print(context.console());
    json.write(context, report);
    return report.sound() ? 0 : 1;
  }

  private ProblemReport run(ProblemCheck check) {
    try (Progress progress = new Progress(context.console(), "checking", 0, check.steps())) {
      return check.run(() -> progress.oneMore(""));
    }
  }
}
