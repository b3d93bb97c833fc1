package dev.glissade.torch;

import java.util.random.RandomGenerator;

/// Where the minibatches of one objective come from.
///
/// @param <B> a minibatch: any type of yours, mostly a record of tensors
@FunctionalInterface
public interface Minibatches<B> {

  /// Draws one, on any thread. Tensors made here are released after the evaluation.
  ///
  /// @param random the only source of chance: equal streams must give equal minibatches
  B next(RandomGenerator random);
}
