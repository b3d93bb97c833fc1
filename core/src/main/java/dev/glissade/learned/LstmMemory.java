package dev.glissade.learned;

import dev.glissade.OptimizerState;
import dev.glissade.internal.kernel.LstmState;
import java.util.List;

/// What an [LstmOptimizer] remembers of its coordinates.
///
/// @param lstm hidden and cell states
/// @param moments running means of the gradients, as `Moments` has them; empty where the
///   preprocessing needs none
/// @param channels where the inputs of a step are made, `float[C·N]`; empty where they are the
///   gradient. No part of the state
public record LstmMemory(LstmState lstm, float[] moments, float[] channels)
    implements OptimizerState {

  @Override
  public List<float[]> arrays() {
    return moments.length == 0 ? lstm.arrays() : List.of(lstm.values(), moments);
  }
}
