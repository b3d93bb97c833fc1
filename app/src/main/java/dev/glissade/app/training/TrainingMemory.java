package dev.glissade.app.training;

import dev.glissade.app.FailureException;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.training.MetaTraining;

/// The memory that a training takes.
public final class TrainingMemory {

  private TrainingMemory() {}

  /// Refuses a training that cannot fit into memory.
  ///
  /// @throws FailureException with what is needed, what is there, and what to do
  public static void require(MetaTraining training) throws FailureException {
    double needed = training.leastBytes();
    long most = Runtime.getRuntime().maxMemory();
    if (needed > most) {
      throw new FailureException(
          ("an unroll of %s steps on a batch of %s needs %s at least, but Java has %s: choose a"
                  + " smaller --batch or --unroll, or give more with GLISSADE_JAVA_OPTIONS=-Xmx…g")
              .formatted(
                  Numbers.count(training.estimator().unroll()),
                  Numbers.count(training.episodes().batch()),
                  Numbers.bytes((long) needed),
                  Numbers.bytes(most)));
    }
  }
}
