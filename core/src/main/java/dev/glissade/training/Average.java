package dev.glissade.training;

/// The average of the weights after each episode of a training's last third, so far.
///
/// @param weights their mean, copied; 0 where there are none yet
/// @param count of how many weights it is the mean
/// @param of how many episodes the training has: of another number, it is another third
/// @param loss the validation loss of the mean at the end of the training; NaN before it
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and on the way out
public record Average(float[] weights, long count, long of, double loss) {

  public Average {
    weights = weights.clone();
    if (count < 0 || count > of) {
      throw new IllegalArgumentException(
          "an average is of 0 to %s weights, got %s".formatted(of, count));
    }
  }

  /// An average of nothing yet.
  static Average none(int size, long episodes) {
    return new Average(new float[size], 0, episodes, Double.NaN);
  }

  /// The average with the weights after one more episode, if that is one of the last third.
  ///
  /// @param episode how many there were with it
  /// @param more φ
  Average with(long episode, float[] more) {
    if (episode <= of * 2 / 3) {
      return this;
    }
    float[] mean = weights.clone();
    for (int i = 0; i < mean.length; i++) {
      mean[i] += (more[i] - mean[i]) / (count + 1);
    }
    return new Average(mean, count + 1, of, Double.NaN);
  }

  /// The average with its validation loss.
  Average scored(double validationLoss) {
    return new Average(weights, count, of, validationLoss);
  }

  /// Whether a training goes on with this average: one that has been given more episodes begins
  /// anew.
  boolean belongsTo(MetaTraining training) {
    return of == training.episodes().count();
  }

  @Override
  public float[] weights() {
    return weights.clone();
  }
}
