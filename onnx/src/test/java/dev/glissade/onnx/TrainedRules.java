package dev.glissade.onnx;

import dev.glissade.file.JsonObject;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.TrainedOptimizer;
import java.util.Random;

/// Optimizers about whose weights nothing is special, for tests.
final class TrainedRules {

  private TrainedRules() {}

  /// An optimizer with the weights that a training starts with, moved by 0.1, so that none is 0.
  static TrainedOptimizer of(Architecture<?> architecture) {
    Random random = new Random(1);
    float[] weights = architecture.initialWeights(1);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.1 * random.nextGaussian());
    }
    return new TrainedOptimizer(
        architecture, weights, JsonObject.empty().with("problem", "nothing"));
  }
}
