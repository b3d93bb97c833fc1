package dev.glissade.problem;

import java.util.random.RandomGenerator;

/// Vectors of independent random numbers.
final class RandomVectors {

  private RandomVectors() {}

  /// Draws a vector of independent normal numbers with mean 0.
  static float[] gaussian(RandomGenerator random, int size, double standardDeviation) {
    float[] vector = new float[size];
    for (int i = 0; i < size; i++) {
      vector[i] = (float) (standardDeviation * random.nextGaussian());
    }
    return vector;
  }

  /// Draws a vector of independent numbers, uniform on `[low, high)`.
  static float[] uniform(RandomGenerator random, int size, double low, double high) {
    float[] vector = new float[size];
    for (int i = 0; i < size; i++) {
      vector[i] = (float) random.nextDouble(low, high);
    }
    return vector;
  }
}
