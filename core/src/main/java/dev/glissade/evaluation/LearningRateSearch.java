package dev.glissade.evaluation;

import dev.glissade.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;

/// Finds the learning rate with the best mean final loss: a grid of two points a decade, which
/// grows while the best point lies at its edge, then three rounds of halving the distance (in the
/// logarithm) and climbing from the best point to its best neighbour. The rate found is within 8 %
/// of a local optimum.
///
/// The grid is only to find the right decade: of more than 100 steps it takes a quarter, 100 at
/// least. Everything after it is judged on all steps.
///
/// @param evaluation on which it is judged; VALIDATION instances
public record LearningRateSearch(Evaluation evaluation) {

  /// Rates are 10^(e/STEPS), e a whole number: one grid for all rounds, so that no rate is tried
  /// twice.
  private static final int STEPS = 16;

  private static final int COARSE = STEPS / 2;
  private static final int FIRST = -5 * STEPS;
  private static final int LAST = STEPS;
  private static final int LOWEST = -12 * STEPS;
  private static final int HIGHEST = 6 * STEPS;
  private static final int SHORT_RUN = 100;

  /// One rate that was tried.
  ///
  /// @param loss the mean final loss; +∞ if any instance diverged
  public record Trial(double learningRate, double loss) {}

  /// What was found.
  ///
  /// @param best the best trial
  /// @param trials all with the full number of steps, by learning rate
  public record Result(Trial best, List<Trial> trials) {}

  /// Searches.
  ///
  /// @param family the optimizer at a learning rate
  /// @param progress is told of each trial
  public Result search(DoubleFunction<? extends Optimizer<?>> family, Consumer<Trial> progress) {
    int shortRun = Math.min(evaluation.steps(), Math.max(SHORT_RUN, evaluation.steps() / 4));
    Losses coarse = new Losses(evaluation.withSteps(shortRun), family, progress);
    int best = decade(coarse);
    Losses losses =
        shortRun == evaluation.steps() ? coarse : new Losses(evaluation, family, progress);
    for (int distance = COARSE / 2; distance >= 1; distance /= 2) {
      best = climb(losses, best, distance);
    }
    return new Result(losses.trial(best), losses.all());
  }

  private static int decade(Losses losses) {
    int best = FIRST;
    for (int e = FIRST; e <= LAST; e += COARSE) {
      best = losses.better(best, e);
    }
    for (int edge = LAST; best == edge && edge < HIGHEST; edge += COARSE) {
      best = losses.better(best, edge + COARSE);
    }
    for (int edge = FIRST; best == edge && edge > LOWEST; edge -= COARSE) {
      best = losses.better(best, edge - COARSE);
    }
    return best;
  }

  private static int climb(Losses losses, int start, int distance) {
    int best = start;
    int centre;
    do {
      centre = best;
      best = losses.better(best, centre - distance);
      best = losses.better(best, centre + distance);
    } while (best != centre);
    return best;
  }

  /// The losses at the points of the grid that were tried.
  private static final class Losses {
    private final TreeMap<Integer, Trial> tried = new TreeMap<>();
    private final Evaluation evaluation;
    private final DoubleFunction<? extends Optimizer<?>> family;
    private final Consumer<Trial> progress;

    Losses(
        Evaluation evaluation,
        DoubleFunction<? extends Optimizer<?>> family,
        Consumer<Trial> progress) {
      this.evaluation = evaluation;
      this.family = family;
      this.progress = progress;
    }

    int better(int a, int b) {
      return trial(b).loss < trial(a).loss ? b : a;
    }

    Trial trial(int exponent) {
      return tried.computeIfAbsent(
          exponent,
          e -> {
            double rate = Math.pow(10, (double) e / STEPS);
            Trial trial = new Trial(rate, evaluation.run(family.apply(rate)).score());
            progress.accept(trial);
            return trial;
          });
    }

    List<Trial> all() {
      return new ArrayList<>(tried.values());
    }
  }
}
