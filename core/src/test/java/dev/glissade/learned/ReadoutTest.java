package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.TestProblems;
import dev.glissade.optimizer.Rule;
import dev.glissade.optimizer.Sgd;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What fitted outputs say is the logarithm of what the teacher does more than the rule that is
/// corrected.
class ReadoutTest {

  private static final Lstm NETWORK = new Lstm(1, 20, Preprocessing.parse("log-sign:10+time"), 0.5);
  private static final Objective OBJECTIVE = TestProblems.parabola(1.5, 3);

  private static Corrected corrected(Architecture<?> network) {
    return new Corrected(network, Rule.parse("sgd=0.01"));
  }

  private static float[] fit(Architecture<?> architecture, String teacher) {
    return Readout.fit(
        architecture,
        1,
        Rule.parse(teacher).optimizer(),
        List.of(OBJECTIVE, TestProblems.parabola(0.5, 3)),
        60,
        _ -> {});
  }

  /// Of which one is in no group on these objectives.
  static Stream<Architecture<?>> architectures() {
    Corrected one = corrected(NETWORK);
    return Stream.of(
        one,
        corrected(new Lstm(2, 20, Preprocessing.parse("log-sign:10+time"), 2)),
        new Grouped(List.of(new Group("none", new BlockFilter("nothing"), one)), one));
  }

  /// A rate that fades along a cosine over 80 steps, whose logarithm falls from 0.7 to −2.
  @ParameterizedTest
  @MethodSource("architectures")
  void aFadingRateIsFollowed(Architecture<?> architecture) {
    Descent teacher = Descent.start(OBJECTIVE, Rule.parse("sgd+cosine=0.02,steps=80").optimizer());
    Descent pupil =
        Descent.start(OBJECTIVE, architecture.with(fit(architecture, "sgd+cosine=0.02,steps=80")));
    for (int t = 0; t < 60; t++) {
      teacher.advance();
      pupil.advance();
    }
    assertThat(pupil.loss()).isCloseTo(teacher.loss(), within(0.05 * teacher.loss()));
  }

  /// The gates of the seed, the outputs, and nothing else.
  @Test
  void onlyOutputsDifferFromARandomStart() {
    Corrected architecture = corrected(NETWORK);
    float[] fitted = fit(architecture, "sgd=0.03");
    float[] drawn = architecture.initialWeights(1);
    for (var slice : architecture.layout().slices()) {
      if (slice.block().name().startsWith("output/")) {
        assertThat(slice.of(fitted)).isNotEqualTo(slice.of(drawn));
      } else {
        assertThat(slice.of(fitted)).as(slice.block().name()).isEqualTo(slice.of(drawn));
      }
    }
    assertThat(fit(architecture, "sgd=0.03")).isEqualTo(fitted);
  }

  /// Three times the rate: the factor is 3, whatever the output's scale.
  @Test
  void aConstantFactorIsFound() {
    Corrected architecture = corrected(NETWORK);
    float[] update = new float[OBJECTIVE.layout().size()];
    float[] plain = new float[update.length];
    Descent at = Descent.start(OBJECTIVE, Rule.parse("sgd=0.001").optimizer());
    var rule = Erased.rule(architecture.with(fit(architecture, "sgd=0.03")));
    rule.update(at, rule.start(OBJECTIVE.layout()), update);
    var base = Erased.rule(Rule.parse("sgd=0.01").optimizer());
    base.update(at, base.start(OBJECTIVE.layout()), plain);
    for (int n = 0; n < update.length; n++) {
      assertThat(update[n] / plain[n]).isCloseTo(3, within(0.05f));
    }
  }

  /// A bowl over three blocks.
  private static final class Bowl implements Objective {
    @Override
    public ParameterLayout layout() {
      return new ParameterLayout(
          List.of(
              ParameterLayout.block("a", 2),
              ParameterLayout.block("b", 3),
              ParameterLayout.block("c", 2)));
    }

    @Override
    public float[] initialParameters() {
      return new float[] {1, 2, 3, 2, 1, -1, -2};
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      double loss = 0;
      for (int n = 0; n < parameters.length; n++) {
        gradient[n] = parameters[n];
        loss += 0.5 * parameters[n] * parameters[n];
      }
      return loss;
    }
  }

  /// Each network learns from its own blocks, and a rule that is fixed from none.
  @Test
  void groupsAreFittedEachFromItsOwnBlocks() {
    Grouped architecture =
        new Grouped(
            List.of(
                new Group("fixed", new BlockFilter("a"), Rule.parse("sgd=0.2")),
                new Group("slow", new BlockFilter("b"), corrected(NETWORK))),
            new Corrected(NETWORK, Rule.parse("sgd=0.03")));
    Objective bowl = new Bowl();
    float[] weights = Readout.fit(architecture, 1, new Sgd(0.02), List.of(bowl), 60, _ -> {});
    float[] update = new float[7];
    var rule = Erased.rule(architecture.with(weights));
    rule.update(Descent.start(bowl, new Sgd(0.02)), rule.start(bowl.layout()), update);
    float[] start = bowl.initialParameters();
    for (int n = 0; n < update.length; n++) {
      assertThat(-update[n] / start[n]).as("%s", n).isCloseTo(n < 2 ? 0.2f : 0.02f, within(5e-4f));
    }
  }

  @Test
  void whatHasNoSuchOutputsIsRefused() {
    List<Architecture<?>> others =
        List.of(
            NETWORK,
            corrected(new Lstm(0, 20, new Preprocessing.Identity(), 1)),
            corrected(NETWORK.withGlobalCells(3)),
            new Grouped(
                List.of(new Group("none", new BlockFilter("nothing"), NETWORK)),
                corrected(NETWORK)));
    for (Architecture<?> other : others) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fit(other, "sgd=0.03"))
          .withMessageContaining("outputs of LSTMs that correct a rule");
    }
  }

  @Test
  void aRunHasASteps() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Readout.fit(
                corrected(NETWORK),
                1,
                Rule.parse("sgd=0.1").optimizer(),
                List.of(OBJECTIVE),
                0,
                _ -> {}))
        .withMessage("steps must be >= 1, got 0");
  }

  /// There is nothing to learn a logarithm from.
  @Test
  void withoutARunNothingIsFitted() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            Readout.fit(
                corrected(NETWORK), 1, Rule.parse("sgd=0.1").optimizer(), List.of(), 5, _ -> {}))
        .withMessageContaining("name a teacher of its kind");
  }
}
