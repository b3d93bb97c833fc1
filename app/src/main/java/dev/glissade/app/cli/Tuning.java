package dev.glissade.app.cli;

import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.terminal.Progress;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.LearningRateSearch;
import dev.glissade.evaluation.LearningRateSearch.Trial;
import dev.glissade.evaluation.TuningCache;
import dev.glissade.optimizer.Baseline;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/// The learning rates of baselines, searched for on VALIDATION instances and remembered.
///
/// @param context where progress is shown
/// @param cache of earlier searches
/// @param validation on which rates are judged
record Tuning(Context context, TuningCache cache, Evaluation validation) {

  /// One seed for all: the rate of a baseline belongs to the problem and the number of steps, not
  /// to the comparison that asks for it.
  static final long SEED = 1;

  /// How many trials a search makes, more or less: for progress only.
  private static final int TRIALS = 20;

  /// Searches on these instances; remembers in the user's cache.
  static Tuning of(Context context, Evaluation validation) {
    return new Tuning(
        context, new TuningCache(context.cacheFolder().resolve("tuning")), validation);
  }

  /// An optimizer that can be run: baselines without a rate get the tuned one.
  Contender contender(OptimizerName argument) {
    return switch (argument) {
      case OptimizerName.Learned(var name, var trained) ->
          new Contender(
              name,
              false,
              Map.of("architecture", trained.architecture().summary()),
              trained.optimizer());
      case OptimizerName.Named(var name, var baseline, var fixed) -> {
        double rate = fixed.orElseGet(() -> rate(baseline));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("learningRate", Double.toString(rate));
        baseline.settings().forEach(it -> settings.put(it.name(), Double.toString(it.value())));
        yield new Contender(name, true, settings, baseline.at(rate));
      }
    };
  }

  /// The tuned learning rate of a baseline: a remembered one, or a search's.
  double rate(Baseline baseline) {
    return cache.find(baseline, validation).orElseGet(() -> search(baseline).best().learningRate());
  }

  /// About how many runs it takes to know the rate of a baseline.
  long runs(Baseline baseline) {
    boolean known = cache.find(baseline, validation).isPresent();
    return known ? 0 : (long) TRIALS * validation.instances();
  }

  /// The same tuning, on instances that tell when they are run.
  Tuning watched(LongConsumer listener) {
    return new Tuning(context, cache, WatchedProblem.watch(validation, listener));
  }

  /// Searches anew, and remembers the result.
  LearningRateSearch.Result search(Baseline baseline) {
    long total = (long) TRIALS * validation.instances();
    String title = "tuning " + baseline.name();
    try (Progress progress = new Progress(context.console(), title, 0, total)) {
      Evaluation watched =
          WatchedProblem.watch(validation, done -> progress.update(Math.min(done, total - 1), ""));
      LearningRateSearch.Result result =
          new LearningRateSearch(watched).search(baseline::at, _ -> {});
      remember(baseline, result.best());
      return result;
    }
  }

  private void remember(Baseline baseline, Trial best) {
    try {
      cache.put(baseline, validation, best);
    } catch (IOException e) {
      context.console().note("Tuned rates cannot be kept: " + Errors.describe(e));
    }
  }
}
