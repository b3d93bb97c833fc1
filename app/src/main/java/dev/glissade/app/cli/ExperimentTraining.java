package dev.glissade.app.cli;

import dev.glissade.app.experiment.TrainingRecipe;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Trains an optimizer for an experiment, in the folder of a run as `train` makes it.
///
/// @param context where progress is shown
/// @param recipe of the experiment
/// @param folder of the run
/// @param seed if one was given
record ExperimentTraining(
    Context context, TrainingRecipe recipe, Path folder, Optional<Long> seed) {

  private static final String NAME = "trained";

  /// Sees to it that there can be a training in the folder.
  void check() throws IOException, FailureException {
    if (!isBegun()) {
      TrainingRun.requireNew(folder);
    }
  }

  /// Trains, or goes on where an earlier training was stopped; one that is finished is used.
  ///
  /// @param budget for a new training; empty for the number of episodes in the recipe
  OptimizerArgument.Learned run(Optional<Duration> budget) throws IOException, FailureException {
    TrainingRun run = isBegun() ? resume() : TrainingRun.create(folder, plan(budget));
    MetaTraining.Result result = run.run(context);
    if (!Double.isFinite(result.validationLoss())) {
      throw new FailureException(
          "every validation of the training in %s diverged: try another --seed and folder"
              .formatted(folder));
    }
    context
        .console()
        .note(
            "Trained on %s: validation loss %s after episode %s of %s"
                .formatted(
                    recipe.problem(),
                    Numbers.loss(result.validationLoss()),
                    Numbers.count(result.episode()),
                    Numbers.count(run.plan().configuration().episodes())));
    return new OptimizerArgument.Learned(NAME, TrainedOptimizer.load(RunFolder.best(folder)));
  }

  private boolean isBegun() {
    return Files.exists(folder.resolve("run.json"));
  }

  private TrainingRun resume() throws IOException {
    Map<String, String> settings = settings();
    settings.remove("episodes"); // a budget may have changed them
    return TrainingRun.resume(folder, Optional.of(recipe.problem()), settings);
  }

  private TrainingPlan plan(Optional<Duration> budget) throws IOException, FailureException {
    Map<String, String> settings = settings();
    Optional<String> start = Optional.ofNullable(settings.remove("start"));
    TrainingPlan plan = TrainingPlan.of(ProblemArgument.parse(recipe.problem()));
    if (start.isPresent()) {
      plan = plan.withStart(OptimizerArgument.parseLearned(start.get()));
    }
    plan = plan.with(settings);
    plan.check();
    return budget.isPresent() ? plan.with("episodes", Budget.episodes(plan, budget.get())) : plan;
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(recipe.settings());
    seed.ifPresent(s -> settings.put("seed", s.toString()));
    return settings;
  }
}
