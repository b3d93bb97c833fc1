package dev.glissade.app.training;

import dev.glissade.app.FailureException;
import dev.glissade.app.terminal.JavaMemory;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.training.LeastMemory;
import dev.glissade.training.MetaTraining;

/// The memory that a training takes.
public final class TrainingMemory {

  private TrainingMemory() {}

  /// Refuses a training that cannot fit into memory.
  ///
  /// @throws FailureException with what is needed, what is there, and what to do
  public static void require(MetaTraining training) throws FailureException {
    String what =
        "unrolls of %s steps on a batch of %s, and %s instances to validate on,"
            .formatted(
                Numbers.count(training.estimator().unroll()),
                Numbers.count(training.episodes().batch()),
                Numbers.count(training.validation().instances()));
    JavaMemory.require(
        what, LeastMemory.bytes(training), "--batch, --unroll or --validation-instances");
  }
}
