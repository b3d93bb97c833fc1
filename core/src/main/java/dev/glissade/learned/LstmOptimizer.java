package dev.glissade.learned;

import dev.glissade.LearnedOptimizer.Backpropagatable;
import dev.glissade.LearnedOptimizer.DifferentiableRule;
import dev.glissade.ParameterLayout;
import dev.glissade.Seeds;
import dev.glissade.internal.kernel.LstmKernels;
import dev.glissade.internal.kernel.LstmShape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The optimizer of Andrychowicz et al. 2016: an LSTM whose output *is* the update.
///
/// It is coordinatewise: all coordinates share the weights φ and each has a state of its own, so
/// that a few thousand weights optimise any number of parameters.
///
/// @param configuration the architecture
public record LstmOptimizer(LstmConfiguration configuration)
    implements Backpropagatable<LstmMemory> {

  @Override
  public ParameterLayout layout() {
    LstmShape shape = configuration.shape();
    int hidden = shape.hidden();
    List<ParameterLayout.Block> blocks = new ArrayList<>();
    for (int l = 0; l < shape.layers(); l++) {
      blocks.add(
          ParameterLayout.block(
              "lstm%d/weights".formatted(l), 4 * hidden, shape.inputsOf(l) + hidden));
      blocks.add(ParameterLayout.block("lstm%d/bias".formatted(l), 4 * hidden));
    }
    blocks.add(ParameterLayout.block("output/weights", 1, shape.inputsOf(shape.layers())));
    blocks.add(ParameterLayout.block("output/bias", 1));
    return new ParameterLayout(blocks);
  }

  /// Weights as in the authors' code: truncated normal with σ = 1/√(in + H) for the gates' weights
  /// and biases, 1/√H for the output's weights, 0 for its bias. A linear rule (L = 0) starts at
  /// zero.
  @Override
  public float[] initialWeights(long seed) {
    LstmShape shape = configuration.shape();
    float[] weights = new float[shape.size()];
    RandomGenerator random = Seeds.stream(seed, "lstm/initial-weights", 0);
    for (int l = 0; l < shape.layers(); l++) {
      double deviation = 1 / Math.sqrt(shape.inputsOf(l) + shape.hidden());
      fill(weights, shape.weightsOffset(l), shape.weightsOffset(l + 1), deviation, random);
    }
    if (shape.layers() > 0) {
      int output = shape.layers();
      double deviation = (shape.inputs() > 1 ? 0.02 : 1) / Math.sqrt(shape.hidden());
      fill(weights, shape.weightsOffset(output), shape.biasOffset(output), deviation, random);
    }
    return weights;
  }

  private static void fill(
      float[] weights, int from, int to, double deviation, RandomGenerator random) {
    for (int i = from; i < to; i++) {
      double z;
      do {
        z = random.nextGaussian();
      } while (Math.abs(z) > 2);
      weights[i] = (float) (deviation * z);
    }
  }

  @Override
  public DifferentiableRule<LstmMemory> with(float[] weights) {
    return rule(weights);
  }

  LstmRule rule(float[] weights) {
    LstmShape shape = configuration.shape();
    if (weights.length != shape.size()) {
      throw new IllegalArgumentException(
          "%s has %d weights, got %d".formatted(configuration, shape.size(), weights.length));
    }
    return new LstmRule(configuration.moments(), shape, LstmKernels.create(shape, weights));
  }
}
