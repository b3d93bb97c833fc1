package dev.glissade.training;

import dev.glissade.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// A random search for the learning rate of the outer optimizer: short trainings at rates drawn
/// log-uniformly, judged by their validation loss, as in the paper.
public final class RateSearch {

  /// The part of a training's episodes that a trial trains on.
  public static final double PART = 0.1;

  private static final double LOWEST = 1e-4;
  private static final double HIGHEST = 1e-1;

  private RateSearch() {}

  /// A rate that was tried.
  ///
  /// @param learningRate the rate
  /// @param loss the best validation loss of a short training; +∞ if all diverged
  public record Trial(double learningRate, double loss) {}

  /// The short trainings of a search.
  ///
  /// @param count how many, ≥ 1
  public static List<MetaTraining> trials(MetaTraining training, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a search must try >= 1 rates, got " + count);
    }
    MetaTraining shorter =
        training.withEpisodes(Math.max(1, (long) (PART * training.episodes().count())));
    List<MetaTraining> trials = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double u = Seeds.stream(training.seed(), "search-rate", i).nextDouble();
      trials.add(shorter.withLearningRate(LOWEST * Math.pow(HIGHEST / LOWEST, u)));
    }
    return List.copyOf(trials);
  }

  /// Runs the short trainings, one after the other.
  ///
  /// @param runner runs one, given its number from 0
  /// @return all trials, by rate
  public static List<Trial> run(
      MetaTraining training, int count, BiFunction<Integer, MetaTraining, Outcome> runner) {
    List<Trial> tried = new ArrayList<>();
    List<MetaTraining> trials = trials(training, count);
    for (int i = 0; i < trials.size(); i++) {
      MetaTraining trial = trials.get(i);
      double rate = trial.outer().teacher().rate(0, trial.updates());
      tried.add(new Trial(rate, runner.apply(i, trial).validationLoss()));
    }
    tried.sort(Comparator.comparingDouble(Trial::learningRate));
    return List.copyOf(tried);
  }

  /// The trial with the lowest loss; empty if every one diverged.
  public static Optional<Trial> best(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> Double.isFinite(trial.loss))
        .min(Comparator.comparingDouble(Trial::loss));
  }
}
