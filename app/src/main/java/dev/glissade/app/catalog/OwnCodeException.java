package dev.glissade.app.catalog;

/// A class of the user's cannot be used: it failed, or gave what no problem gives.
public final class OwnCodeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// What is wrong with the class, in one line.
  public OwnCodeException(String message) {
    super(message);
  }

  OwnCodeException(String message, Throwable cause) {
    super(message, cause);
  }
}
