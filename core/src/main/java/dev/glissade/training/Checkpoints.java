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
        public void record(TrainingMetrics metrics) {}

        @Override
        public void save(Checkpoint checkpoint, TrainingMetrics metrics) {}
      };

  /// The checkpoint to continue from, if there is one.
  ///
  /// @throws IOException if there is one that cannot be read
  Optional<Checkpoint> latest() throws IOException;

  /// Takes note of an episode that is done.
  ///
  /// @throws IOException if that cannot be written
  void record(TrainingMetrics metrics) throws IOException;

  /// Keeps a checkpoint in place of the one before it.
  ///
  /// @throws IOException if it cannot be written; the one before it is still there
  void save(Checkpoint checkpoint, TrainingMetrics metrics) throws IOException;
}
