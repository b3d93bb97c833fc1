package dev.glissade.app.cli;

import dev.glissade.meta.MetaTrainingConfiguration;
import dev.glissade.meta.TrainingListener;
import dev.glissade.meta.TrainingMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Turns a time into a number of episodes, so that a run can be repeated: the number goes into
/// `run.json`, the time does not.
final class Budget {

  /// How long to measure at least: the JVM must have compiled what it runs.
  private static final double MEASURE = 2.5;

  /// Of so many episodes, a percentage is a whole number.
  private static final long MANY = 10_000;

  private Budget() {}

  /// How many episodes of a plan fit, the time for measuring it included.
  ///
  /// @throws FailureException if not one does
  static long episodes(TrainingPlan plan, int threads, Duration budget) throws FailureException {
    double total = budget.toMillis() / 1e3;
    long start = System.nanoTime();
    Stopwatch stopwatch = new Stopwatch();
    double spent = 0;
    TrainingPlan even = plan.with("curriculum", "");
    for (long episodes = 2; spent < Math.min(MEASURE, total / 4); episodes *= 2) {
      stopwatch = new Stopwatch();
      even.with("episodes", episodes).training(threads).run(stopwatch);
      spent = (System.nanoTime() - start) / 1e9;
    }
    long every = plan.configuration().validateEvery();
    double cost =
        stopwatch.episodeSeconds() * meanLength(plan) + stopwatch.validationSeconds() / every;
    long episodes = (long) ((total - spent) / cost);
    if (episodes < 1) {
      throw new FailureException(
          "not one episode fits into the budget: one takes %s s here; give more time, or make --steps or --batch smaller"
              .formatted(Numbers.digits(cost, 2)));
    }
    return episodes > every ? episodes / every * every : episodes;
  }

  /// How long the episodes of a plan are, as a part of the last.
  private static double meanLength(TrainingPlan plan) {
    MetaTrainingConfiguration configuration = plan.with("episodes", MANY).configuration();
    long draws = configuration.plan().curriculum().draws(MANY, configuration.unroll());
    return (double) draws / MANY * configuration.unroll() / configuration.steps();
  }

  /// Measures episodes and validations apart.
  private static final class Stopwatch implements TrainingListener {
    private final List<Long> episodes = new ArrayList<>();
    private long last = System.nanoTime();
    private long validations;
    private long validated;

    @Override
    public void episode(long episode, long total, double metaLoss) {
      long now = System.nanoTime();
      episodes.add(now - last);
      last = now;
    }

    @Override
    public void validated(TrainingMetrics metrics) {
      long now = System.nanoTime();
      validated += now - last;
      validations++;
      last = now;
    }

    /// The median: the first ones are slow.
    double episodeSeconds() {
      return episodes.stream().sorted().toList().get(episodes.size() / 2) / 1e9;
    }

    double validationSeconds() {
      return validated / 1e9 / Math.max(1, validations);
    }
  }
}
