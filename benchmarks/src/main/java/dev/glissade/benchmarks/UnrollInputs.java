package dev.glissade.benchmarks;

import dev.glissade.Seeds;
import dev.glissade.internal.kernel.LstmShape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// What one unroll starts from; the state at its start is zero.
///
/// @param weights φ
/// @param gradients `float[T + 1][N]`
/// @param multipliers `float[T + 1]`, the weights of the losses
@SuppressWarnings("ArrayRecordComponent") // inputs of a benchmark
record UnrollInputs(LstmShape shape, float[] weights, float[][] gradients, float[] multipliers) {

  /// Weights of a usual size, and gradients of many sizes, as a training has them.
  static UnrollInputs random(LstmShape shape, int coordinates, int steps, long seed) {
    RandomGenerator random = Seeds.stream(seed, "benchmark", 0);
    float[] weights = new float[shape.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (0.15 * random.nextGaussian());
    }
    float[][] gradients = new float[steps + 1][coordinates];
    for (float[] gradient : gradients) {
      for (int n = 0; n < coordinates; n++) {
        double size = Math.exp(3 * random.nextGaussian() - 4);
        gradient[n] = (float) (size * random.nextGaussian());
      }
    }
    float[] multipliers = new float[steps + 1];
    Arrays.fill(multipliers, 1);
    return new UnrollInputs(shape, weights, gradients, multipliers);
  }

  int coordinates() {
    return gradients[0].length;
  }

  int steps() {
    return gradients.length - 1;
  }
}
