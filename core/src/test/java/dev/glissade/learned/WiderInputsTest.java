package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.TestProblems;
import dev.glissade.file.JsonObject;
import dev.glissade.optimizer.Rule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A network that sees more starts as the one that saw less.
class WiderInputsTest {

  private static final int STEPS = 20;

  private static Lstm network(int layers, int hidden, String inputs) {
    return new Lstm(layers, hidden, Preprocessing.parse(inputs), 0.1);
  }

  private static TrainedOptimizer trained(Lstm network) {
    return new TrainedOptimizer(network, Steps.weights(network, 5), JsonObject.empty());
  }

  private static LearningCurve curve(Lstm network, float[] weights, double curvature) {
    return Descent.start(TestProblems.parabola(curvature, 1), network.with(weights)).run(STEPS);
  }

  @ParameterizedTest
  @CsvSource({
    "0, log-sign:10, log-sign:20",
    "1, log-sign:20, log-sign:10",
    "2, log-sign:10, log-sign:20+adam-like:0.95",
    "2, adam-like:0.9, log-sign:10+adam-like:0.9",
    "1, log-sign:10+adam-like:0.9, log-sign:7+adam-like:0.9",
    "1, log-sign:10, log-sign:20+time",
    "2, adam-like:0.9+time, log-sign:10+adam-like:0.9+time"
  })
  void doesTheSameAtFirst(int layers, String less, String more) {
    Lstm from = network(layers, 4, less);
    Lstm to = network(layers, 4, more);
    TrainedOptimizer trained = trained(from);
    LearningCurve before = curve(from, trained.weights(), 3);
    LearningCurve after = curve(to, trained.weightsFor(to), 3);
    assertThat(before.last()).isNotCloseTo(before.loss(0), within(1e-3));
    for (int t = 0; t <= STEPS; t++) {
      assertThat(after.loss(t)).isCloseTo(before.loss(t), within(1e-4 * before.loss(t)));
    }
  }

  /// A network for each group, of which one is not learned at all.
  @Test
  void widensTheNetworkOfEveryGroup() {
    Grouped from = grouped("log-sign:10");
    Grouped to = grouped("log-sign:20+adam-like:0.95+time");
    TrainedOptimizer trained =
        new TrainedOptimizer(from, Steps.weights(from, 5), JsonObject.empty());
    float[] widened = trained.weightsFor(to);
    for (int member = 0; member < 2; member++) {
      Lstm less = network(1, 4, "log-sign:10");
      Lstm more = network(1, 4, "log-sign:20+adam-like:0.95+time");
      int narrow = less.layout().size();
      int wide = more.layout().size();
      float[] own = Arrays.copyOfRange(trained.weights(), member * narrow, (member + 1) * narrow);
      TrainedOptimizer alone = new TrainedOptimizer(less, own, JsonObject.empty());
      assertThat(Arrays.copyOfRange(widened, member * wide, (member + 1) * wide))
          .isEqualTo(alone.weightsFor(more));
    }
  }

  /// The network of a corrected rule is not the whole rule: it is not widened, nor taken as it is.
  @Test
  void refusesToWidenAFactor() {
    TrainedOptimizer trained = trained(network(1, 4, "log-sign:10"));
    Lstm wider = network(1, 4, "log-sign:10+adam-like:0.95");
    assertThatThrownBy(() -> trained.weightsFor(new Corrected(wider, Rule.parse("sgd=0.1"))))
        .hasMessageContaining("cannot start from an optimizer of another architecture");
  }

  private static Grouped grouped(String inputs) {
    Group learned = new Group("matrices", new BlockFilter("weights"), network(1, 4, inputs));
    Group fixed = new Group("offsets", new BlockFilter("offset"), Rule.parse("sgd=0.01"));
    return new Grouped(List.of(learned, fixed), network(1, 4, inputs));
  }

  /// Gradients about e⁻¹⁵: their signs are what is seen more of.
  @Test
  void seesTheSignOfSmallerGradients() {
    Lstm from = network(1, 4, "log-sign:10");
    Lstm to = network(1, 4, "log-sign:20");
    TrainedOptimizer trained = trained(from);
    double curvature = Math.exp(-15);
    double before = curve(from, trained.weights(), curvature).last();
    double after = curve(to, trained.weightsFor(to), curvature).last();
    assertThat(after).isNotCloseTo(before, within(1e-3 * before));
  }

  @ParameterizedTest
  @CsvSource({
    "4, log-sign:10+adam-like:0.95, log-sign:10",
    "4, adam-like:0.95, adam-like:0.9",
    "4, identity, log-sign:10",
    "4, log-sign:10+time, log-sign:10",
    "5, log-sign:10, log-sign:20"
  })
  void refusesToForgetAnInputOrToGrow(int hidden, String less, String more) {
    TrainedOptimizer trained = trained(network(1, 4, less));
    assertThatThrownBy(() -> trained.weightsFor(network(1, hidden, more)))
        .hasMessageContaining("cannot start from an optimizer of another architecture")
        .hasMessageContaining("LSTM 1 × %s on %s".formatted(hidden, more));
  }
}
