package dev.glissade.app.experiment;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.training.TrainingRun;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.training.Budget;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outcome;
import dev.glissade.training.RunFolder;
import dev.glissade.training.RunKeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A training of an optimizer for an experiment, in the folder of a run as `train` makes it: what
/// was stopped goes on with the same command, or with `train --resume`.
///
/// @param console where progress is shown
/// @param catalog finds its problem
/// @param recipe of the experiment
/// @param folder of the run
/// @param seed if one was given
public record ExperimentTraining(
    Console console, Catalog catalog, TrainingRecipe recipe, Path folder, Optional<Long> seed) {

  /// The name of the optimizer in tables and plots.
  private static final String NAME = "trained";

  /// Makes sure that there can be a training in the folder.
  ///
  /// @throws FailureException if the folder holds anything but a run, or cannot be written to
  public void check() throws IOException, FailureException {
    if (!isBegun()) {
      TrainingRun.requireNew(folder);
    }
  }

  /// Trains an optimizer, or goes on where an earlier training was stopped; one that is finished is
  /// used.
  ///
  /// @param budget for a new training; empty for the number of episodes in the recipe
  /// @return the best optimizer of the run
  /// @throws FailureException if every validation diverged, or not one episode fits into the budget
  public OptimizerName.Learned run(Optional<Duration> budget) throws IOException, FailureException {
    TrainingRun run = isBegun() ? resume() : create(budget);
    Outcome outcome = run.run(console, RunKeeper.EVERY, Optional.empty()).outcome();
    if (!Double.isFinite(outcome.validationLoss())) {
      throw new FailureException(
          "every validation of the training in %s diverged: try another --seed and folder"
              .formatted(folder));
    }
    console.note(
        "Trained on %s: validation loss %s after episode %s of %s"
            .formatted(
                recipe.problem(),
                Numbers.loss(outcome.validationLoss()),
                Numbers.count(outcome.episode()),
                Numbers.count(run.training().episodes().count())));
    return new OptimizerName.Learned(NAME, TrainedOptimizer.load(RunFolder.best(folder)));
  }

  private boolean isBegun() {
    return RunFolder.exists(folder);
  }

  /// Finds the training that was begun, which must follow the recipe as it is now.
  private TrainingRun resume() throws IOException {
    // A budget may have changed the number of episodes.
    return TrainingRun.resume(
        catalog,
        folder,
        Optional.of(recipe.problem()),
        begun -> plan(begun.problem()).withEpisodes(begun.episodes().count()),
        console);
  }

  /// Begins a training, with as many episodes as fit into the budget.
  private TrainingRun create(Optional<Duration> budget) throws IOException, FailureException {
    ProblemName problem = catalog.problem(recipe.problem());
    MetaTraining plan = plan(problem.problem());
    plan.check();
    try {
      return TrainingRun.create(
          folder,
          problem,
          budget.isPresent() ? plan.withEpisodes(Budget.episodes(plan, budget.get())) : plan,
          "");
    } catch (Budget.TooSmallException e) {
      throw new FailureException(String.valueOf(e.getMessage()));
    }
  }

  /// The training that the recipe makes of the problem's usual one.
  private MetaTraining plan(Problem problem) {
    MetaTraining plan = recipe.settings().apply(MetaTraining.of(problem));
    return seed.map(plan::withSeed).orElse(plan);
  }
}
