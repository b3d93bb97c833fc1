package dev.glissade.training;

import dev.glissade.meta.Curriculum;
import dev.glissade.meta.Episodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Turns a time into a number of episodes, so that a run can be repeated: the number is part of the
/// training, the time is not.
public final class Budget {

  /// The seconds of a training that tells how long an episode takes, if one half as long told the
  /// same.
  private static final double MEASURE = 2;

  /// The seconds of a training that tells it in any case: until then the JVM has compiled what it
  /// runs.
  private static final double LONG = 20;

  /// The part of an episode's time that may be missing in the next, longer measurement.
  private static final double TOLERANCE = 0.2;

  /// A number of episodes of which any percentage is a whole number.
  private static final long MANY = 10_000;

  private static final String REMEDY =
      "give more time, or make the steps, the batch or the validation instances fewer";

  private Budget() {}

  /// A budget in which not one episode fits.
  public static final class TooSmallException extends Exception {
    private static final long serialVersionUID = 1;

    private TooSmallException(String problem) {
      super(problem + "; " + REMEDY);
    }
  }

  /// The number of a training's episodes that fit into a budget, the time for measuring it
  /// included.
  ///
  /// @throws TooSmallException if not one does
  public static long episodes(MetaTraining training, Duration budget) throws TooSmallException {
    double total = budget.toMillis() / 1e3;
    long start = System.nanoTime();
    Stopwatch stopwatch = measure(training, start, budget);
    double spent = (System.nanoTime() - start) / 1e9;
    long every = training.validation().every();
    double cost =
        stopwatch.episodeSeconds() * meanLength(training) + stopwatch.validationSeconds() / every;
    long episodes = (long) ((total - spent) / cost);
    if (episodes < 1) {
      throw new TooSmallException(
          String.format(
              Locale.ROOT,
              "not one episode fits into the budget: one takes %.2g s here, and to find that out"
                  + " took %.2g s",
              cost,
              spent));
    }
    return episodes > every ? episodes / every * every : episodes;
  }

  /// Trains for a while, and then for longer, until the JVM is warm or a quarter of the time is
  /// gone.
  private static Stopwatch measure(MetaTraining training, long start, Duration budget)
      throws TooSmallException {
    Episodes even =
        training.episodes().withCurriculum(Curriculum.constant(training.episodes().steps()));
    double before = Double.POSITIVE_INFINITY;
    try {
      for (long count = 1; ; count *= 2) {
        Stopwatch stopwatch = new Stopwatch(start + budget.toNanos());
        training.withEpisodes(even.withCount(count)).run(stopwatch);
        boolean late = System.nanoTime() - start > budget.toNanos() / 4;
        if (late || stopwatch.isSettled(before)) {
          return stopwatch;
        }
        before = stopwatch.episodeSeconds();
      }
    } catch (Spent e) {
      throw new TooSmallException(
          "the budget was spent before it was known how long an episode takes");
    }
  }

  /// The mean length of a training's episodes, as a part of that of the last.
  private static double meanLength(MetaTraining training) {
    int unroll = training.estimator().unroll();
    Episodes many = training.episodes().withCount(MANY);
    return (double) many.draws(unroll) / MANY * unroll / many.steps();
  }

  /// Ends a measurement that takes longer than the whole budget.
  private static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// Measures episodes and validations apart.
  private static final class Stopwatch implements TrainingListener {
    private final long deadline;
    private final List<Long> episodes = new ArrayList<>();
    private long last = System.nanoTime();
    private long validations;
    private long validated;

    Stopwatch(long deadline) {
      this.deadline = deadline;
    }

    @Override
    public void episode(TrainingMetrics metrics) {
      episodes.add(lap());
    }

    @Override
    public void validated(TrainingMetrics metrics) {
      validated += lap();
      validations++;
    }

    private long lap() {
      long now = System.nanoTime();
      if (now - deadline > 0) {
        throw new Spent();
      }
      long lap = now - last;
      last = now;
      return lap;
    }

    /// Whether the JVM has compiled what it runs.
    ///
    /// @param before what an episode took in the measurement before
    boolean isSettled(double before) {
      double total = episodes.stream().mapToLong(Long::longValue).sum() / 1e9;
      boolean steady = episodeSeconds() >= (1 - TOLERANCE) * before;
      return total >= LONG || (total >= MEASURE && steady);
    }

    /// The median time of an episode, because the first ones are slow; infinite before the first.
    double episodeSeconds() {
      if (episodes.isEmpty()) {
        return Double.POSITIVE_INFINITY;
      }
      return episodes.stream().sorted().toList().get(episodes.size() / 2) / 1e9;
    }

    double validationSeconds() {
      return validated / 1e9 / Math.max(1, validations);
    }
  }
}
