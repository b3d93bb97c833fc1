package dev.glissade.app.training;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.file.JsonObject;
import dev.glissade.training.Checkpoint;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outcome;
import dev.glissade.training.RunFolder;
import dev.glissade.training.RunKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A training and its folder, as `train` and `experiment run --train` make or find them.
///
/// @param folder where it keeps what it needs to go on
/// @param problem as it is named on the command line
/// @param training all settings
public record TrainingRun(RunFolder folder, ProblemName problem, MetaTraining training) {

  /// The end of a run.
  ///
  /// @param outcome of the training
  /// @param trained whether there was anything left to train
  public record Ended(Outcome outcome, boolean trained) {}

  /// Makes sure that a new run can be made in a folder: a run that is there is not overwritten, nor
  /// is anything else.
  ///
  /// @throws FailureException if the folder holds anything or cannot be written to
  /// @throws IOException if it cannot be listed
  public static void requireNew(Path folder) throws IOException, FailureException {
    if (RunFolder.exists(folder)) {
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

  /// Begins a run: makes its folder and writes down its settings. Nothing is trained yet.
  ///
  /// @param path of the folder, for which [#requireNew] was asked
  /// @throws IOException if the folder cannot be made
  public static TrainingRun create(Path path, ProblemName problem, MetaTraining training)
      throws IOException {
    return new TrainingRun(RunFolder.create(path, training), problem, training);
  }

  /// Finds a run again.
  ///
  /// The settings come from the folder. Those of the command line are applied to them and must
  /// change nothing: a user who repeats the command of the run is right, one who wants other
  /// settings learns that they would have no effect.
  ///
  /// @param catalog finds its problems
  /// @param path of the folder
  /// @param problem the problem named on the command line, if any
  /// @param given applies the settings named there
  /// @throws IllegalArgumentException if they are not those of the run
  /// @throws IOException if there is no run, or its files are damaged
  public static TrainingRun resume(
      Catalog catalog, Path path, Optional<String> problem, UnaryOperator<MetaTraining> given)
      throws IOException {
    RunFolder folder = RunFolder.open(path);
    ProblemName own = catalog.problem(name(folder));
    MetaTraining training = folder.training(name -> catalog.problem(name).problem());
    training.check();
    if (problem.isPresent()) {
      requireSame(path, own.problem(), catalog.problem(problem.get()).problem());
    }
    requireSame(path, training.toJson(), given.apply(training).toJson());
    return new TrainingRun(folder, own, training);
  }

  /// The name of the run's problem; a plan without one is damaged, and the catalog refuses the
  /// empty name.
  private static String name(RunFolder folder) {
    return folder.plan().has("problem") ? folder.plan().text("problem") : "";
  }

  /// Refuses another problem than the run's. It is named on its own, before the plans are compared,
  /// for the sake of a shorter message.
  private static void requireSame(Path path, Problem own, Problem asked) {
    if (!asked.name().equals(own.name())) {
      throw new IllegalArgumentException(
          "%s is a run for %s, not for %s".formatted(path, own.name(), asked.name()));
    }
  }

  /// Refuses a plan in which something has become another, and names the first difference. Settings
  /// that only one of the two has are differences, too.
  private static void requireSame(Path path, JsonObject own, JsonObject asked) {
    Map<String, String> before = new LinkedHashMap<>();
    Map<String, String> after = new LinkedHashMap<>();
    own.forEachText(before::put);
    asked.forEachText(after::put);
    Set<String> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      String old = before.getOrDefault(key, "none");
      String other = after.getOrDefault(key, "none");
      if (!old.equals(other)) {
        throw new IllegalArgumentException(
            "%s was begun with %s = %s: resuming cannot change it to %s"
                .formatted(path, key, old, other));
      }
    }
  }

  /// Trains to the end, and shows how far it is. If the process is interrupted, the user is told
  /// the command that goes on.
  ///
  /// @return the outcome, also where an earlier process had trained to the end already
  /// @throws IOException if another process has hold of the folder, or a file cannot be read or
  ///   written
  public Ended run(Console console) throws IOException {
    try (RunKeeper keeper = folder.resume(training)) {
      long draws = folder.checkpoint().map(Checkpoint::draws).orElse(0L);
      int unroll = training.estimator().unroll();
      long done = training.episodes().position(draws, unroll).episode();
      boolean more = done < training.episodes().count();
      if (done > 0 && more) {
        console.note("Going on after episode " + Numbers.count(done));
      }
      console.onInterrupt(
          "Stopped. Go on with: ./glissade train --resume %s%s"
              .formatted(folder.path(), problem.options()));
      try (TrainingProgress progress = new TrainingProgress(console, "training", done, training)) {
        return new Ended(training.run(keeper, progress), more);
      } finally {
        console.onInterrupt("");
      }
    }
  }

  /// Says what came out and what to do with it.
  ///
  /// @param ended what [#run] returned
  /// @param seconds that this process took
  /// @throws FailureException if every validation diverged, so that nothing of use came out
  public void printResult(Console console, Ended ended, double seconds) throws FailureException {
    Outcome outcome = ended.outcome;
    if (!Double.isFinite(outcome.validationLoss())) {
      throw new FailureException(
          "every validation diverged: try a lower --learning-rate, or --search-rate 8");
    }
    console.print(
        "%s for @|bold %s|@%s: validation loss @|bold %s|@ after episode %s of %s"
            .formatted(
                ended.trained ? "Trained" : folder.path() + " was trained already",
                training.problem().name(),
                ended.trained ? " in " + Numbers.clock(seconds) : "",
                Numbers.loss(outcome.validationLoss()),
                Numbers.count(outcome.episode()),
                Numbers.count(training.episodes().count())));
    if (outcome.nonFiniteCount() > 0) {
      console.print(
          "%s evaluations gave NaN or infinity".formatted(Numbers.count(outcome.nonFiniteCount())));
    }
    if (!outcome.improved()) {
      console.print(
          "No episode led to anything better than the start (%s): try more --episodes, another"
                  .formatted(Numbers.loss(outcome.startLoss()))
              + " --learning-rate, or --search-rate 8");
    }
    if (ended.trained) {
      console.print("Wrote " + folder.best());
    }
    int steps = training.episodes().steps();
    // The command that is recommended runs as many steps as were trained on.
    String length = steps == training.problem().steps() ? "" : " --steps " + steps;
    console.print(
        "Next: @|bold ./glissade compare %s %s adam momentum rprop%s%s|@"
            .formatted(training.problem().name(), folder.path(), length, problem.options()));
  }
}
