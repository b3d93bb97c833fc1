package dev.glissade.learned;

import dev.glissade.OptimizerState;
import dev.glissade.internal.kernel.LstmState;
import java.util.List;

/// What an [Lstm] remembers of its coordinates: hidden and cell states, and running means of the
/// gradients where its inputs are made of them.
public final class LstmMemory implements OptimizerState {

  private final LstmState lstm;
  private final float[] moments; // as Moments has them; empty where the network sees none
  private final float[] channels; // [C·N], room for the inputs of a step; no part of the state

  LstmMemory(LstmState lstm, float[] moments, float[] channels) {
    this.lstm = lstm;
    this.moments = moments;
    this.channels = channels;
  }

  LstmState lstm() {
    return lstm;
  }

  float[] moments() {
    return moments;
  }

  float[] channels() {
    return channels;
  }

  @Override
  public List<float[]> arrays() {
    return moments.length == 0 ? lstm.arrays() : List.of(lstm.values(), moments);
  }
}
