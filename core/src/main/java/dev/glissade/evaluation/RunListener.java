package dev.glissade.evaluation;

/// Told of the progress of evaluations, searches and comparisons.
@FunctionalInterface
public interface RunListener {

  /// Called once after each run of an optimizer on an instance, on any thread, also on several at
  /// once.
  void done();
}
