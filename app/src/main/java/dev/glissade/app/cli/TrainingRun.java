package dev.glissade.app.cli;

import dev.glissade.file.MalformedFileException;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.training.Checkpoint;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.MetaTrainingConfiguration;
import dev.glissade.training.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A training and its folder.
///
/// @param folder where it keeps what it needs to go on
/// @param plan what it does
/// @param resumed whether it was begun earlier
record TrainingRun(RunFolder folder, TrainingPlan plan, boolean resumed) {

  private static final String OUTER = "outer.safetensors";
  private static final String START = "start.safetensors";

  /// Sees to it that a new run can be made in a folder.
  static void requireNew(Path folder) throws IOException, FailureException {
    if (Files.exists(folder.resolve("run.json"))) {
      throw new FailureException(
          "%s holds a run already: go on with --resume %s, or choose another folder"
              .formatted(folder, folder));
    }
    Outputs.requireFolder(folder);
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new FailureException("%s is not empty: choose another folder".formatted(folder));
      }
    }
  }

  /// Begins a run. A learned outer optimizer, and one to start from, is copied into the folder: it
  /// is part of the run.
  static TrainingRun create(Path path, TrainingPlan plan) throws IOException {
    if (plan.outer().isPresent()) {
      plan.outer().get().trained().save(path.resolve(OUTER));
    }
    if (plan.start().isPresent()) {
      plan.start().get().trained().save(path.resolve(START));
    }
    RunFolder folder = RunFolder.create(path, plan.architecture(), plan.settings());
    return new TrainingRun(folder, plan, false);
  }

  /// Finds a run again.
  ///
  /// @param problem the problem named on the command line, if any
  /// @param given the settings named there
  /// @throws IllegalArgumentException if they are not those of the run
  static TrainingRun resume(Path path, Optional<String> problem, Map<String, String> given)
      throws IOException {
    Map<String, String> settings = RunFolder.readSettings(path);
    TrainingPlan plan = readPlan(path, settings);
    plan.check();
    String name = plan.problem().problem().name();
    if (problem.isPresent()
        && !ProblemArgument.parse(problem.get()).problem().name().equals(name)) {
      throw new IllegalArgumentException(
          "%s is a run for %s, not for %s".formatted(path, name, problem.get()));
    }
    for (Map.Entry<String, String> entry : given.entrySet()) {
      TrainingPlan asked = plan.with(Map.of(entry.getKey(), entry.getValue()));
      if (!asked.settings().equals(plan.settings())) {
        throw new IllegalArgumentException(
            "%s was begun with %s = %s: resuming cannot change it to %s"
                .formatted(path, entry.getKey(), settings.get(entry.getKey()), entry.getValue()));
      }
    }
    return new TrainingRun(new RunFolder(path, plan.architecture(), settings), plan, true);
  }

  private static TrainingPlan readPlan(Path path, Map<String, String> settings) throws IOException {
    Optional<OptimizerArgument.Learned> outer =
        TrainingPlan.hasOuter(settings) ? load(path, OUTER, settings, "outer") : Optional.empty();
    Optional<OptimizerArgument.Learned> start =
        TrainingPlan.hasStart(settings) ? load(path, START, settings, "start") : Optional.empty();
    String problem = settings.getOrDefault("problem", "");
    if (ProblemArgument.isClass(problem)) {
      ProblemArgument.parse(problem); // what is wrong with a class is not the run's fault
    }
    try {
      return TrainingPlan.fromSettings(settings, outer, start);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(path.resolve("run.json"), "is damaged: " + e.getMessage());
    }
  }

  private static Optional<OptimizerArgument.Learned> load(
      Path path, String file, Map<String, String> settings, String key) throws IOException {
    TrainedOptimizer trained = TrainedOptimizer.load(path.resolve(file));
    return Optional.of(new OptimizerArgument.Learned(settings.getOrDefault(key, file), trained));
  }

  /// Trains to the end.
  MetaTraining.Result run(Context context) throws IOException {
    MetaTrainingConfiguration configuration = plan.configuration();
    long draws = resumed ? folder.latest().map(Checkpoint::step).orElse(0L) : 0;
    long done = configuration.plan().curriculum().position(draws, configuration.unroll()).episode();
    if (done > 0) {
      context.console().note("Going on after episode " + Numbers.count(done));
    }
    context
        .console()
        .onInterrupt(
            "Stopped. Go on with: ./glissade train --resume %s%s"
                .formatted(folder.path(), plan.problem().options()));
    try (TrainingProgress progress =
        new TrainingProgress(context.console(), "training", done, plan)) {
      return plan.training().run(folder, progress);
    } finally {
      context.console().onInterrupt("");
    }
  }

  /// Says what came out and what to do with it.
  ///
  /// @throws FailureException if nothing of use did
  void printResult(Console console, MetaTraining.Result result, double seconds)
      throws FailureException {
    if (!Double.isFinite(result.validationLoss())) {
      throw new FailureException(
          "every validation diverged: try a lower --learning-rate, or --search-rate 8");
    }
    console.print(
        "Trained for @|bold %s|@ in %s: validation loss @|bold %s|@ after episode %s of %s"
            .formatted(
                plan.problem().problem().name(),
                Numbers.clock(seconds),
                Numbers.loss(result.validationLoss()),
                Numbers.count(result.episode()),
                Numbers.count(plan.configuration().episodes())));
    console.print("Wrote " + RunFolder.best(folder.path()));
    ProblemArgument problem = plan.problem();
    int steps = plan.configuration().steps();
    String length = steps == problem.problem().steps() ? "" : " --steps " + steps;
    console.print(
        "Next: @|bold ./glissade compare %s %s adam momentum rprop%s%s|@"
            .formatted(problem.problem().name(), folder.path(), length, problem.options()));
  }
}
