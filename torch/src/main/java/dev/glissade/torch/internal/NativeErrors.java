package dev.glissade.torch.internal;

/// Errors of libtorch without the C++ stack trace in their messages, which is dozens of lines long.
public final class NativeErrors {

  private static final String TRACE = "\nException raised from";

  private NativeErrors() {}

  /// The error without the C++ trace; other errors as they are.
  public static RuntimeException shortened(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf(TRACE);
    return end < 0
        ? e
        : new IllegalArgumentException("libtorch: " + message.substring(0, end).strip(), e);
  }
}
