package dev.glissade.training;

import dev.glissade.learned.TrainedOptimizer;

/// The weights that a training starts from.
public sealed interface Start {

  /// What random weights are called where optimizers have names.
  String RANDOM = "random";

  /// Weights drawn by the family, from the training's seed.
  record Random() implements Start {}

  /// The weights of an optimizer that has been trained before, block by block.
  ///
  /// @param name for people
  record From(String name, TrainedOptimizer optimizer) implements Start {
    public From {
      if (name.equals(RANDOM)) {
        throw new IllegalArgumentException(
            "an optimizer to start from cannot be called '%s': give it another name"
                .formatted(RANDOM));
      }
    }
  }
}
