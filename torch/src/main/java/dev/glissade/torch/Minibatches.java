package dev.glissade.torch;

import java.util.random.RandomGenerator;

/// The source of the minibatches of one objective.
///
/// @param <B> a minibatch: any type of yours, mostly a record of tensors
@FunctionalInterface
public interface Minibatches<B> {

  /// Draws a minibatch, on any thread. Tensors made here are released after the evaluation.
  ///
  /// @param random the only source of chance: equal streams must give equal minibatches
  B next(RandomGenerator random);
}
