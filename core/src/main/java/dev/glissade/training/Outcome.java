package dev.glissade.training;

import java.util.Arrays;

/// What came out of a [MetaTraining].
public final class Outcome {

  private final float[] weights;
  private final double validationLoss;
  private final double startLoss;
  private final long episode;
  private final boolean averaged;
  private final long nonFiniteCount;
  private final int rewinds;

  Outcome(Checkpoint last, long nonFiniteCount) {
    this.weights = last.best().weights();
    this.validationLoss = last.best().loss();
    this.startLoss = last.startLoss();
    this.episode = last.best().episode();
    this.averaged = last.averaged();
    this.nonFiniteCount = nonFiniteCount;
    this.rewinds = last.rewinds();
  }

  /// The φ with the best validation loss, `float[φ]`, copied.
  public float[] weights() {
    return weights.clone();
  }

  /// The validation loss of the best φ; +∞ if none was finite.
  public double validationLoss() {
    return validationLoss;
  }

  /// The validation loss of the start; +∞ if it was not finite.
  public double startLoss() {
    return startLoss;
  }

  /// The number of episodes after which the best φ was reached; 0 for the start.
  public long episode() {
    return episode;
  }

  /// Whether the best φ is the average over the last third of the training, not one of its own.
  public boolean averaged() {
    return averaged;
  }

  /// Whether training led to something better than its start.
  public boolean improved() {
    return episode > 0;
  }

  /// How many evaluations, of objectives and of the meta-loss, gave NaN or infinity in this run.
  public long nonFiniteCount() {
    return nonFiniteCount;
  }

  /// How often the training diverged and went back to its best weights, with half the learning
  /// rate, 0 to 3.
  public int rewinds() {
    return rewinds;
  }

  @Override
  public String toString() {
    String hash = Integer.toHexString(Arrays.hashCode(weights));
    return "Outcome[validation loss %s after episode %s, %s weights, hash %s]"
        .formatted(validationLoss, episode, weights.length, hash);
  }
}
