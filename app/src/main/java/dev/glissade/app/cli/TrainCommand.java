package dev.glissade.app.cli;

import dev.glissade.training.MetaTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `train`: learns an optimizer for a class of problems.
@Command(
    name = "train",
    description =
        "Learn an optimizer for a class of problems, into the folder of a run. A run that was"
            + " stopped, however it was, goes on with --resume and ends as if it had not been.",
    footer = {
      "",
      "Examples:",
      "  ./glissade train quadratic -o runs/q",
      "  ./glissade train rosenbrock -o runs/r --budget 10m --search-rate 8",
      "  ./glissade train quadratic -o runs/gg --outer runs/q",
      "  ./glissade train mnist -o runs/m --recipe robust --budget 1h",
      "  ./glissade train --resume runs/r"
    })
final class TrainCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROBLEM",
      description = ProblemArgument.FORMS + ".")
  private Optional<String> problem = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "RUN",
      description = "The folder of a new run.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Go on with the run of this folder.")
  private Optional<Path> resume = Optional.empty();

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "Train for about so long (90s, 10m, 1h30m) instead of --episodes.")
  private Optional<String> budget = Optional.empty();

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      description =
          "Settings that go together: paper (the default), or robust, for other networks and longer"
              + " runs: mixes the problem with its variants, corrects Muon and Adam on learned"
              + " schedules, and lets the episodes grow. Other options go before it.")
  private Optional<Recipe> recipe = Optional.empty();

  @Option(
      names = "--start-from",
      paramLabel = "OPTIMIZER",
      description =
          "Start from the weights of this learned optimizer: a .safetensors file, a run folder or"
              + " pretrained:NAME.")
  private Optional<String> startFrom = Optional.empty();

  @Option(
      names = "--outer",
      paramLabel = "OPTIMIZER",
      description =
          "Train with this learned optimizer in place of Adam: a .safetensors file, a run folder or"
              + " pretrained:NAME.")
  private Optional<String> outer = Optional.empty();

  @Option(
      names = "--search-rate",
      paramLabel = "N",
      description = "First try N meta learning rates on short trainings and take the best.")
  private Optional<Integer> searchRate = Optional.empty();

  @Mixin private final TrainingOptions options = new TrainingOptions();
  @Mixin private final ClassPathOption classPath = new ClassPathOption();
  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final JsonOption json = new JsonOption();

  TrainCommand(Context context) {
    this.context = context;
  }

  /// What `--json` writes.
  private record Report(
      String run,
      double validationLoss,
      long bestEpisode,
      long nonFinite,
      double seconds,
      Map<String, String> settings,
      List<RateSearch.Trial> rates) {}

  @Override
  public Integer call() throws IOException, FailureException {
    long start = System.nanoTime();
    classPath.use();
    json.check();
    Map<String, String> given = options.given();
    run.givenSeed().ifPresent(seed -> given.put("seed", seed.toString()));
    List<RateSearch.Trial> rates = List.of();
    TrainingRun training;
    if (resume.isPresent()) {
      requireNothingNew();
      training = TrainingRun.resume(resume.get(), problem, given);
    } else {
      Path folder = out.orElseThrow(() -> new IllegalArgumentException("say where: -o RUN"));
      TrainingPlan plan = plan(given);
      TrainingRun.requireNew(folder);
      if (budget.isPresent()) {
        plan = plan.with("episodes", affordable(plan));
      }
      if (searchRate.isPresent()) {
        rates = RateSearch.search(context, plan, searchRate.get());
        plan = plan.with("learningRate", RateSearch.best(rates).learningRate());
      }
      training = TrainingRun.create(folder, plan);
    }
    MetaTraining.Result result = training.run(context);
    double seconds = (System.nanoTime() - start) / 1e9;
    training.printResult(context.console(), result, seconds);
    json.write(
        context,
        new Report(
            training.folder().path().toString(),
            result.validationLoss(),
            result.episode(),
            result.nonFiniteCount(),
            seconds,
            training.plan().settings(),
            rates));
    return 0;
  }

  private TrainingPlan plan(Map<String, String> given) throws IOException {
    String name =
        problem.orElseThrow(() ->
            new IllegalArgumentException(
                "name a problem to train for; ./glissade problems lists them"));
    budget.ifPresent(Numbers::duration); // throws if it is none
    if (budget.isPresent() && options.episodes().isPresent()) {
      throw new IllegalArgumentException("--budget and --episodes exclude each other");
    }
    if (searchRate.isPresent() && (searchRate.get() < 1 || outer.isPresent())) {
      throw new IllegalArgumentException(
          "--search-rate must be >= 1, and is for the outer Adam: not with --outer");
    }
    TrainingPlan plan = TrainingPlan.of(ProblemArgument.parse(name));
    if (startFrom.isPresent()) {
      plan = plan.withStart(OptimizerArgument.parseLearned(startFrom.get()));
    }
    plan = recipe.orElse(Recipe.PAPER).applyTo(plan, given);
    plan.check();
    return outer.isPresent() ? plan.withOuter(OptimizerArgument.parseLearned(outer.get())) : plan;
  }

  private long affordable(TrainingPlan plan) throws FailureException {
    long episodes = Budget.episodes(plan, Numbers.duration(budget.orElseThrow()));
    double parts = 1 + searchRate.orElse(0) * RateSearch.PART;
    long affordable = Math.max(1, (long) (episodes / parts));
    context
        .console()
        .note("%s episodes fit into %s".formatted(Numbers.count(affordable), budget.get()));
    return affordable;
  }

  private void requireNothingNew() {
    boolean something =
        Stream.of(out, budget, outer, searchRate, recipe, startFrom).anyMatch(Optional::isPresent);
    if (something) {
      throw new IllegalArgumentException(
          "--resume goes on with a run as it was begun: leave out --out, --budget, --outer,"
              + " --search-rate, --recipe and --start-from");
    }
  }
}
