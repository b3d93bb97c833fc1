package dev.glissade.app.report;

import dev.glissade.evaluation.LearningRateSearch.Trial;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// How sharp the optimum of a learning rate was: what a search tried, and between which rates the
/// loss is nearly as low as at the one that it took. Each rate is compared with that on the runs
/// that it was tried on.
///
/// @param taken the trial with the rate that was taken
/// @param trials all that were tried, by rate
/// @param low the lowest rate from which on the loss is nearly as low, without a gap
/// @param high the highest such rate
record RateOptimum(Trial taken, List<Trial> trials, double low, double high) {

  /// How much higher a loss may be that is nearly as low, as a part of the lowest.
  private static final double NEARLY = 0.1;

  /// An optimum is flat from this factor between its ends on: then the rate hardly matters.
  private static final double FLAT = 10;

  /// An optimum is sharp up to this factor: then half the rate, or twice, is already worse.
  private static final double SHARP = 2;

  /// What there is to say about an optimum.
  enum Shape {
    /// No lower, or no higher rate was tried: the best may lie beyond.
    AT_THE_EDGE("at the edge"),
    /// A rate may be ten times another and nearly as good.
    FLAT("flat"),
    /// At the next higher rate that was tried some run gets stuck.
    AT_DIVERGENCE("next to divergence"),
    /// Half the rate, or twice, is clearly worse.
    SHARP("sharp"),
    /// The rate matters, as it usually does.
    USUAL("–");

    private final String word;

    Shape(String word) {
      this.word = word;
    }

    /// The word for it in a table.
    String word() {
      return word;
    }
  }

  /// The optimum among the trials of a search.
  ///
  /// @param trials by rate
  /// @param rate the one that was taken
  /// @return empty if the rate was not tried, or some run got stuck at it
  static Optional<RateOptimum> of(List<Trial> trials, double rate) {
    return trials.stream()
        .filter(trial -> trial.learningRate() == rate && Double.isFinite(trial.loss()))
        .findFirst()
        .map(taken -> around(taken, trials));
  }

  private static RateOptimum around(Trial taken, List<Trial> trials) {
    Predicate<Trial> near = it -> it.loss() <= it.foundLoss() + NEARLY * Math.abs(it.foundLoss());
    int low = trials.indexOf(taken);
    int high = low;
    while (low > 0 && near.test(trials.get(low - 1))) {
      low--;
    }
    while (high < trials.size() - 1 && near.test(trials.get(high + 1))) {
      high++;
    }
    return new RateOptimum(
        taken, trials, trials.get(low).learningRate(), trials.get(high).learningRate());
  }

  /// What there is to say about it; what makes the choice doubtful goes first.
  Shape shape() {
    int place = trials.indexOf(taken);
    if (place == 0 || place == trials.size() - 1) {
      return Shape.AT_THE_EDGE;
    }
    if (high / low >= FLAT) {
      return Shape.FLAT;
    }
    if (!Double.isFinite(trials.get(place + 1).loss())) {
      return Shape.AT_DIVERGENCE;
    }
    return high / low <= SHARP ? Shape.SHARP : Shape.USUAL;
  }
}
