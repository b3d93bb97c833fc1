package dev.glissade.app.cli;

import dev.glissade.learned.MalformedFileException;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Checkpoint;
import dev.glissade.meta.MetaTraining;
import dev.glissade.meta.RunFolder;
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

  private static final String ADAM = "adam";

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

  /// Begins a run. A learned outer optimizer is copied into the folder: it is part of the run.
  static TrainingRun create(Path path, TrainingPlan plan) throws IOException {
    if (plan.outer().isPresent()) {
      plan.outer().get().trained().save(outerFile(path));
    }
    RunFolder folder = RunFolder.create(path, plan.network(), plan.settings());
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
    String name = plan.problem().problem().name();
    if (problem.isPresent()
        && !ProblemArgument.parse(problem.get()).problem().name().equals(name)) {
      throw new IllegalArgumentException(
          "%s is a run for %s, not for %s".formatted(path, name, problem.get()));
    }
    for (Map.Entry<String, String> entry : given.entrySet()) {
      if (!plan.with(Map.of(entry.getKey(), entry.getValue())).equals(plan)) {
        throw new IllegalArgumentException(
            "%s was begun with %s = %s: resuming cannot change it to %s"
                .formatted(path, entry.getKey(), settings.get(entry.getKey()), entry.getValue()));
      }
    }
    return new TrainingRun(new RunFolder(path, plan.network(), settings), plan, true);
  }

  private static TrainingPlan readPlan(Path path, Map<String, String> settings) throws IOException {
    String outer = settings.getOrDefault("outer", ADAM);
    Optional<OptimizerArgument.Learned> learned =
        outer.equals(ADAM)
            ? Optional.empty()
            : Optional.of(
                new OptimizerArgument.Learned(outer, TrainedOptimizer.load(outerFile(path))));
    try {
      return TrainingPlan.fromSettings(settings, learned);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(path.resolve("run.json"), "is damaged: " + e.getMessage());
    }
  }

  private static Path outerFile(Path path) {
    return path.resolve("outer.safetensors");
  }

  /// Trains to the end.
  MetaTraining.Result run(Context context, int threads) throws IOException {
    int unrolls = plan.configuration().steps() / plan.configuration().unroll();
    long done = resumed ? folder.latest().map(Checkpoint::step).orElse(0L) / unrolls : 0;
    if (done > 0) {
      context.console().note("Going on after episode " + Numbers.count(done));
    }
    context
        .console()
        .onInterrupt("Stopped. Go on with: ./glissade train --resume %s".formatted(folder.path()));
    try (TrainingProgress progress =
        new TrainingProgress(context.console(), "training", done, plan)) {
      return plan.training(threads).run(folder, progress);
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
    console.print(
        "Next: @|bold ./glissade compare %s %s adam momentum rprop|@"
            .formatted(plan.problem().problem().name(), folder.path()));
  }
}
