package dev.glissade.app.training;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.report.ReportFiles;
import dev.glissade.app.report.TrainingReport;
import dev.glissade.app.tensorboard.TrainingEvents;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.app.terminal.Shell;
import dev.glissade.file.JsonObject;
import dev.glissade.file.MalformedFileException;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outcome;
import dev.glissade.training.Outer;
import dev.glissade.training.RateSearch;
import dev.glissade.training.RunFolder;
import dev.glissade.training.RunKeeper;
import dev.glissade.training.TrainingListener;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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

  /// The files that a run in this folder has or may come to have.
  public static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>(RunFolder.files(folder));
    files.addAll(ReportFiles.of(folder, TrainingReport.NAME));
    return files;
  }

  /// Makes sure that a new run can be made in a folder: a run that is there is not overwritten, nor
  /// is anything else.
  ///
  /// @throws FailureException if the folder holds anything or cannot be written to
  /// @throws IOException if it cannot be listed
  public static void requireNew(Path folder) throws IOException, FailureException {
    if (RunFolder.exists(folder)) {
      throw new FailureException(
          "%s holds a run already: go on with --resume %s, or choose another folder"
              .formatted(folder, Shell.word(folder)));
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
  /// @param command that begins it; empty if it is part of something larger
  /// @throws IOException if the folder cannot be made
  public static TrainingRun create(
      Path path, ProblemName problem, MetaTraining training, String command) throws IOException {
    return new TrainingRun(RunFolder.create(path, training, command), problem, training);
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
  /// @param console is told what it means that there are more episodes than before
  /// @throws IllegalArgumentException if they are not those of the run, more episodes of a finished
  ///   one aside
  public static TrainingRun resume(
      Catalog catalog,
      Path path,
      Optional<String> problem,
      UnaryOperator<MetaTraining> given,
      Console console)
      throws IOException {
    RunFolder folder = RunFolder.open(path);
    ProblemName own = catalog.problem(name(folder));
    MetaTraining training = folder.training(name -> catalog.problem(name).problem());
    training.check();
    if (problem.isPresent()) {
      requireSame(path, own.problem(), catalog.problem(problem.get()).problem());
    }
    long before = training.episodes().count();
    MetaTraining asked = given.apply(training);
    long episodes = asked.episodes().count();
    requireSame(
        path, training.toJson(), (episodes > before ? asked.withEpisodes(before) : asked).toJson());
    if (episodes <= before) {
      return new TrainingRun(folder, own, training);
    }
    RunFolder longer = folder.lengthen(training, episodes);
    if (training.outer().teacher() instanceof Outer.HandDesigned(_, boolean fading) && fading) {
      console.note(
          "The learning rate fades over all %s episodes now: it jumps up again"
              .formatted(Numbers.count(episodes)));
    }
    return new TrainingRun(longer, own, training.withEpisodes(episodes));
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
  /// @param every the time after which an episode's end is kept
  /// @param events the folder of events for TensorBoard; empty for none
  /// @return the outcome, also where an earlier process had trained to the end already
  /// @throws IOException if another process has hold of the folder, or a file cannot be read or
  ///   written
  public Ended run(Console console, Duration every, Optional<Path> events) throws IOException {
    try (RunKeeper keeper = folder.resume(training, every)) {
      long draws = keeper.latest().map(it -> it.progress().draws()).orElse(0L);
      for (MalformedFileException damaged : keeper.damaged()) {
        console.note("Passed over: " + damaged.getMessage());
      }
      int unroll = training.estimator().unroll();
      long done = training.episodes().position(draws, unroll).episode();
      boolean more = done < training.episodes().count();
      if (done > 0 && more) {
        console.note("Going on after episode " + Numbers.count(done));
      }
      String goOn = "Stopped. Go on with: " + command("train", "--resume", folder.path());
      console.onInterrupt(() -> kept(keeper, goOn));
      try (TrainingProgress progress = new TrainingProgress(console, "training", done, training)) {
        return new Ended(run(keeper, progress, events, done), more);
      } catch (FileSystemException e) { // a full disk, say: the run itself is sound
        console.note(goOn);
        throw e;
      } finally {
        console.onInterrupt("");
      }
    }
  }

  private Outcome run(RunKeeper keeper, TrainingListener progress, Optional<Path> events, long done)
      throws IOException {
    if (events.isEmpty()) {
      return training.run(keeper, progress);
    }
    try (TrainingEvents written = TrainingEvents.open(events.get(), done)) {
      return training.run(keeper, progress.and(written));
    }
  }

  /// Keeps what was done, whatever ends the process.
  private static String kept(RunKeeper keeper, String goOn) {
    try {
      keeper.keep();
      return goOn;
    } catch (IOException e) {
      return "%s (the last episodes are lost: %s)".formatted(goOn, e.getMessage());
    }
  }

  /// Puts together what came out, and all that was measured on the way.
  ///
  /// @param ended what [#run] returned
  /// @param seconds that this process took
  /// @param rates what was tried before
  /// @throws FailureException if every validation diverged, so that nothing of use came out
  public TrainingReport report(Ended ended, double seconds, List<RateSearch.Trial> rates)
      throws IOException, FailureException {
    if (!Double.isFinite(ended.outcome.validationLoss())) {
      throw new FailureException(
          "every validation diverged: try a lower --learning-rate, or --search-rate 8");
    }
    return TrainingReport.of(
        folder.path().toString(),
        training,
        ended.outcome,
        folder.metrics(),
        seconds,
        rates,
        folder.command().orElse(""));
  }

  /// A command that finds the problem again.
  String command(Object... words) {
    return Shell.command(Stream.concat(Stream.of(words), problem.options().stream()).toArray());
  }
}
