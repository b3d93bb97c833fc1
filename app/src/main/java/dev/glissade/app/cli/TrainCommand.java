package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.FirstLook;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.catalog.OuterName;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.report.ReportFiles;
import dev.glissade.app.report.TrainingReport;
import dev.glissade.app.tensorboard.EventLog;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.app.training.LearnedStart;
import dev.glissade.app.training.TrainingMemory;
import dev.glissade.app.training.TrainingProgress;
import dev.glissade.app.training.TrainingRun;
import dev.glissade.app.training.TrainingText;
import dev.glissade.training.Budget;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outer;
import dev.glissade.training.RateSearch;
import dev.glissade.training.RunKeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `train`: it learns an optimizer for a class of problems, into the folder of a run,
/// or goes on with a run that was stopped.
///
/// It shows its progress, prints the validation loss that was reached and what to do next, and
/// leaves `best.safetensors` and a page in the folder. Exit code 0 if there is something to use,
/// also where nothing became better than the start; 1 if every validation diverged or the budget is
/// too short.
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
      "  ./glissade train training:of=quadratic -o runs/g --recipe trainer --outer self",
      "  ./glissade train mnist -o runs/m --recipe robust --budget 1h",
      "  ./glissade train --resume runs/r",
      "  ./glissade train --resume runs/q --episodes 2000"
    })
final class TrainCommand implements Callable<Integer> {

  private final Context context;

