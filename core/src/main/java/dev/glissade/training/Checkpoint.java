package dev.glissade.training;

import dev.glissade.OptimizerState;
import java.util.List;

/// All that a meta-training needs to go on at the start of an episode.
///
/// @param step how many updates of φ were made
/// @param weights φ
/// @param outerState the arrays of the outer optimizer's state
/// @param bestWeights the φ with the best validation loss so far
/// @param bestLoss that loss; +∞ if none was finite
/// @param bestEpisode after which episode it was reached; 0 for the start
public record Checkpoint(
    long step,
    float[] weights,
    List<float[]> outerState,
    float[] bestWeights,
    double bestLoss,
    long bestEpisode) {

  /// A copy of a moment.
  static Checkpoint of(
      long step,
      float[] weights,
      OptimizerState outerState,
      float[] bestWeights,
      double bestLoss,
      long bestEpisode) {
    return new Checkpoint(
        step,
        weights.clone(),
        outerState.arrays().stream().map(float[]::clone).toList(),
        bestWeights.clone(),
        bestLoss,
        bestEpisode);
  }

  /// Copies the outer optimizer's state back.
  void restore(OptimizerState state) {
    state.copyFrom(() -> outerState);
  }
}
