package dev.glissade.check;

/// Told of the progress of a [ProblemCheck].
@FunctionalInterface
public interface CheckListener {

  /// Called once after each of about [ProblemCheck#steps] steps, on any thread, also on several at
  /// once.
  void done();
}
