package dev.glissade.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.learned.Lstm;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.MetaLoss;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.torch.Minibatches;
import dev.glissade.torch.Tensors;
import dev.glissade.torch.TorchObjective;
import dev.glissade.torch.data.ImageBatch;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the comparison of meta-steps times does the same on both sides.
class MetaStepAgreementTest {

  private static final int STEPS = 3;
  private static final int BATCH = 8;

  private static final Minibatches<ImageBatch> NOISE =
      random ->
          new ImageBatch(
              Tensors.uniform(random, 0, 1, BATCH, 784),
              Tensors.of(random.longs(BATCH, 0, 10).toArray(), BATCH));

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sameLossAndMetaGradient(boolean unitsFirst) {
    Lstm learned = Lstm.forNetworks();
    float[] weights = learned.initialWeights(2);
    float[] start = Perceptron.network().initialParameters(new SplittableRandom(1));

    var objective = new TorchObjective<>(Perceptron.network(), start, NOISE, 5);
    TruncatedBptt estimator = new TruncatedBptt(STEPS);
    Assignment assignment = new Assignment(learned, BlockFilter.ALL, estimator, MetaLoss.LOSSES, 1);
    Estimate estimate =
        estimator.start(assignment, List.of(objective), weights).advance(weights, 3);
    double loss = estimate.loss();
    float[] actual = estimate.gradient();

    float[] expected = new float[weights.length];
    try (LibtorchMetaStep libtorch =
        new LibtorchMetaStep(LstmBenchmark.SHAPE, weights, unitsFirst, start, STEPS, NOISE, 5)) {
      assertThat(loss).isCloseTo(libtorch.evaluate(expected, 0), within(1e-5));
      libtorch.evaluate(expected, 0); // and once more
    }
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("weight %d", i).isCloseTo(expected[i], within(1e-3f * largest));
    }
  }
}
