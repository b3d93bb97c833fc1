package dev.glissade.evaluation;

/// The loss that a learning rate is tuned for.
public enum Goal {

  /// The mean loss after the last step, as in the paper.
  LAST_STEP {
    @Override
    double score(Runs runs) {
      return runs.score();
    }
  },

  /// The mean loss after the last tenth of the steps, which no single minibatch decides: for long
  /// runs on few instances, whose last losses are mostly noise.
  LAST_TENTH {
    @Override
    double score(Runs runs) {
      return runs.lateScore();
    }
  };

  /// How bad runs are; +∞ if any got stuck.
  abstract double score(Runs runs);
}
