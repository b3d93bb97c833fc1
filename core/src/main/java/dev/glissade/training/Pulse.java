package dev.glissade.training;

import java.util.concurrent.atomic.AtomicLong;

/// The signs of life of a training: an episode or a validation may take minutes, and whoever
/// watches wants to know whether it goes on.
final class Pulse {

  /// The least time between two beats, in nanoseconds.
  private static final long BETWEEN = 1_000_000_000L;

  private final Checkpoints checkpoints;
  private final long start = System.nanoTime();
  private final AtomicLong last = new AtomicLong(start);
  private volatile TrainingMetrics before;

  Pulse(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
    double unknown = Double.NaN;
    this.before =
        new TrainingMetrics(0, unknown, unknown, unknown, unknown, Double.POSITIVE_INFINITY, 0, 0);
  }

  /// Takes note of the last metrics: beats tell what has become of them.
  void measured(TrainingMetrics metrics) {
    before = metrics;
  }

  /// Tells the checkpoints, if that was not done a moment ago. Any thread may call it, as often as
  /// it likes.
  void beat(TrainingMetrics.Phase phase, double part) {
    long now = System.nanoTime();
    long then = last.get();
    if (now - then >= BETWEEN && last.compareAndSet(then, now)) {
      checkpoints.working(before.during(phase, part, seconds()));
    }
  }

  /// The time since the training was started by this process.
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
