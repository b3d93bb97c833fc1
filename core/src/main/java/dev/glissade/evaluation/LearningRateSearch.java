package dev.glissade.evaluation;

import dev.glissade.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Finds the learning rate with the best mean final loss, from 10⁻¹² to 10⁶: a grid of two points a
/// decade from 10⁻⁵ to 10, from whose best point it climbs to the best neighbour until none is
/// better; then three rounds of halving the distance (in the logarithm) and climbing again. The
/// rate found is within 8 % of a local optimum. Where runs get stuck at every rate of the grid, it
/// goes down until they do not.
///
/// The grid is only to find the right decade: of more than 100 steps it takes a quarter, 100 at
/// least. Everything after it is judged on all steps.
///
/// @param evaluation on which it is judged; VALIDATION instances
public record LearningRateSearch(Evaluation evaluation) {

  /// Points of the grid in a decade: rates are 10^(e/STEPS), e a whole number. One grid for all
  /// rounds, so that no rate is tried twice.
  private static final int STEPS = 16;

  private static final int COARSE = STEPS / 2;
  private static final int FIRST = -5 * STEPS;
  private static final int LAST = STEPS;
  private static final int LOWEST = -12 * STEPS;
  private static final int HIGHEST = 6 * STEPS;
  private static final int SHORT_RUN = 100;

  /// Optimizers that differ in their learning rates.
  @FunctionalInterface
  public interface Family {

    /// The optimizer at a rate, for runs of so many steps: a rate that fades does so over the run
    /// that is made, also where that is a short one.
    Optimizer<?> at(double learningRate, int steps);
  }

  /// A learning rate that was tried, and what came of it.
  ///
  /// @param loss the mean final loss; +∞ if any run got stuck
  public record Trial(double learningRate, double loss) {}

  /// What came of a search.
  public sealed interface Result {

    /// The trials of the search, by learning rate.
    List<Trial> trials();
  }

  /// A search that found a rate.
  ///
  /// @param best the best trial
  /// @param trials all with the full number of steps, by learning rate
  public record Found(Trial best, List<Trial> trials) implements Result {

    public Found {
      trials = List.copyOf(trials);
    }
  }

  /// A search that failed: at every rate some run got stuck.
  ///
  /// @param trials all, by learning rate, at least one
  public record AllDiverged(List<Trial> trials) implements Result {

    public AllDiverged {
      trials = List.copyOf(trials);
    }
  }

  /// Whether a search could find this rate.
  static boolean covers(double rate) {
    return rate(LOWEST) <= rate && rate <= rate(HIGHEST);
  }

  private static double rate(int exponent) {
    return Math.pow(10, (double) exponent / STEPS);
  }

  /// Searches for the best learning rate of a family of optimizers.
  ///
  /// @param family the optimizer at a learning rate
  /// @param progress is told of each run when it is done
  public Result search(Family family, RunListener progress) {
    int shortRun = Math.min(evaluation.steps(), Math.max(SHORT_RUN, evaluation.steps() / 4));
    Losses coarse = new Losses(evaluation.withSteps(shortRun), family, progress);
    int best = coarse.climb(coarse.descend(coarse.bestOfGrid()), COARSE);
    if (coarse.diverged(best)) {
      return new AllDiverged(coarse.all());
    }
    Losses losses =
        shortRun == evaluation.steps() ? coarse : new Losses(evaluation, family, progress);
    best = losses.descend(best);
    for (int distance = COARSE / 2; distance >= 1; distance /= 2) {
      best = losses.climb(best, distance);
    }
    return losses.diverged(best)
        ? new AllDiverged(losses.all())
        : new Found(losses.trial(best), losses.all());
  }

  /// The losses at the points of the grid that were tried.
  private static final class Losses {
    private final TreeMap<Integer, Trial> tried = new TreeMap<>();
    private final Evaluation evaluation;
    private final Family family;
    private final RunListener progress;

    Losses(Evaluation evaluation, Family family, RunListener progress) {
      this.evaluation = evaluation;
      this.family = family;
      this.progress = progress;
    }

    int bestOfGrid() {
      int best = FIRST;
      for (int e = FIRST; e <= LAST; e += COARSE) {
        best = better(best, e);
      }
      return best;
    }

    /// The first rate from here downwards at which nothing diverges; the lowest, if there is none.
    int descend(int start) {
      int e = start;
      while (diverged(e) && e > LOWEST) {
        e = Math.max(LOWEST, e - COARSE);
      }
      return e;
    }

    /// Climbs from neighbour to better neighbour, until none is better.
    int climb(int start, int distance) {
      int best = start;
      int centre;
      do {
        centre = best;
        best = better(best, Math.max(LOWEST, centre - distance));
        best = better(best, Math.min(HIGHEST, centre + distance));
      } while (best != centre);
      return best;
    }

    private int better(int a, int b) {
      return trial(b).loss < trial(a).loss ? b : a;
    }

    boolean diverged(int e) {
      return !Double.isFinite(trial(e).loss);
    }

    Trial trial(int exponent) {
      return tried.computeIfAbsent(
          exponent,
          e -> {
            double rate = rate(e);
            Optimizer<?> optimizer = family.at(rate, evaluation.steps());
            return new Trial(rate, evaluation.run(optimizer, progress).score());
          });
    }

    List<Trial> all() {
      return new ArrayList<>(tried.values());
    }
  }
}
