package dev.glissade.internal.kernel;

import dev.glissade.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// The random inputs of one unroll, and the loss of which `backward` computes the derivative.
///
/// @param weights φ
/// @param channels `float[T][C·N]`, where C = 1 the gradients
/// @param gradients `float[T + 1][N]`
/// @param multipliers `float[T + 1]`
/// @param endGradient the derivative of the loss by the state after the last step
@SuppressWarnings("ArrayRecordComponent") // of a test, which owns them
record Unroll(
    LstmShape shape,
    float[] weights,
    LstmState start,
    float[][] channels,
    float[][] gradients,
    float[] multipliers,
    LstmState endGradient) {

  static Unroll random(LstmShape shape, int coordinates, int steps, long seed) {
    RandomGenerator random = Seeds.stream(seed, "unroll", coordinates);
    float[] weights = normal(random, shape.size(), 0.25);
    float[][] gradients = new float[steps + 1][];
    for (int t = 0; t <= steps; t++) {
      gradients[t] = normal(random, coordinates, 1);
      if (shape.logSign() > 0 && t % 2 == 0) { // some below the threshold of the logarithm
        for (int n = 0; n < coordinates; n += 2) {
          gradients[t][n] *= (float) Math.exp(-shape.logSign() - 1);
        }
      }
    }
    float[][] channels = gradients;
    if (shape.channels() > 1) {
      channels = new float[steps][];
      for (int t = 0; t < steps; t++) {
        channels[t] = normal(random, shape.channels() * coordinates, 1);
        if (shape.logSign() > 0) {
          System.arraycopy(gradients[t], 0, channels[t], 0, coordinates);
        }
      }
    }
    return new Unroll(
        shape,
        weights,
        randomState(shape, coordinates, random),
        channels,
        gradients,
        normal(random, steps + 1, 1),
        randomState(shape, coordinates, random));
  }

  private static LstmState randomState(LstmShape shape, int coordinates, RandomGenerator random) {
    LstmState state = LstmState.zero(shape, coordinates);
    for (int n = 0; n < coordinates; n++) {
      for (int layer = 0; layer < shape.layers(); layer++) {
        for (int u = 0; u < shape.hidden(); u++) {
          state.values()[state.hiddenIndex(layer, u, n)] = (float) random.nextDouble(-0.5, 0.5);
          state.values()[state.cellIndex(layer, u, n)] = (float) random.nextGaussian();
        }
      }
    }
    return state;
  }

  static float[] normal(RandomGenerator random, int length, double deviation) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  static float[] uniform(long seed, int length, float from, float to) {
    RandomGenerator random = Seeds.stream(seed, "uniform", length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat(from, to);
    }
    return values;
  }

  int coordinates() {
    return start.coordinates();
  }

  int steps() {
    return gradients.length - 1;
  }

  int[] allCoordinates() {
    return IntStream.range(0, coordinates()).toArray();
  }

  static LstmState copy(LstmState state) {
    return new LstmState(state.shape(), state.coordinates(), state.values().clone());
  }

  /// The updates of all steps and the state after them.
  Forward forward(LstmKernels kernels) {
    LstmState state = copy(start);
    float[][] updates = new float[steps()][coordinates()];
    for (int t = 0; t < steps(); t++) {
      kernels.forward(channels[t], state, updates[t]);
    }
    return new Forward(updates, state);
  }

  /// @param updates `float[T][N]`
  /// @param end the state after the last step
  @SuppressWarnings("ArrayRecordComponent") // of a test, which owns them
  record Forward(float[][] updates, LstmState end) {}

  /// Σₜ λₜ·updateₜ + endGradient·end, in double precision; λₜ as the gradients of `upstream` have
  /// it.
  double loss(LstmKernels kernels, float[][] upstream) {
    Forward forward = forward(kernels);
    double loss = 0;
    for (int n = 0; n < coordinates(); n++) {
      double lambda = 0;
      for (int t = steps() - 1; t >= 0; t--) {
        lambda += (double) multipliers[t + 1] * upstream[t + 1][n];
        loss += lambda * forward.updates[t][n];
      }
    }
    for (int i = 0; i < endGradient.values().length; i++) {
      loss += (double) endGradient.values()[i] * forward.end.values()[i];
    }
    return loss;
  }

  /// The derivatives of the loss by the given coordinates' updates and end states.
  Backward backward(LstmKernels kernels, int[] which, boolean withState) {
    float[] weightGradient = new float[shape.size()];
    LstmState stateGradient = copy(endGradient);
    float[] channelGradient = new float[channels[0].length];
    kernels.backward(
        List.of(start),
        channels,
        gradients,
        multipliers,
        which,
        weightGradient,
        withState ? stateGradient : null,
        withState ? channelGradient : null);
    return new Backward(weightGradient, stateGradient, channelGradient);
  }

  /// @param weights `float[φ]`
  /// @param start by the state before the first step
  /// @param channels by `channels[0]`
  @SuppressWarnings("ArrayRecordComponent") // of a test, which owns them
  record Backward(float[] weights, LstmState start, float[] channels) {}
}
