package dev.glissade.app.cli;

/// The command cannot do what it should; the message is one line for people. Exit code 1.
final class FailureException extends Exception {

  private static final long serialVersionUID = 1L;

  FailureException(String message) {
    super(message);
  }
}
