package dev.glissade.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Block;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.optimizer.Optimizer.OptimizerBuilder;
import ai.djl.training.tracker.Tracker;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Momentum;
import dev.glissade.optimizer.Sgd;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Where DJL has the same rule, a training with ours ends where one with DJL's does: gradients come
/// through and are cleared, and what DJL's builder changes in them is changed alike. But for
/// clipping: DJL 0.36 says that it clips on both sides, and on PyTorch forgets the lower one.
class DjlsOwnOptimizersTest {

  private static final int STEPS = 30;

  @BeforeAll
  static void requirePytorch() {
    Classifier.requirePytorch();
  }

  /// What DJL's builder is told to change in gradients.
  enum Change {
    NONE,
    RESCALED,
    DECAYED,
    ALL;

    <B extends OptimizerBuilder<?>> B into(B builder) {
      if (this == RESCALED || this == ALL) {
        builder.setRescaleGrad(3);
      }
      if (this == DECAYED || this == ALL) {
        builder.optWeightDecays(0.2f);
      }
      return builder;
    }
  }

  static Stream<Arguments> rules() {
    return Stream.of(Change.values())
        .flatMap(change ->
            Stream.of(
                Arguments.of(
                    "sgd",
                    change,
                    change
                        .into(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.3f)))
                        .build(),
                    new Sgd(0.3)),
                Arguments.of(
                    "momentum",
                    change,
                    change
                        .into(
                            Optimizer.sgd()
                                .setLearningRateTracker(Tracker.fixed(0.1f))
                                .optMomentum(0.9f))
                        .build(),
                    new Momentum(0.1, 0.9)),
                Arguments.of(
                    "adam",
                    change,
                    change
                        .into(Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.02f)))
                        .build(),
                    new Adam(0.02))));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rules")
  void endsWhereDjlsOwnEnds(
      String name, Change change, Optimizer djls, dev.glissade.Optimizer<?> ours) {
    float[] expected = end(_ -> djls);
    float[] found = end(block -> change.into(LearnedDjlOptimizer.builder(block, ours)).build());
    assertThat(found).containsExactly(expected, within(1e-5f));
  }

  private static float[] end(Function<Block, Optimizer> optimizer) {
    try (Classifier classifier = Classifier.perceptron(optimizer)) {
      return classifier.train(STEPS).parameters();
    }
  }
}
