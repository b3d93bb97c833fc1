package dev.glissade.evaluation;

import dev.glissade.Optimizer;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Finds the learning rate with the best mean final loss, or whatever else judges runs, from 10⁻¹²
/// to 10⁶, by successive halving over distances and instances: rates race on few instances while
/// they are far apart, and on more, the earlier ones among them, as they come closer.
///
/// | rates | on instances |
/// | --- | --- |
/// | decades, from 10⁻³ to 10 and on from the best of them | 1/8, 4 at least |
/// | the best two of these | 1/4 |
/// | the best of the row above, and half a decade below and above | 1/8 |
/// | the same with 1/4 of a decade | 1/8 |
/// | with 1/8 | 1/4 |
/// | with 1/16 | 1/2 |
/// | the best of the row above and its better neighbour | all |
///
/// Every run has all steps: what is best for a short run may end a long one far up. A rate beats
/// another if it is better on average. In the first five rows, which know a few instances only, a
/// higher one must be better by a standard error of the paired differences, too: as much as one
/// instance alone, however large, does not give. For a rate that is too low is worse on nearly
/// every instance, and is found out; one that is too high may be lucky on all but a few, which are
/// yet to come. In the row of half a decade a lower one must, too, where the row knows 8 instances:
/// where runs are noisy, as those of Rprop with minibatches, a lower one wins by chance as well,
/// and from the middle the rows below can go either way. Where the best rate of a row does harm on
/// the instances of the next one, the search goes down until none is done: where a run gets stuck,
/// or runs end on average above where the worst of them began. For a rate that blows up one run in
/// twenty may be the best on a few instances, and its neighbours are no better.
///
/// That takes 4 to 5 times the runs of a rate on all instances: from 32 instances on less than a
/// quarter of the [#thoroughSearch], and somewhat more with fewer, as no rate is judged on fewer
/// than 4, and where only the last row meets a harm. Few instances can mislead where losses differ
/// by orders of magnitude between them; `benchmarks/compare races` says how far the results are
/// apart.
///
/// Reference: K. Jamieson, A. Talwalkar, *Non-stochastic best arm identification and hyperparameter
/// optimization*, AISTATS 2016. There arms are halved; here they are neighbours on a line, and
/// those that are left lie around the best.
///
/// @param evaluation on which rates are judged; VALIDATION instances
/// @param judge how bad runs are; +∞ where any got stuck
public record LearningRateSearch(Evaluation evaluation, ToDoubleFunction<Runs> judge) {

  /// Points of the grid in a decade: rates are 10^(e/DECADE), e a whole number. One grid for all
  /// rows, so that no rate is tried twice.
  private static final int DECADE = 16;

  private static final int LOWEST = -12 * DECADE;
  private static final int HIGHEST = 6 * DECADE;

  /// The least number of instances that anything is judged on, if there are so many.
  private static final int FEWEST = 4;

  /// The least number of differences whose standard error is believed where it keeps a rate too
  /// high: of four, one that is hard can have nearly all.
  private static final int CREDIBLE = 8;

  /// A search for the best mean final loss.
  public LearningRateSearch(Evaluation evaluation) {
    this(evaluation, Runs::score);
  }

  /// Optimizers that differ in their learning rates.
  @FunctionalInterface
  public interface Family {

    /// The optimizer at a rate, for runs of so many steps: a rate that fades does so over all of
    /// them.
    Optimizer<?> at(double learningRate, int steps);
  }

  /// A learning rate that was tried, and what came of it.
  ///
  /// @param learningRate η
  /// @param loss the mean final loss, or what else the search judges by; +∞ if any run got stuck
  /// @param foundLoss the loss of the rate that the search found, on the same instances: to compare
  ///   with, since trials differ in what they were run on
  /// @param instances that it was run on, the first ones
  public record Trial(double learningRate, double loss, double foundLoss, int instances) {}

  /// What came of a search.
  public sealed interface Result {

    /// The trials of the search, by learning rate: of each the one on the most instances.
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
    return Math.pow(10, (double) exponent / DECADE);
  }

  /// About how many runs a search takes: for progress only.
  static long runs(int instances) {
    return 7L * share(instances, 8)
        + 3L * share(instances, 4)
        + share(instances, 2)
        + 2L * instances;
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
    Race race = new Race(evaluation, judge, family, progress);
    Rung eighth = sample(race, 8);
    Rung quarter = sample(race, 4);
    Rung half = new Rung(race, share(evaluation.instances(), 2), Wary.OF_NONE);
    int best = eighth.climb(eighth.grid(-3 * DECADE, DECADE, DECADE), DECADE);
    best = quarter.best(IntStream.concat(IntStream.of(best), eighth.second(best)));
    best = eighth.waryOfAll().look(best, DECADE / 2);
    best = eighth.look(best, DECADE / 4);
    best = quarter.look(best, DECADE / 8);
    best = half.look(best, DECADE / 16);
    int rival = half.best(IntStream.of(bound(best - 1), bound(best + 1)));
    return result(race, all(race).last(best, rival));
  }

