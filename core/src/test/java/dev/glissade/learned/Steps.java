package dev.glissade.learned;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/// Steps of a rule on gradients that are given, for tests.
final class Steps {

  private Steps() {}

  /// Gradients ~ N(0, 1), `float[points][size]`.
  static float[][] gradients(long seed, int points, int size) {
    Random random = new Random(seed);
    float[][] gradients = new float[points][size];
    for (float[] gradient : gradients) {
      for (int n = 0; n < size; n++) {
        gradient[n] = (float) random.nextGaussian();
      }
    }
    return gradients;
  }

  /// Weights about which nothing is special: those that a training starts with, moved by 0.3.
  static float[] weights(Architecture<?> architecture, long seed) {
    Random random = new Random(seed);
    float[] weights = architecture.initialWeights(seed);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.3 * random.nextGaussian());
    }
    return weights;
  }

  /// All indices below `count`.
  static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  /// The state after some steps on the first gradient.
  static <S extends OptimizerState> S after(
      int steps, Optimizer<S> rule, ParameterLayout layout, float[][] gradients) {
    S state = rule.start(layout);
    for (int t = 0; t < steps; t++) {
      rule.update(Point.of(t, gradients[0]), state, new float[layout.size()]);
    }
    return state;
  }

  /// The updates of a fresh rule, one for each gradient.
  static <S extends OptimizerState> float[][] updates(
      Optimizer<S> rule, ParameterLayout layout, float[][] gradients) {
    return updates(rule, rule.start(layout), 0, gradients);
  }

  /// The updates of a rule, one for each gradient.
  ///
  /// @param state moved on
  /// @param firstStep how many steps the state has behind it
  static <S extends OptimizerState> float[][] updates(
      Optimizer<S> rule, S state, long firstStep, float[][] gradients) {
    float[][] updates = new float[gradients.length][gradients[0].length];
    for (int t = 0; t < updates.length; t++) {
      rule.update(Point.of(firstStep + t, gradients[t]), state, updates[t]);
    }
    return updates;
  }

  /// Steps on all gradients but the last, whose meta-loss is Σ f as truncated back-propagation has
  /// it: slopes are gradients.
  static Unroll unroll(
      ParameterLayout layout,
      long firstStep,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates) {
    return new Unroll(
        new Trajectory(
            layout, firstStep, new float[layout.size()], new double[gradients.length], gradients),
        gradients,
        multipliers,
        coordinates);
  }

  /// The same with all losses counted once.
  static Unroll unroll(ParameterLayout layout, long firstStep, float[][] gradients) {
    float[] ones = new float[gradients.length];
    Arrays.fill(ones, 1);
    return unroll(layout, firstStep, gradients, ones, all(layout.size()));
  }

  /// Σₜ uₜ·Σ_{k>t} gₖ: what `backward` differentiates where all multipliers are 1.
  static double surrogate(float[][] updates, float[][] gradients) {
    double sum = 0;
    for (int t = 0; t < gradients.length - 1; t++) {
      for (int k = t + 1; k < gradients.length; k++) {
        for (int n = 0; n < gradients[k].length; n++) {
          sum += (double) updates[t][n] * gradients[k][n];
        }
      }
    }
    return sum;
  }
}
