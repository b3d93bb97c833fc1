package dev.glissade.internal.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Forward and backward passes of the coordinatewise LSTM with fixed weights.
///
/// With z = W[x; h] + b split into i, j, f, o: c' = σ(f + 1)·c + σ(i)·tanh(j), h' = σ(o)·tanh(c');
/// the update is s·(w·h' + b) of the last layer. x of the first layer are the channels, the first
/// of them as pre(∇) where there is log/sign preprocessing.
///
/// Of the first G units of each layer, the global cells, all coordinates see the same h': the
/// average over the coordinates, which takes the place of their own.
///
/// Instances are immutable and serve any number of threads at once.
public sealed interface LstmKernels
    permits BlockLstmKernels, ScalarLstmKernels, WarmingLstmKernels {

  /// The kernels for this JVM: the fastest that it offers, and until these are compiled the fastest
  /// until then. It is not to be seen from results which of the two work.
  ///
  /// @param weights φ, `float[shape.size()]`, copied
  static LstmKernels create(LstmShape shape, float[] weights) {
    if (weights.length != shape.size()) {
      throw new IllegalArgumentException(
          "%s has %s weights, got %s".formatted(shape, shape.size(), weights.length));
    }
    return VectorSupport.isFast()
        ? new WarmingLstmKernels(shape, weights)
        : fastest(shape, weights);
  }

  /// The kernels that [#create] comes to, for measurements.
  ///
  /// @param weights as there
  static LstmKernels fastest(LstmShape shape, float[] weights) {
    return switch (VectorSupport.BEST) {
      case VECTOR -> BlockLstmKernels.vector(shape, weights);
      case PORTABLE -> BlockLstmKernels.portable(shape, weights);
      case SCALAR -> new ScalarLstmKernels(shape, weights);
    };
  }

  /// The name of what [#fastest] makes in this JVM, as its [#implementationName] has it.
  static String fastestImplementation() {
    return switch (VectorSupport.BEST) {
      case VECTOR -> Loops.OfVectors.describe();
      case PORTABLE -> Loops.Portable.NAME;
      case SCALAR -> ScalarLstmKernels.NAME;
    };
  }

  /// Why [#fastest] makes no vector kernels in this JVM, and what to do about it; empty if it does.
  static String obstacle() {
    return VectorSupport.BEST.obstacle;
  }

  /// The name of this implementation, for reports: `scalar`, `portable`, `vector 512-bit`.
  String implementationName();

  /// Makes one step of all coordinates.
  ///
  /// @param channels what the network is given, `float[C][N]`, flat; ∇ where C = 1
  /// @param state moved on
  /// @param update receives s·g, `float[N]`
  void forward(float[] channels, LstmState state, float[] update);

  /// Runs the T steps of an unroll again from its start, then goes back through them. See
  /// `LearnedOptimizer.Backpropagatable.backward` for what the meta-loss is taken to be.
  ///
  /// @param states the state before the first step; where there are global cells those after each
  ///   step may follow, and need not be made again then; only read
  /// @param channels what the network is given in each step, `float[≥ T][C·N]`; `gradients` where C
  ///   = 1
  /// @param gradients `float[T + 1][N]`, of which the first is not used
  /// @param multipliers `float[T + 1]`
  /// @param coordinates which coordinates to go back through, ascending; all where there are global
  ///   cells
  /// @param weightGradient `float[φ]`, added to
  /// @param stateGradient if given: on entry the derivative by the state after the last step, on
  ///   return that by the state before the first; touched at `coordinates` only
  /// @param channelGradient if given: receives the derivative by `channels[0]`, `float[C·N]`;
  ///   written at `coordinates` only
  void backward(
      List<LstmState> states,
      float[][] channels,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient,
      @Nullable LstmState stateGradient,
      float @Nullable [] channelGradient);
}
