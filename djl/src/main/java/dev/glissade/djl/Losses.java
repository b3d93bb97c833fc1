package dev.glissade.djl;

/// The losses that were observed since the last step. Those of several batches add up, as their
/// gradients do.
final class Losses {

  private long number;
  private double sum = Double.NaN;
  private boolean closed = true;

  /// Adds the loss of a batch.
  void add(double loss) {
    if (closed) {
      number++;
      sum = 0;
      closed = false;
    }
    sum += loss;
  }

  /// Says that a step uses them: the next loss is that of another step.
  void close() {
    closed = true;
  }

  /// How many steps had losses: tells whether there was one since it was last asked.
  long number() {
    return number;
  }

  /// Their sum; NaN if there was none yet.
  double sum() {
    return sum;
  }
}
