package dev.glissade.app.training;

import dev.glissade.app.report.TrainingReport;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Markup;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.training.TrainingRun.Ended;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outcome;
import java.util.ArrayList;
import java.util.List;

/// A printer of what came out of a training, and of what to do with it.
public final class TrainingText {

  private TrainingText() {}

  /// Prints the end of a run.
  ///
  /// @param ended what [TrainingRun#run] returned
  /// @param report of it
  public static void print(Console console, TrainingRun run, Ended ended, TrainingReport report) {
    MetaTraining training = run.training();
    console.print(
        "%s for @|bold %s|@%s: validation loss @|bold %s|@ %s"
            .formatted(
                ended.trained() ? "Trained" : run.folder().path() + " was trained already",
                training.problem().name(),
                ended.trained() ? " in " + Numbers.clock(report.seconds()) : "",
                Numbers.loss(report.validationLoss()),
                kept(training, ended.outcome())));
    report.remarks().forEach(console::print);
    if (ended.trained()) {
      console.print("Wrote " + Markup.literal(run.folder().best().toString()));
    }
    List<Object> next = new ArrayList<>(List.of("compare", training.problem().name()));
    next.addAll(List.of(run.folder().path(), "adam", "momentum", "rprop"));
    int steps = training.episodes().steps();
    if (steps != training.problem().steps()) {
      next.addAll(List.of("--steps", steps));
    }
    console.print("Next: @|bold %s|@".formatted(Markup.literal(run.command(next.toArray()))));
  }

  /// Which weights were kept.
  private static String kept(MetaTraining training, Outcome outcome) {
    String episodes = Numbers.count(training.episodes().count());
    return outcome.averaged()
        ? "with the average over the last third of %s episodes".formatted(episodes)
        : "after episode %s of %s".formatted(Numbers.count(outcome.episode()), episodes);
  }
}