  /// Searches with all runs of every rate that is tried: what [#search] is measured against. It
  /// goes over a grid of two rates a decade from 10⁻⁵ to 10, and from its best one to the best
  /// neighbour until none is better; then again at 1/4, 1/8 and 1/16 of a decade.
  ///
  /// @param family the optimizer at a learning rate
  /// @param progress is told of each run when it is done
  public Result thoroughSearch(Family family, RunListener progress) {
    Race race = new Race(evaluation, judge, family, progress);
    Rung all = all(race);
    int best = all.grid(-5 * DECADE, DECADE, DECADE / 2);
    for (int distance = DECADE / 2; distance >= 1; distance /= 2) {
      best = all.climb(best, distance);
    }
    return result(race, best);
  }

  private static Result result(Race race, int best) {
    NavigableMap<Integer, Trial> trials = race.trials(best);
    Trial found = Objects.requireNonNull(trials.get(best));
    List<Trial> list = List.copyOf(trials.values());
    return Double.isFinite(found.loss) ? new Found(found, list) : new AllDiverged(list);
  }

  /// A share of the instances, which is a sample unless it is all of them.
  private Rung sample(Race race, int divisor) {
    int instances = share(evaluation.instances(), divisor);
    boolean all = instances == evaluation.instances();
    return new Rung(race, instances, all ? Wary.OF_NONE : Wary.OF_HIGHER);
  }

  private Rung all(Race race) {
    return new Rung(race, evaluation.instances(), Wary.OF_NONE);
  }

  private static int bound(int exponent) {
    return Math.clamp(exponent, LOWEST, HIGHEST);
  }

  /// Which rates must be better by more than a standard error.
  private enum Wary {
    OF_NONE,
    OF_HIGHER,
    OF_ALL
  }

  /// A row of the table above: rates on so many instances.
  ///
  /// @param wary of which rates
  private record Rung(Race race, int instances, Wary wary) {

    /// The same, wary of lower rates, too, unless there are too few instances for that.
    Rung waryOfAll() {
      return instances < CREDIBLE ? this : new Rung(race, instances, Wary.OF_ALL);
    }

    /// The best rate of a grid.
    int grid(int first, int last, int distance) {
      return best(
          IntStream.rangeClosed(0, (last - first) / distance).map(i -> first + i * distance));
    }

    /// The best of some rates, each of which has to beat those before it.
    int best(IntStream exponents) {
      int[] rates = exponents.toArray();
      race.prepare(IntStream.of(rates), instances);
      int best = rates[0];
      for (int rate : rates) {
        best = beats(rate, best) ? rate : best;
      }
      return best;
    }

    /// The best but one of the rates that were tried, unless every other one got stuck.
    IntStream second(int best) {
      return race
          .tried()
          .filter(e -> e != best && Double.isFinite(loss(e)))
          .boxed()
          .min(Comparator.comparingDouble(this::loss))
          .stream()
          .mapToInt(Integer::intValue);
    }

    /// The best of a rate and its two neighbours.
    int look(int centre, int distance) {
      int sound = descend(centre, distance);
      return sound == centre ? neighbour(centre, distance) : climb(sound, distance);
    }

    /// Climbs from neighbour to better neighbour, until none is better.
    int climb(int start, int distance) {
      int best = descend(start, distance);
      int centre;
      do {
        centre = best;
        best = neighbour(centre, distance);
      } while (best != centre);
      return best;
    }

    private int neighbour(int centre, int distance) {
      return best(IntStream.of(centre, bound(centre - distance), bound(centre + distance)));
    }

    /// A rate from here downwards that does no harm, in steps that double; the lowest, if there is
    /// none.
    private int descend(int start, int distance) {
      int e = start;
      for (int step = distance; race.harms(e, instances) && e > LOWEST; step *= 2) {
        e = bound(e - step);
      }
      return e;
    }

    /// The better of two rates; where the first does harm, the best of lower ones that do none.
    int last(int best, int rival) {
      int sound = descend(best, 1);
      if (sound == best) {
        return best(IntStream.of(best, rival));
      }
      int found = sound;
      for (int distance = (best - sound) / 2; distance >= 1; distance /= 2) {
        found = climb(found, distance);
      }
      return found;
    }

    private boolean beats(int challenger, int holder) {
      boolean suspect =
          switch (wary) {
            case OF_NONE -> false;
            case OF_HIGHER -> challenger > holder;
            case OF_ALL -> true;
          };
      return loss(challenger) < loss(holder) && !(suspect && isLuck(challenger, holder));
    }

    /// Whether the mean advantage of a rate is within a standard error.
    private boolean isLuck(int challenger, int holder) {
      double[] advantages = race.advantages(challenger, holder, instances);
      double mean = Statistics.mean(advantages);
      return Double.isFinite(mean) && mean < Statistics.standardError(advantages);
    }

    private double loss(int exponent) {
      return race.loss(exponent, instances);
    }
  }
}
