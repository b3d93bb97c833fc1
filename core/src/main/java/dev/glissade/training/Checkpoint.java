package dev.glissade.training;

import dev.glissade.Descent;
import dev.glissade.OptimizerState;
import java.util.Arrays;
import java.util.List;

/// All that a meta-training needs to continue at the start of an episode.
///
/// @param draws how many unrolls were made
/// @param updates how many updates of φ were made: one less for each unroll that gave NaN or
///   infinity
/// @param weights φ, copied
/// @param outerState the arrays of the outer optimizer's state, copied
/// @param bestWeights the φ with the best validation loss so far, copied
/// @param bestLoss its loss; +∞ if none was finite
/// @param bestEpisode after which episode it was reached; 0 for the start
/// @param startLoss the validation loss of the start; +∞ if it was not finite
/// @param unscored what was done since the last validation
/// @param rewinds how often the training went back to its best weights, with half the rate
/// @param average of the weights late in the training; empty of them where only the best are kept
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and on the way out
public record Checkpoint(
    long draws,
    long updates,
    float[] weights,
    List<float[]> outerState,
    float[] bestWeights,
    double bestLoss,
    long bestEpisode,
    double startLoss,
    Unscored unscored,
    int rewinds,
    Average average) {

  /// The episodes since the last validation.
  ///
  /// @param episodes how many
  /// @param metaLoss the sum of their meta-losses
  /// @param unrolls how many unrolls they had
  /// @param left how many of these were left out because they gave NaN or infinity
  public record Unscored(long episodes, double metaLoss, long unrolls, long left) {

    /// Those just after a validation.
    public static final Unscored NONE = new Unscored(0, 0, 0, 0);

    /// These and one more.
    Unscored and(double loss, long unrollsOfIt, long leftOfIt) {
      return new Unscored(episodes + 1, metaLoss + loss, unrolls + unrollsOfIt, left + leftOfIt);
    }
  }

  public Checkpoint {
    weights = weights.clone();
    outerState = copies(outerState);
    bestWeights = bestWeights.clone();
    if (updates < 0 || updates > draws) {
      throw new IllegalArgumentException(
          "there are from 0 to %s updates in %s draws, got %s".formatted(draws, draws, updates));
    }
    if (weights.length != bestWeights.length || weights.length != average.weights().length) {
      throw new IllegalArgumentException(
          "weights, best weights and their average are of one optimizer, got %s, %s and %s"
              .formatted(weights.length, bestWeights.length, average.weights().length));
    }
  }

  private static List<float[]> copies(List<float[]> arrays) {
    return arrays.stream().map(float[]::clone).toList();
  }

  /// The weights φ, a new array.
  @Override
  public float[] weights() {
    return weights.clone();
  }

  /// The outer optimizer's state, new arrays.
  @Override
  public List<float[]> outerState() {
    return copies(outerState);
  }

  /// The best weights so far, a new array.
  @Override
  public float[] bestWeights() {
    return bestWeights.clone();
  }

  /// Where a descent stands now, with the best so far as it is.
  Checkpoint at(Descent descent, Unscored since) {
    return new Checkpoint(
        descent.draws(),
        descent.step(),
        descent.parameters(),
        descent.state().arrays(),
        bestWeights,
        bestLoss,
        bestEpisode,
        startLoss,
        since,
        rewinds,
        average);
  }

  /// This one with a new best.
  Checkpoint withBest(float[] best, double loss, long episode) {
    return new Checkpoint(
        draws,
        updates,
        weights,
        outerState,
        best,
        loss,
        episode,
        startLoss,
        unscored,
        rewinds,
        average);
  }

  /// This one with another average.
  Checkpoint withAverage(Average other) {
    return new Checkpoint(
        draws,
        updates,
        weights,
        outerState,
        bestWeights,
        bestLoss,
        bestEpisode,
        startLoss,
        unscored,
        rewinds,
        other);
  }

  /// Back at the best weights, one more time.
  ///
  /// @param fresh the state of an outer optimizer that starts
  Checkpoint rewound(OptimizerState fresh) {
    return new Checkpoint(
        draws,
        updates,
        bestWeights,
        fresh.arrays(),
        bestWeights,
        bestLoss,
        bestEpisode,
        startLoss,
        unscored,
        rewinds + 1,
        average);
  }

  /// Whether the best weights are the average of late ones.
  boolean averaged() {
    return average.loss() <= bestLoss && Arrays.equals(average.weights(), bestWeights);
  }

  /// Copies the outer optimizer's state back.
  ///
  /// @throws IllegalArgumentException if it is that of another optimizer
  void restore(OptimizerState state) {
    state.copyFrom(() -> outerState);
  }
}
