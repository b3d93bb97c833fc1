package dev.glissade.training;

/// Is told how a [MetaTraining] goes, on the thread that runs it.
public interface TrainingListener {

  /// After each episode.
  ///
  /// @param episode how many are done
  /// @param episodes how many there will be
  /// @param metaLoss Σ f over the steps of the episode, the mean over the batch
  void episode(long episode, long episodes, double metaLoss);

  /// After each validation.
  void validated(TrainingMetrics metrics);

  /// Listens to nothing.
  static TrainingListener silent() {
    return new TrainingListener() {
      @Override
      public void episode(long episode, long episodes, double metaLoss) {}

      @Override
      public void validated(TrainingMetrics metrics) {}
    };
  }
}
