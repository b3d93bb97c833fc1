package dev.glissade.app.terminal;

import dev.glissade.app.FailureException;

/// The memory that Java has for what a command is to do.
public final class JavaMemory {

  private JavaMemory() {}

  /// Refuses what cannot fit into memory, before it is begun.
  ///
  /// @param what in the plural
  /// @param bytes that it needs at least
  /// @param options that make it smaller
  /// @throws FailureException with what is needed, what is there, and what to do
  public static void require(String what, double bytes, String options) throws FailureException {
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw new FailureException(
          ("%s need %s of memory at least, but Java has %s: choose a smaller %s, or give more with"
                  + " GLISSADE_JAVA_OPTIONS=-Xmx…g")
              .formatted(what, Numbers.bytes((long) bytes), Numbers.bytes(most), options));
    }
  }
}
