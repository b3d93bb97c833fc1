package dev.glissade.meta;

/// What a meta-loss is a sum of, over the steps of an episode and over objectives.
public enum MetaLoss {

  /// Losses, as in the paper. The sum is mostly that of the first steps and of the hardest problem.
  LOSSES,

  /// Their logarithms: the same *ratio* counts the same anywhere, early or late, on hard problems
  /// and on easy ones. For losses > 0.
  LOGARITHMS;

  /// Losses below count as this.
  private static final double LEAST = 1e-12;

  /// The summand of one loss.
  double of(double loss) {
    return switch (this) {
      case LOSSES -> loss;
      case LOGARITHMS -> Math.log(Math.max(LEAST, loss));
    };
  }

  /// The derivative of the summand by the loss.
  double slope(double loss) {
    return switch (this) {
      case LOSSES -> 1;
      case LOGARITHMS -> loss < LEAST ? 0 : 1 / loss;
    };
  }
}
