package dev.glissade.evaluation;

import dev.glissade.evaluation.LearningRateSearch.Result;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Guarded;
import dev.glissade.optimizer.Rule;
import java.io.IOException;
import java.util.function.Consumer;

/// The learning rates of baselines, searched for on VALIDATION instances and remembered.
public final class Tuning {

  /// The seed of all tunings, one for all: the rate of a baseline belongs to the problem and the
  /// number of steps, not to the comparison that asks for it.
  public static final long SEED = 1;

  private final TuningCache cache;
  private final Evaluation validation;
  private final Goal goal;
  private final Consumer<IOException> notKept;

  /// A tuning on these instances for the loss after the last step.
  ///
  /// @param cache of earlier searches
  /// @param validation on which rates are judged
  /// @param notKept is told why a rate that was found could not be remembered
  public Tuning(TuningCache cache, Evaluation validation, Consumer<IOException> notKept) {
    this(cache, validation, Goal.LAST_STEP, notKept);
  }

  /// A tuning on these instances.
  ///
  /// @param cache of earlier searches
  /// @param validation on which rates are judged
  /// @param goal what they are judged by
  /// @param notKept is told why a rate that was found could not be remembered
  public Tuning(
      TuningCache cache, Evaluation validation, Goal goal, Consumer<IOException> notKept) {
    this.cache = cache;
    this.validation = validation;
    this.goal = goal;
    this.notKept = notKept;
  }

  /// An optimizer that can be run: a rule without a rate gets the tuned one, a remembered one or a
  /// search's.
  ///
  /// @param progress is told of each run when it is done
  public Contender contender(Entrant entrant, RunListener progress) {
    return switch (entrant) {
      case Entrant.Ready(var contender) -> contender;
      case Entrant.Untuned(var name, var baseline) ->
          cache
              .find(baseline, validation, goal)
              .<Contender>map(found -> found(name, baseline, found))
              .orElseGet(() -> searched(name, baseline, progress));
      case Entrant.Watched(var name, var inner, var fallback) ->
          watched(name, contender(inner, progress), contender(fallback, progress));
    };
  }

  private static Contender watched(String name, Contender inner, Contender fallback) {
    return new Contender.Learned(
        name,
        "%s, guarded by %s".formatted(described(inner), described(fallback)),
        new Guarded<>(inner.optimizer(), fallback.optimizer()));
  }

  private static String described(Contender contender) {
    return switch (contender) {
      case Contender.Designed(_, var rule, _, _) -> rule.toString();
      case Contender.Learned(_, var summary, _) -> summary;
    };
  }

  private Contender searched(String name, Baseline baseline, RunListener progress) {
    return switch (search(baseline, progress)) {
      case LearningRateSearch.Found found -> found(name, baseline, found);
      case LearningRateSearch.AllDiverged(var trials) -> {
        Rule rule = baseline.rule(trials.getFirst().learningRate(), validation.steps());
        yield new Contender.Designed(name, rule, RateSource.NONE_FOUND, trials);
      }
    };
  }

  private Contender found(String name, Baseline baseline, LearningRateSearch.Found found) {
    Rule rule = baseline.rule(found.best().learningRate(), validation.steps());
    return new Contender.Designed(name, rule, RateSource.TUNED, found.trials());
  }

  /// Searches anew, and remembers what was found.
  ///
  /// @param progress is told of each run when it is done
  public Result search(Baseline baseline, RunListener progress) {
    Result result =
        new LearningRateSearch(validation, goal::score)
            .search((rate, steps) -> baseline.rule(rate, steps).optimizer(), progress);
    switch (result) {
      case LearningRateSearch.Found found -> remember(baseline, found);
      case LearningRateSearch.AllDiverged _ -> {} // to be seen again, not to be believed
    }
    return result;
  }

  private void remember(Baseline baseline, LearningRateSearch.Found found) {
    try {
      cache.put(baseline, validation, goal, found);
    } catch (IOException e) {
      notKept.accept(e);
    }
  }

  /// The bytes that a search takes at least: one rate is tried after the other.
  public double leastBytes() {
    return validation.leastBytes();
  }

  /// About how many runs a search takes.
  public long runs() {
    return LearningRateSearch.runs(validation.instances());
  }

  /// About how many runs it takes to know what an entrant runs at; none if that is known.
  public long runs(Entrant entrant) {
    return switch (entrant) {
      case Entrant.Ready _ -> 0;
      case Entrant.Untuned(_, var baseline) ->
          cache.find(baseline, validation, goal).isPresent() ? 0 : runs();
      case Entrant.Watched(_, var inner, var fallback) -> runs(inner) + runs(fallback);
    };
  }
}
