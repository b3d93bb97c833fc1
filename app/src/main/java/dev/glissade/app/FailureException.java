package dev.glissade.app;

/// The command cannot do what it should; the message is one line for people. Exit code 1.
public final class FailureException extends Exception {

  private static final long serialVersionUID = 1L;

  /// A failure that is told in one line: what went wrong, and what to do.
  public FailureException(String message) {
    super(message);
  }
}
