package dev.glissade.training;

/// A listener that is told how a [MetaTraining] proceeds, on the thread that runs it unless said
/// otherwise.
public interface TrainingListener {

  /// Called before the training, or a run that is resumed, makes its first episode.
  ///
  /// @param done how many episodes are done already
  default void begun(long done) {}

  /// Called while an episode is made, on any thread: an episode may take minutes.
  ///
  /// @param step which of its steps the objectives have reached, about: they are run side by side
  /// @param of how many steps it has
  default void stepping(int step, int of) {}

  /// Called after each episode with what was measured.
  default void episode(TrainingMetrics metrics) {}

  /// Called while frozen weights are scored, on any thread.
  ///
  /// @param done how many runs on VALIDATION objectives are done; a whole number after each, and
  ///   others in between, for a run may take minutes
  /// @param of how many there are
  default void validating(double done, int of) {}

  /// Called after each validation with its score.
  default void validated(TrainingMetrics metrics) {}

  /// Called where a training that diverged goes back to its best weights, with half the learning
  /// rate.
  ///
  /// @param episode how many episodes are done
  /// @param best after which episode it had those weights; 0 for the start
  /// @param times how often this has happened, ≥ 1
  default void rewound(long episode, long best, int times) {}

  /// The listener that tells this one, and then another.
  default TrainingListener and(TrainingListener other) {
    return new BothListeners(this, other);
  }

  /// The listener that ignores everything.
  static TrainingListener silent() {
    return new TrainingListener() {};
  }
}
