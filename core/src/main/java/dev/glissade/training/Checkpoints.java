package dev.glissade.training;

import java.io.IOException;
import java.util.Optional;

/// The place where a [MetaTraining] keeps its [Checkpoint]s and what it measures.
public interface Checkpoints {

  /// The checkpoints of a training that keeps nothing.
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<Checkpoint> latest() {
          return Optional.empty();
        }

        @Override
        public void record(Checkpoint checkpoint, TrainingMetrics metrics) {}
      };

  /// The checkpoint to continue from, if there is one.
  ///
  /// @throws IOException if there is one that cannot be read
  Optional<Checkpoint> latest() throws IOException;

  /// Takes note of an episode that is done. That of a validation is kept, others as often as is
  /// wanted.
  ///
  /// @param checkpoint from where the training can go on now
  /// @throws IOException if it cannot be written; the one before it is still there
  void record(Checkpoint checkpoint, TrainingMetrics metrics) throws IOException;

  /// Takes note that the training is alive, every few seconds while an episode or a validation is
  /// made, on any thread.
  default void working(TrainingMetrics metrics) {}
}
