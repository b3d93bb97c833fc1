package dev.glissade.meta;

import dev.glissade.LearningCurve;
import dev.glissade.evaluation.Runs;
import dev.glissade.evaluation.Span;

/// The summands of a meta-loss: what it is a sum of, over the steps of an episode and over
/// objectives.
public enum MetaLoss {

  /// The losses themselves, as in the paper. The sum is mostly that of the first steps and of the
  /// hardest problem.
  LOSSES {
    @Override
    double of(double loss) {
      return loss;
    }

    @Override
    double slope(double loss) {
      return 1;
    }

    @Override
    boolean isSum() {
      return true;
    }

    @Override
    public double typical(double metaLoss, int steps) {
      return metaLoss / steps;
    }

    @Override
    public double score(Runs runs, Span span) {
      return runs.score(span);
    }
  },

  /// The logarithms of losses: the same *ratio* counts the same anywhere, early or late, on hard
  /// problems and on easy ones. For losses > 0.
  LOGARITHMS {
    @Override
    double of(double loss) {
      return Math.log(Math.max(LearningCurve.LEAST, loss));
    }

    @Override
    double slope(double loss) {
      return loss < LearningCurve.LEAST ? 0 : 1 / loss;
    }

    @Override
    boolean isSum() {
      return false;
    }

    @Override
    public double typical(double metaLoss, int steps) {
      return Math.exp(metaLoss / steps);
    }

    @Override
    public double score(Runs runs, Span span) {
      return runs.geometricScore(span);
    }
  };

  /// The summand of one loss.
  abstract double of(double loss);

  /// The derivative of the summand by the loss.
  abstract double slope(double loss);

  /// Whether the summand of a sum of losses is the sum of their summands, so that several
  /// objectives may be run as one.
  abstract boolean isSum();

  /// The loss of an ordinary step: a mean over the steps, of the kind of this meta-loss.
  ///
  /// @param metaLoss of an episode
  /// @param steps in the episode
  public abstract double typical(double metaLoss, int steps);

  /// How good frozen weights are, from full runs on VALIDATION objectives; +∞ if any diverged.
  public abstract double score(Runs runs, Span span);
}