  /// The problem, which may be left out for a run that is resumed: the run knows its own. If it is
  /// given there, it must be the same.
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROBLEM",
      completionCandidates = Candidates.OfProblems.class,
      description = ProblemName.FORMS + ".")
  private Optional<String> problem = Optional.empty();

  /// The folder of a new run: one that is not there yet or is empty. Without `--resume` it must be
  /// given.
  @Option(
      names = {"-o", "--out"},
      paramLabel = "RUN",
      description = "The folder of a new run.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Go on with the run of this folder. If it is finished, more --episodes make it longer;"
              + " its learning rate, faded to 0, then jumps up and fades over all of them, so that"
              + " the result is not that of a run begun with as many.")
  private Optional<Path> resume = Optional.empty();

  /// The time to train, as text that `Numbers.duration` reads. It becomes a number of episodes
  /// before the run begins, because a time cannot be repeated and a number can.
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
              + " schedules, and lets the episodes grow; or rnnprop, after Lv, Jiang and Li:"
              + " adam-like inputs, bounded updates, random scaling and a convex part; or trainer,"
              + " for problems of trainings: corrects Adam by a few weights. Other options go"
              + " before it.")
  private Optional<Recipe> recipe = Optional.empty();

  @Option(
      names = "--start-from",
      paramLabel = "OPTIMIZER",
      description =
          "Start from the weights of this learned optimizer: a .safetensors file, a run folder or"
              + " pretrained:NAME.")
  private Optional<String> startFrom = Optional.empty();

  /// What trains in place of Adam, as [OuterName] reads it. Where it is learned it has no learning
  /// rate, so there is none to search for.
  @Option(
      names = "--outer",
      paramLabel = "OPTIMIZER",
      description =
          "Train with this in place of Adam: a baseline (rmsprop; rmsprop=0.03 with its rate), a"
              + " learned optimizer (a .safetensors file, a run folder or pretrained:NAME), or"
              + " self: the optimizer that is trained, as it is at that moment;"
              + " guarded:OPTIMIZER[,fallback=adam] watches one.")
  private Optional<String> outer = Optional.empty();

  /// The number of short trainings that look for a meta learning rate. Each costs a tenth of the
  /// training; with a budget all of them are paid from it.
  @Option(
      names = "--search-rate",
      paramLabel = "N",
      description = "First try N meta learning rates on short trainings and take the best.")
  private Optional<Integer> searchRate = Optional.empty();

  /// The least time between two checkpoints, as text that `Numbers.duration` reads. It is no
  /// setting of the training: what is trained does not depend on it.
  @Option(
      names = "--checkpoint-every",
      paramLabel = "TIME",
      description =
          "Keep what was trained after so much time, besides at validations (default: 2m).")
  private Optional<String> checkpointEvery = Optional.empty();

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description =
          "Write events for TensorBoard there, too: losses, norm of the meta-gradient and rate by"
              + " episodes. A run that is resumed goes on with the folder it had.")
  private Optional<Path> tensorboard = Optional.empty();

  @Mixin private final TrainingOptions options;
  @Mixin private final RunOptions run = new RunOptions();

  @Mixin
  @SuppressWarnings("unused") // Glissade acts on it
  private final MasterOption master = new MasterOption();

  @Mixin private final JsonOption json = new JsonOption();

  TrainCommand(Context context) {
    this.context = context;
    this.options = new TrainingOptions(context);
  }

  /// Trains an optimizer from the beginning, or goes on with a run.
  ///
  /// A new run is planned as a whole before its folder is made: the budget and the search only
  /// decide two numbers of the plan, the episodes and the learning rate. They are then written down
  /// with the rest, so that a resumed run needs neither.
  @Override
  public Integer call() throws IOException, FailureException {
    long start = System.nanoTime();
    Duration every = checkpointEvery.map(Numbers::duration).orElse(RunKeeper.EVERY);
    Catalog catalog = options.catalog();
    List<Path> inputs =
        OptimizerName.files(
            Stream.concat(outer.filter(OuterName::isFile).stream(), startFrom.stream()).toList());
    List<Path> outputs = new ArrayList<>();
    out.or(() -> resume).ifPresent(folder -> outputs.addAll(TrainingRun.files(folder)));
    json.check(context, inputs, outputs);
    List<RateSearch.Trial> rates = List.of();
    TrainingRun training;
    if (resume.isPresent()) {
      requireNothingNew();
      training = TrainingRun.resume(catalog, resume.get(), problem, this::given, context.console());
    } else {
      Path folder = out.orElseThrow(() -> new IllegalArgumentException("say where: -o RUN"));
      ProblemName argument = problem();
      MetaTraining plan = plan(argument);
      TrainingRun.requireNew(folder);
      if (tensorboard.isPresent()) {
        EventLog.requireNone(tensorboard.get());
      }
      FirstLook.at(argument, Problem.Split.TRAIN, context.console());
      if (budget.isPresent()) {
        plan = plan.withEpisodes(affordable(plan));
      }
      if (searchRate.isPresent()) {
        rates = search(plan, searchRate.get());
        plan = plan.withLearningRate(best(rates));
      }
      training = TrainingRun.create(folder, argument, plan, run.command());
    }
    TrainingRun.Ended ended = training.run(context.console(), every, tensorboard);
    double seconds = (System.nanoTime() - start) / 1e9;
    TrainingReport report = training.report(ended, seconds, rates);
    new ReportFiles(report, training.folder().path()).write(context.console());
    TrainingText.print(context.console(), training, ended, report);
    json.write(context, report);
    return 0;
  }

  /// The problem of a new run.
  ///
  /// @throws IllegalArgumentException if none was named, or there is none of that name
  private ProblemName problem() {
    return options
        .catalog()
        .problem(
            problem.orElseThrow(() ->
                new IllegalArgumentException(
                    "name a problem to train for; ./glissade problems lists them")));
  }

  /// The training with the options that were given. A run that is resumed must not change by it:
  /// that is how options that contradict the run are found out.
  private MetaTraining given(MetaTraining training) {
    MetaTraining seeded = run.givenSeed().map(training::withSeed).orElse(training);
    return options.applyTo(seeded);
  }

  /// The plan of a new run.
  ///
  /// The order matters: the optimizer to start from brings its network, the recipe builds on that,
  /// and options that were given go before both.
  ///
  /// @throws IllegalArgumentException if options exclude each other, or a value is out of range
  /// @throws IOException if the file of an optimizer cannot be read
  private MetaTraining plan(ProblemName argument) throws IOException, FailureException {
    budget.ifPresent(Numbers::duration); // throws if it is none
    if (budget.isPresent() && options.givesEpisodes()) {
      throw new IllegalArgumentException("--budget and --episodes exclude each other");
    }
    if (searchRate.isPresent() && searchRate.get() < 1) {
      throw new IllegalArgumentException("--search-rate must be >= 1, got " + searchRate.get());
    }
    MetaTraining training = MetaTraining.of(argument.problem());
    if (startFrom.isPresent()) {
      training = LearnedStart.from(training, OptimizerName.parseLearned(startFrom.get()));
    }
    training = recipe.orElse(Recipe.PAPER).applyTo(training, options);
    if (outer.isPresent()) {
      training = training.withOuter(OuterName.applyTo(training.outer(), outer.get()));
    }
    training = given(training);
    if (searchRate.isPresent() && !(training.outer().teacher() instanceof Outer.HandDesigned)) {
      throw new IllegalArgumentException(
          "--search-rate is for an outer optimizer with a learning rate: not with --outer "
              + outer.orElse(""));
    }
    training.check();
    TrainingMemory.require(training);
    return training;
  }

  /// The number of episodes that fit into the budget, the trials of `--search-rate` included.
  /// Measuring what an episode takes is itself a part of the budget.
  ///
  /// @throws FailureException if not one episode fits
  private long affordable(MetaTraining plan) throws FailureException {
    double parts = 1 + searchRate.orElse(0) * RateSearch.PART;
    try {
      long episodes = Budget.episodes(plan, Numbers.duration(budget.orElseThrow()));
      long affordable = Math.max(1, (long) (episodes / parts));
      context
          .console()
          .note("%s episodes fit into %s".formatted(Numbers.count(affordable), budget.get()));
      return affordable;
    } catch (Budget.TooSmallException e) {
      throw new FailureException(String.valueOf(e.getMessage()));
    }
  }

  /// Tries meta learning rates, with a progress for each, and prints what came of them.
  ///
  /// @param count how many, ≥ 1
  /// @return the trials, by rate
  private List<RateSearch.Trial> search(MetaTraining plan, int count) {
    Console console = context.console();
    List<RateSearch.Trial> trials =
        RateSearch.run(
            plan,
            count,
            (i, trial) -> {
              String title = "rate %s of %s".formatted(i + 1, count);
              try (TrainingProgress progress = new TrainingProgress(console, title, 0, trial)) {
                return trial.run(progress);
              }
            });
    long episodes = RateSearch.trials(plan, 1).getFirst().episodes().count();
    console.print("Meta learning rates, %s episodes each:".formatted(Numbers.count(episodes)));
    Table table = new Table(Column.number("rate", 0), Column.number("validation loss", 0));
    for (RateSearch.Trial trial : trials) {
      table.add(Numbers.digits(trial.learningRate(), 3), Numbers.loss(trial.loss()));
    }
    table.print(console);
    console.print("");
    return trials;
  }

  /// The rate of the best trial.
  ///
  /// @throws FailureException if all trials diverged
  private static double best(List<RateSearch.Trial> trials) throws FailureException {
    return RateSearch.best(trials)
        .orElseThrow(() ->
            new FailureException("every meta learning rate diverged: try a smaller --output-scale"))
        .learningRate();
  }

  /// Refuses options that only a new run can have. Others, such as `--steps`, may be repeated with
  /// `--resume`, as long as they say what the run says.
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
