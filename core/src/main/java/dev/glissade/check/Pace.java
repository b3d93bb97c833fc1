package dev.glissade.check;

/// How far a check is, and whether its time is over.
///
/// @param listener is told of each step
/// @param deadline as `System.nanoTime` counts
record Pace(CheckListener listener, long deadline) {

  /// Counts a step.
  void step() {
    listener.done();
  }

  /// Whether nothing new should be begun.
  boolean isOver() {
    return System.nanoTime() - deadline > 0;
  }
}
