package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `demo`: gradient descent learns gradient descent, in about a minute.
@Command(
    name = "demo",
    description =
        "Learn an optimizer for random quadratic functions, here and now, and compare it with eight"
            + " tuned hand-designed ones on functions that none of them has seen.",
    footer = {"", "Example:", "  ./glissade demo --out runs/demo"})
final class DemoCommand implements Callable<Integer> {

  private static final String NAME = "LSTM";

  private final Context context;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "runs/demo",
      description =
          "Where the report, the pictures and the optimizer go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("runs", "demo");

  @Option(names = "--episodes", paramLabel = "N", description = "Train longer or shorter.")
  private Optional<Long> episodes = Optional.empty();

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "TEST functions to compare on (default: " + DemoConfiguration.INSTANCES + ").")
  private int instances = DemoConfiguration.INSTANCES;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final JsonOption json = new JsonOption();

  DemoCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, FailureException {
    TrainingPlan plan = DemoConfiguration.plan().with("seed", run.seed());
    if (episodes.isPresent()) {
      plan = plan.with("episodes", episodes.get());
    }
    Evaluation evaluation = evaluation(plan, Problem.Split.TEST, instances, run.seed());
    Outputs.requireFolder(out);
    json.check();
    Console console = context.console();
    String problem = plan.problem().problem().name();
    long batch = plan.configuration().batch();
    console.print(
        "Learning an optimizer for @|bold %s|@ from %s random functions, on the %s kernels …"
            .formatted(
                problem,
                Numbers.count(batch * plan.configuration().episodes()),
                Kernels.implementationName()));
    TrainedOptimizer trained = train(plan);
    trained.save(RunFolder.best(out));

    console.print("Comparing it with baselines, each at its best learning rate …\n");
    ComparisonReport report = compare(plan, trained, evaluation);
    ComparisonTable.print(console, report);
    Verdict.of(report).ifPresent(verdict -> console.print("\n@|bold " + verdict + "|@\n"));
    json.write(context, report);
    ReportFiles.of(report).write(context, out);
    console.print("Next: @|bold ./glissade inspect %s|@ shows what it has learned".formatted(out));
    return 0;
  }

  private TrainedOptimizer train(TrainingPlan plan) throws FailureException {
    long start = System.nanoTime();
    MetaTraining.Result result;
    try (TrainingProgress progress = new TrainingProgress(context.console(), "training", 0, plan)) {
      result = plan.training().run(progress);
    }
    if (!Double.isFinite(result.validationLoss())) {
      throw new FailureException("every validation diverged: try another --seed");
    }
    context
        .console()
        .print(
            "Trained in %s: validation loss %s"
                .formatted(
                    Numbers.clock((System.nanoTime() - start) / 1e9),
                    Numbers.loss(result.validationLoss())));
    Map<String, String> history = new LinkedHashMap<>(plan.settings());
    history.put("validationLoss", Double.toString(result.validationLoss()));
    history.put("bestEpisode", Long.toString(result.episode()));
    return new TrainedOptimizer(plan.architecture(), result.weights(), history);
  }

  private Evaluation evaluation(TrainingPlan plan, Problem.Split split, int count, long seed) {
    int steps = plan.configuration().steps();
    return new Evaluation(plan.problem().problem(), split, count, steps, seed);
  }

  private ComparisonReport compare(
      TrainingPlan plan, TrainedOptimizer trained, Evaluation evaluation) {
    List<OptimizerArgument> contenders = new ArrayList<>();
    contenders.add(new OptimizerArgument.Learned(NAME, trained));
    for (Baseline baseline : Baselines.all()) {
      contenders.add(new OptimizerArgument.Named(baseline.name(), baseline, Optional.empty()));
    }
    Tuning tuning =
        Tuning.of(
            context,
            evaluation(
                plan, Problem.Split.VALIDATION, DemoConfiguration.TUNING_INSTANCES, Tuning.SEED));
    return ComparisonReport.of(
        new Competition(evaluation, tuning, contenders).run(context), Kernels.implementationName());
  }
}
