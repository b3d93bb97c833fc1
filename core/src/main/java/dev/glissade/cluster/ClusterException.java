package dev.glissade.cluster;

import java.io.Serial;

/// Thrown where a cluster cannot be had, or fails for good. Its message is for people.
public final class ClusterException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /// @param message one line
  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
