package dev.glissade.app;

/// A failure of a command that is no fault of its arguments: a folder that cannot be written to,
/// too little memory, a training of which nothing came. Its message is one line for people, which
/// is all that they see; the exit code is 1.
public final class FailureException extends Exception {

  private static final long serialVersionUID = 1L;

  /// A failure that is told in one line.
  ///
  /// @param message what went wrong, and what to do
  public FailureException(String message) {
    super(message);
  }
}
