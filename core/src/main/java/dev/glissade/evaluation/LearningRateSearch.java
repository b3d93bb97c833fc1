package dev.glissade.evaluation;

import dev.glissade.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Finds the learning rate with the best mean final loss, or whatever else judges runs, from 10⁻¹²
/// to 10⁶, by successive halving over distances, instances and steps: rates race on few instances
/// while they are far apart, and on more, the earlier ones among them, as they come closer.
///
/// | rates apart | on instances | steps |
/// | --- | --- | --- |
/// | half a decade, from 10⁻⁵ to 10 | 1/16, 4 at least | 1/4, 50 at least |
/// | 1/4 of a decade | 1/8 | all |
/// | 1/8 | 1/4 | all |
/// | 1/16 | 1/2 | all |
/// | 1/16: the best two of the row above | all | all |
///
/// In each row the search climbs from the best rate of the row above to the best neighbour, until
/// none is better. Where a run gets stuck, it first goes down until none does. So the rate found is
/// within 8 % of a local optimum, of the first half of the instances at least, for about a fifth of
/// the steps that the whole grid would take.
///
/// Reference: K. Jamieson, A. Talwalkar, *Non-stochastic best arm identification and hyperparameter
/// optimization*, AISTATS 2016. There arms are halved; here they are neighbours on a line, and
/// those that are left lie around the best.
///
/// @param evaluation on which rates are judged; VALIDATION instances
/// @param judge how bad runs are; +∞ where any got stuck
public record LearningRateSearch(Evaluation evaluation, ToDoubleFunction<Runs> judge) {

  /// Points of the grid in a decade: rates are 10^(e/STEPS), e a whole number. One grid for all
  /// rounds, so that no rate is tried twice.
  private static final int STEPS = 16;

  private static final int COARSE = STEPS / 2;
  private static final int FIRST = -5 * STEPS;
  private static final int LAST = STEPS;
  private static final int LOWEST = -12 * STEPS;
  private static final int HIGHEST = 6 * STEPS;
  private static final int SHORT_RUN = 50;

  /// The least number of instances that anything is judged on, if there are so many.
  private static final int FEWEST = 4;

  /// A search for the best mean final loss.
  public LearningRateSearch(Evaluation evaluation) {
    this(evaluation, Runs::score);
  }

  /// Optimizers that differ in their learning rates.
  @FunctionalInterface
  public interface Family {

    /// The optimizer at a rate, for runs of so many steps: a rate that fades does so over the run
    /// that is made, also where that is a short one.
    Optimizer<?> at(double learningRate, int steps);
  }

  /// A learning rate that was tried, and what came of it.
  ///
  /// @param learningRate η
  /// @param loss the mean final loss, or what else the search judges by; +∞ if any run got stuck
  /// @param foundLoss the loss of the rate that the search found, on the same instances and steps:
  ///   to compare with, since trials differ in what they were run on
  /// @param instances that it was run on, the first ones
  /// @param steps of each run
  public record Trial(
      double learningRate, double loss, double foundLoss, int instances, int steps) {}

  /// What came of a search.
  public sealed interface Result {

    /// The trials of the search, by learning rate: of each the one with the most steps, on the most
    /// instances.
    List<Trial> trials();
  }

  /// A search that found a rate.
  ///
  /// @param best the best trial, on all instances
  /// @param trials all, by learning rate
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

  /// The rate of a point of the grid.
  static double rate(int exponent) {
    return Math.pow(10, (double) exponent / STEPS);
  }

  /// About how many runs a search takes, short ones too: for progress only.
  static long runs(int instances) {
    int grid = (LAST - FIRST) / COARSE + 1;
    return (long) grid * share(instances, 16)
        + 3L * (share(instances, 8) + share(instances, 4) + share(instances, 2))
        + instances;
  }

  /// A share of the instances.
  private static int share(int instances, int divisor) {
    return Math.min(instances, Math.max(FEWEST, instances / divisor));
  }

  /// Searches for the best learning rate of a family of optimizers.
  ///
  /// @param family the optimizer at a learning rate
  /// @param progress is told of each run when it is done
  public Result search(Family family, RunListener progress) {
    int all = evaluation.instances();
    int steps = evaluation.steps();
    int shortRun = Math.min(steps, Math.max(SHORT_RUN, steps / 4));
    Race sprint = new Race(evaluation.withSteps(shortRun), judge, family, progress);
    Race race = shortRun == steps ? sprint : new Race(evaluation, judge, family, progress);
    Rung first = new Rung(sprint, share(all, 16));
    int best = first.climb(first.descend(first.bestOfGrid()), COARSE);
    for (int distance = COARSE / 2; distance >= 1; distance /= 2) {
      Rung rung = new Rung(race, share(all, 2 * distance));
      best = rung.climb(rung.descend(best), distance);
    }
    best = last(new Rung(race, share(all, 2)), new Rung(race, all), best);
    NavigableMap<Integer, Trial> trials = sprint.trials(best);
    trials.putAll(race.trials(best));
    List<Trial> list = new ArrayList<>(trials.values());
    Trial found = Objects.requireNonNull(trials.get(best));
    return Double.isFinite(found.loss) ? new Found(found, list) : new AllDiverged(list);
  }

  /// The best rate on all instances: the one that was best on half of them, unless its better
  /// neighbour there, or where a run gets stuck a lower one, is.
  private static int last(Rung half, Rung all, int best) {
    int sound = all.descend(best);
    if (sound != best) {
      int found = sound;
      for (int distance = COARSE / 2; distance >= 1; distance /= 2) {
        found = all.climb(found, distance);
      }
      return found;
    }
    int below = Math.max(LOWEST, best - 1);
    int above = Math.min(HIGHEST, best + 1);
    int rival = half.better(above, below);
    return all.better(best, rival) == best ? best : all.climb(rival, 1);
  }

  /// A row of the table above: rates on so many instances.
  private record Rung(Race race, int instances) {

    int bestOfGrid() {
      int points = (LAST - FIRST) / COARSE + 1;
      race.prepare(IntStream.range(0, points).map(i -> FIRST + i * COARSE), instances);
      int best = FIRST;
      for (int e = FIRST; e <= LAST; e += COARSE) {
        best = better(best, e);
      }
      return best;
    }

    /// The first rate from here downwards at which nothing diverges; the lowest, if there is none.
    int descend(int start) {
      int e = start;
      while (!Double.isFinite(loss(e)) && e > LOWEST) {
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
        int below = Math.max(LOWEST, centre - distance);
        int above = Math.min(HIGHEST, centre + distance);
        race.prepare(IntStream.of(centre, below, above), instances);
        best = better(better(best, below), above);
      } while (best != centre);
      return best;
    }

    int better(int a, int b) {
      race.prepare(IntStream.of(a, b), instances);
      return loss(b) < loss(a) ? b : a;
    }

    double loss(int exponent) {
      return race.loss(exponent, instances);
    }
  }
}
