package dev.glissade.training;

import dev.glissade.learned.TrainedOptimizer;

/// The weights that a training starts from.
public sealed interface Start {

  /// Weights drawn by the family, from the training's seed.
  record Random() implements Start {}

  /// The weights of an optimizer that has been trained before, block by block.
  ///
  /// @param name for people
  record From(String name, TrainedOptimizer optimizer) implements Start {}
}
