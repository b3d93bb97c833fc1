package dev.glissade.internal.kernel;

import org.jspecify.annotations.Nullable;

/// Forward and backward passes of the coordinatewise LSTM with fixed weights.
///
/// With z = W[x; h] + b split into i, j, f, o: c' = σ(f + 1)·c + σ(i)·tanh(j), h' = σ(o)·tanh(c');
/// the update is s·(w·h' + b) of the last layer. x of the first layer are the channels, the first
/// of them as pre(∇) where there is log/sign preprocessing.
///
/// Instances are immutable and serve any number of threads at once.
public sealed interface LstmKernels permits ScalarLstmKernels, VectorLstmKernels {

  /// The fastest kernels that this JVM offers.
  ///
  /// @param weights φ, `float[shape.size()]`, copied
  static LstmKernels create(LstmShape shape, float[] weights) {
    if (weights.length != shape.size()) {
      throw new IllegalArgumentException(
          "%s has %s weights, got %s".formatted(shape, shape.size(), weights.length));
    }
    return VectorSupport.isFast()
        ? new VectorLstmKernels(shape, weights)
        : new ScalarLstmKernels(shape, weights);
  }

  /// The name of what [#create] makes in this JVM, as its [#implementationName] has it.
  static String fastestImplementation() {
    return VectorSupport.isFast() ? VectorLstmKernels.name() : ScalarLstmKernels.NAME;
  }

  /// Why [#create] makes no vector kernels in this JVM, and what to do about it; empty if it does.
  static String obstacle() {
    return VectorSupport.OBSTACLE;
  }

  /// The name of this implementation, for reports: `scalar`, `vector 512-bit`.
  String implementationName();

  /// Makes one step of all coordinates.
  ///
  /// @param channels what the network is given, `float[C][N]`, flat; ∇ where C = 1
  /// @param state moved on
  /// @param update receives s·g, `float[N]`
  void forward(float[] channels, LstmState state, float[] update);

  /// Runs the T steps of an unroll again from `start`, then goes back through them. See
  /// `LearnedOptimizer.Backpropagatable.backward` for what the meta-loss is taken to be.
  ///
  /// @param start the state before the first step, only read
  /// @param channels what the network is given in each step, `float[≥ T][C·N]`; `gradients` where C
  ///   = 1
  /// @param gradients `float[T + 1][N]`, of which the first is not used
  /// @param multipliers `float[T + 1]`
  /// @param coordinates which coordinates to go back through, ascending
  /// @param weightGradient `float[φ]`, added to
  /// @param stateGradient if given: on entry the derivative by the state after the last step, on
  ///   return that by the state before the first; touched at `coordinates` only
  /// @param channelGradient if given: receives the derivative by `channels[0]`, `float[C·N]`;
  ///   written at `coordinates` only
  void backward(
      LstmState start,
      float[][] channels,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient,
      @Nullable LstmState stateGradient,
      float @Nullable [] channelGradient);
}
