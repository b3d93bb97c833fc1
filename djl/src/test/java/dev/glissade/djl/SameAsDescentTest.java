package dev.glissade.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.glissade.BlockFilter;
import dev.glissade.Descent;
import dev.glissade.Optimizer;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.CosineDecay;
import dev.glissade.optimizer.GradientClipping;
import dev.glissade.optimizer.Guarded;
import dev.glissade.optimizer.Muon;
import dev.glissade.optimizer.Sgd;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A DJL training ends where a [Descent] ends that sees the same gradients and losses: what is told
/// to a rule, and when, is right.
class SameAsDescentTest {

  private static final int STEPS = 25;

  @BeforeAll
  static void requirePytorch() {
    Classifier.requirePytorch();
  }

  static Stream<Arguments> optimizers() {
    Stream<Arguments> baselines =
        Baselines.all().stream().map(it -> Arguments.of(it.name(), it.at(0.05)));
    Stream<Arguments> pretrained =
        Stream.of(Pretrained.values())
            .map(it -> Arguments.of("pretrained:" + it.label(), it.load().optimizer()));
    Stream<Arguments> composed =
        Stream.of(
            Arguments.of("clipped", new GradientClipping<>(new Sgd(0.5), 0.1)),
            Arguments.of("fading", new CosineDecay<>(new Muon(0.05), 20)),
            Arguments.of("guarded", new Guarded<>(new Sgd(300), new Adam(0.1), 1, 3)));
    return Stream.of(baselines, pretrained, composed).flatMap(it -> it);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void aPerceptronEndsWhereADescentEnds(String name, Optimizer<?> optimizer) {
    assertSame(Classifier.perceptron(), Classifier.INPUT, optimizer);
  }

  /// Its kernels are matrices for Muon, one row an output channel, as in our own networks.
  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void aConvolutionEndsWhereADescentEnds(String name, Optimizer<?> optimizer) {
    assertSame(Classifier.convolution(), new Shape(1, 6, 6), optimizer);
  }

  private static void assertSame(Block block, Shape input, Optimizer<?> optimizer) {
    try (Classifier djl = Run.of(block, input, optimizer).classifier()) {
      djl.train(STEPS);
      Descent descent = Descent.start(djl.recorded(), optimizer);
      for (int t = 0; t < STEPS; t++) {
        descent.advance();
      }
      assertThat(djl.parameters()).isNotEqualTo(djl.recorded().initialParameters());
      assertThat(djl.parameters()).containsExactly(descent.parameters());
    }
  }

  @Test
  void aGroupHasARuleOfItsOwn() {
    Optimizer<?> weights = new Muon(0.05);
    Optimizer<?> biases = Baselines.find("lbfgs").at(0.1);
    try (Classifier djl =
        Classifier.perceptron(it ->
            LearnedDjlOptimizer.builder(it, weights)
                .optGroup(new BlockFilter("_bias$"), biases)
                .build())) {
      djl.train(STEPS);
      Descent descent = Descent.start(new Halves(djl.recorded(), "bias"), biases);
      Descent other = Descent.start(new Halves(djl.recorded(), "weights"), weights);
      for (int t = 0; t < STEPS; t++) {
        descent.advance();
        other.advance();
      }
      assertThat(Halves.of(djl.layout(), djl.parameters(), "bias"))
          .containsExactly(descent.parameters());
      assertThat(Halves.of(djl.layout(), djl.parameters(), "weights"))
          .containsExactly(other.parameters());
    }
  }
}
