package dev.glissade.internal.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The portable kernels until the vector kernels are worth it, and these from then on; for many
/// coordinates these at once.
///
/// Code starts without having been compiled. That of the Vector API then takes hundreds of times as
/// long as what becomes of it, and seconds to compile; plain loops do not. Both give the same bits,
/// so that no result tells when the one took over from the other ([WarmUp]).
final class WarmingLstmKernels implements LstmKernels {

  /// So many blocks at once have the vector loops compiled soon by themselves: measured on a
  /// training on MNIST, that takes less time than to go the other way.
  private static final int MANY = 32;

  private final LstmShape shape;
  private final float[] weights;

  /// What is made when it is first needed. If two threads come at once both make it, alike.
  private volatile @Nullable BlockLstmKernels portable;

  private volatile @Nullable BlockLstmKernels vector;

  /// Kernels with these weights φ, which are copied.
  WarmingLstmKernels(LstmShape shape, float[] weights) {
    this.shape = shape;
    this.weights = weights.clone();
  }

  @Override
  public String implementationName() {
    return Loops.OfVectors.describe(); // what it comes to
  }

  @Override
  public void forward(float[] channels, LstmState state, float[] update) {
    kernels(state.coordinates(), 1).forward(channels, state, update);
  }

  @Override
  public void backward(
      List<LstmState> states,
      float[][] channels,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient,
      @Nullable LstmState stateGradient,
      float @Nullable [] channelGradient) {
    kernels(coordinates.length, multipliers.length - 1)
        .backward(
            states,
            channels,
            gradients,
            multipliers,
            coordinates,
            weightGradient,
            stateGradient,
            channelGradient);
  }

  /// Those that are to make so many steps of so many coordinates.
  private BlockLstmKernels kernels(int coordinates, int steps) {
    int blocks = 1 + coordinates / LstmState.BLOCK;
    if (blocks >= MANY || WarmUp.isDone()) {
      BlockLstmKernels made = vector;
      if (made == null) {
        made = BlockLstmKernels.vector(shape, weights);
        vector = made;
      }
      return made;
    }
    WarmUp.count((long) coordinates * steps);
    BlockLstmKernels made = portable;
    if (made == null) {
      made = BlockLstmKernels.portable(shape, weights);
      portable = made;
    }
    return made;
  }
}
