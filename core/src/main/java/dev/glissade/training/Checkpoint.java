package dev.glissade.training;

import dev.glissade.Descent;
import dev.glissade.OptimizerState;
import java.util.Arrays;
import java.util.List;

/// All that a meta-training needs to continue at the start of an episode.
///
/// @param progress how far it is
/// @param best the best weights so far
/// @param startLoss the validation loss of the start; +∞ if it was not finite
/// @param unscored what was done since the last validation
/// @param rewinds how often the training went back to its best weights, with half the rate
/// @param average of the weights late in the training; empty of them where only the best are kept
public record Checkpoint(
    Progress progress,
    Best best,
    double startLoss,
    Unscored unscored,
    int rewinds,
    Average average) {

  /// How far the descent of a meta-training is.
  ///
  /// @param draws how many unrolls were made
  /// @param updates how many updates of φ were made: one less for each unroll that gave NaN or
  ///   infinity
  /// @param weights φ, copied
  /// @param outerState the arrays of the outer optimizer's state, copied
  @SuppressWarnings("ArrayRecordComponent") // copied on the way in and on the way out
  public record Progress(long draws, long updates, float[] weights, List<float[]> outerState) {

    public Progress {
      weights = weights.clone();
      outerState = copies(outerState);
      if (updates < 0 || updates > draws) {
        throw new IllegalArgumentException(
            "there are from 0 to %s updates in %s draws, got %s".formatted(draws, draws, updates));
      }
    }

    /// How far a descent is now.
    static Progress of(Descent descent) {
      return new Progress(
          descent.draws(), descent.step(), descent.parameters(), descent.state().arrays());
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

    /// Copies the outer optimizer's state back.
    ///
    /// @throws IllegalArgumentException if it is that of another optimizer
    void restore(OptimizerState state) {
      state.copyFrom(() -> outerState);
    }
  }

  /// The weights with the best validation loss so far.
  ///
  /// @param weights φ, copied
  /// @param loss its validation loss; +∞ if none was finite
  /// @param episode after which episode it was reached; 0 for the start
  @SuppressWarnings("ArrayRecordComponent") // copied on the way in and on the way out
  public record Best(float[] weights, double loss, long episode) {

    public Best {
      weights = weights.clone();
    }

    /// The weights φ, a new array.
    @Override
    public float[] weights() {
      return weights.clone();
    }

    /// These, or others if their loss is lower.
    Best or(float[] others, double lossOfThem, long episodeOfThem) {
      return lossOfThem < loss ? new Best(others, lossOfThem, episodeOfThem) : this;
    }
  }

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
    int size = progress.weights.length;
    if (size != best.weights.length || size != average.weights().length) {
      throw new IllegalArgumentException(
          "weights, best weights and their average are of one optimizer, got %s, %s and %s"
              .formatted(size, best.weights.length, average.weights().length));
    }
  }

  /// Where a descent stands now, with the best so far as it is.
  Checkpoint at(Descent descent, Unscored since) {
    return new Checkpoint(Progress.of(descent), best, startLoss, since, rewinds, average);
  }

  /// This one with other weights as the best, if they are better.
  Checkpoint with(float[] weights, double loss, long episode) {
    Best better = best.or(weights, loss, episode);
    return new Checkpoint(progress, better, startLoss, unscored, rewinds, average);
  }

  /// This one with another average.
  Checkpoint with(Average other) {
    return new Checkpoint(progress, best, startLoss, unscored, rewinds, other);
  }

  /// Back at the best weights, one more time.
  ///
  /// @param fresh the state of an outer optimizer that starts
  Checkpoint rewound(OptimizerState fresh) {
    Progress back = new Progress(progress.draws, progress.updates, best.weights, fresh.arrays());
    return new Checkpoint(back, best, startLoss, unscored, rewinds + 1, average);
  }

  /// Whether the best weights are the average of late ones.
  boolean averaged() {
    return average.loss() <= best.loss && Arrays.equals(average.weights(), best.weights);
  }
}
