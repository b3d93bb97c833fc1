package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.BlockFilter;
import dev.glissade.LearnedOptimizer.Differentiability;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import dev.glissade.TestProblems;
import dev.glissade.file.JsonObject;
import dev.glissade.file.MalformedFileException;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.EvolutionStrategies;
import dev.glissade.optimizer.Rule;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outer;
import dev.glissade.training.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every architecture is what its JSON and its file say, and says how it can be differentiated.
class ArchitectureContractTest {

  private static final Lstm NETWORK = new Lstm(1, 3, new Preprocessing.LogSign(10), 0.1);

  private static final Grouped GROUPED =
      new Grouped(
          List.of(
              new Group("conv", new BlockFilter("conv.*weights"), NETWORK),
              new Group("offset", new BlockFilter("offset$"), Rule.parse("sgd=0.5"))),
          NETWORK);

  private static final Corrected CORRECTED =
      new Corrected(NETWORK, Rule.parse("adam=0.01,beta2=0.99"));

  private static final QuasiNewton QUASI_NEWTON = new QuasiNewton(NETWORK, 7);

  private static final Architectures KNOWN =
      Architectures.standard().with(Scaled.KIND, (json, _) -> Scaled.fromJson(json));

  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              ParameterLayout.block("conv0/weights", 2, 2),
              ParameterLayout.block("conv0/offset", 3),
              ParameterLayout.block("dense/weights", 5)));

  @TempDir private Path folder;

  static Stream<Architecture<?>> all() {
    Lstm both =
        new Lstm(
            2,
            4,
            new Preprocessing.Both(new Preprocessing.LogSign(7.5), new Preprocessing.AdamLike(0.9)),
            1.0 / 3);
    Corrected muon = new Corrected(both, Rule.parse("muon=0.015,momentum=0.9"));
    return Stream.of(
        NETWORK,
        new Lstm(0, 1, new Preprocessing.Identity(), -1),
        new Lstm(3, 2, new Preprocessing.AdamLike(0.95), 1),
        new Lstm(1, 4, new Preprocessing.AdamLike(0.95), 0.1, Lstm.Output.TANH),
        new Lstm(2, 5, new Preprocessing.Identity(), 1).withGlobalCells(5),
        new Lstm(1, 3, new Preprocessing.Timed(new Preprocessing.LogSign(10)), 1),
        both,
        CORRECTED,
        muon,
        new Corrected(NETWORK, Rule.parse("sgd=0.1"), 9),
        GROUPED,
        new Grouped(List.of(new Group("matrices", new BlockFilter("weights"), muon)), CORRECTED),
        new Grouped(List.of(new Group("inner", new BlockFilter("dense"), GROUPED)), CORRECTED),
        new Corrected(GROUPED, Rule.parse("nesterov=0.1")),
        new QuasiNewton(new Lstm(0, 1, new Preprocessing.Identity(), 1), 4),
        new QuasiNewton(both, 1),
        new QuasiNewton(NETWORK, 5, Secants.NEWEST),
        QUASI_NEWTON,
        new Probing(GROUPED, QUASI_NEWTON),
        new Smoothed(QUASI_NEWTON, new BlockFilter("dense")),
        new Hopping(QUASI_NEWTON),
        new Hopping(CORRECTED),
        new Scaled(3));
  }

  @ParameterizedTest
  @MethodSource("all")
  void isWhatItsJsonSays(Architecture<?> architecture) throws IOException {
    JsonObject json = JsonObject.parse(architecture.toJson().toString());
    Architecture<?> read = KNOWN.read(json);
    assertThat(read).isEqualTo(architecture).hasSameHashCodeAs(architecture);
    assertThat(read.layout()).isEqualTo(architecture.layout());
    assertThat(read.toJson()).isEqualTo(json);
  }

  @ParameterizedTest
  @MethodSource("all")
  void survivesItsFileBitForBit(Architecture<?> architecture) throws IOException {
    float[] weights = Steps.weights(architecture, 4);
    JsonObject history = JsonObject.empty().with("problem", "cifar10").with("seed", 3);
    TrainedOptimizer trained = new TrainedOptimizer(architecture, weights, history);
    trained.save(folder.resolve("o"));
    TrainedOptimizer loaded = TrainedOptimizer.load(folder.resolve("o"), KNOWN);
    assertThat(loaded).isEqualTo(trained);
    assertThat(loaded.weights()).containsExactly(weights);
    assertThat(updates(loaded.optimizer())).isDeepEqualTo(updates(architecture.with(weights)));
    loaded.save(folder.resolve("again"));
    assertThat(folder.resolve("again")).hasSameBinaryContentAs(folder.resolve("o"));
  }

  /// Whatever the history says: neither its keys nor the architecture's are taken for the other's.
  @ParameterizedTest
  @MethodSource("all")
  void historyAndArchitectureAreApart(Architecture<?> architecture) throws IOException {
    JsonObject history =
        JsonObject.empty()
            .with("kind", "lstm")
            .with("layers", 8)
            .with("hidden", 8)
            .with("base", CORRECTED.toJson())
            .with("groups", List.of("a"));
    Path file = folder.resolve("o");
    new TrainedOptimizer(architecture, architecture.initialWeights(1), history).save(file);
    TrainedOptimizer loaded = TrainedOptimizer.load(file, KNOWN);
    assertThat(loaded.architecture()).isEqualTo(architecture);
    assertThat(loaded.history()).isEqualTo(history);
  }

  @ParameterizedTest
  @MethodSource("all")
  void needsAllOfItsWeights(Architecture<?> architecture) {
    float[] few = new float[architecture.layout().size() - 1];
    float[] many = new float[architecture.layout().size() + 1];
    assertThatThrownBy(() -> architecture.with(few)).hasMessageEndingWith("got " + few.length);
    assertThatThrownBy(() -> architecture.with(many)).hasMessageEndingWith("got " + many.length);
    assertThatThrownBy(() -> new TrainedOptimizer(architecture, few, JsonObject.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("all")
  void copiesTheWeightsItIsGiven(Architecture<?> architecture) {
    float[] weights = Steps.weights(architecture, 5);
    Optimizer<?> rule = architecture.with(weights);
    float[][] before = updates(rule);
    Arrays.fill(weights, 9);
    assertThat(updates(rule)).isDeepEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("all")
  void canBeDifferentiatedAsItSays(Architecture<?> architecture) {
    Optimizer<?> rule = architecture.with(architecture.initialWeights(1));
    assertThat(rule instanceof DifferentiableRule<?>)
        .isEqualTo(architecture.differentiability() != Differentiability.NONE);
    assertThat(rule.coupling()).isEqualTo(architecture.coupling());
  }

  @ParameterizedTest
  @MethodSource("all")
  void startsFromItself(Architecture<?> architecture) {
    float[] weights = Steps.weights(architecture, 6);
    TrainedOptimizer trained = new TrainedOptimizer(architecture, weights, JsonObject.empty());
    float[] adopted = trained.weightsFor(architecture);
    assertThat(adopted).containsExactly(weights);
    adopted[0]++;
    assertThat(trained.weights()).containsExactly(weights);
  }

  @Test
  void everyGroupCanStartFromOneLstm() {
    float[] lstm = NETWORK.initialWeights(9);
    TrainedOptimizer one = new TrainedOptimizer(NETWORK, lstm, JsonObject.empty());
    float[] adopted = one.weightsFor(GROUPED);
    assertThat(adopted).hasSize(2 * lstm.length).startsWith(lstm).endsWith(lstm);

    TrainedOptimizer two = new TrainedOptimizer(GROUPED, adopted, JsonObject.empty());
    assertThatThrownBy(() -> two.weightsFor(NETWORK))
        .hasMessageContaining("cannot start from an optimizer of another architecture")
        .hasMessageContaining("has no weights for 'lstm0/weights'");
  }

  /// A rate of 1,000 steps stays flat past them, and not the reverse: what was learned for 10,000
  /// has no place in less.
  @Test
  void aScheduleCanStartFromAShorterOne() {
    Rule rule = Rule.parse("sgd=0.1");
    Corrected shorter = new Corrected(NETWORK, rule);
    Corrected longer = new Corrected(NETWORK, rule, 8);
    float[] weights = Steps.weights(shorter, 8);
    float[] adopted = new TrainedOptimizer(shorter, weights, JsonObject.empty()).weightsFor(longer);
    float[] rates = longer.layout().slice("base/log-rate").of(adopted);
    assertThat(rates).hasSize(9).startsWith(shorter.layout().slice("base/log-rate").of(weights));
    assertThat(rates[7]).isZero();
    assertThat(rates[8]).isZero();
    assertThat(updates(longer.with(adopted))).isDeepEqualTo(updates(shorter.with(weights)));
    assertThatThrownBy(
            () -> new TrainedOptimizer(longer, adopted, JsonObject.empty()).weightsFor(shorter))
        .hasMessageContaining("has no weights for 'base/log-rate'");
  }

  @Test
  void aScheduleHasAPiece() {
    for (int halfDecades : new int[] {0, -1, 25}) {
      assertThatThrownBy(() -> new Corrected(NETWORK, Rule.parse("sgd=0.1"), halfDecades))
          .hasMessage("halfDecades must be from 1 to 24, got " + halfDecades);
    }
  }

  /// Each group takes its own weights, not those of the group before it.
  @Test
  void blocksAreFoundByTheirNamesWhateverTheirOrder() {
    Group conv = new Group("conv", new BlockFilter("conv"), NETWORK);
    Group dense = new Group("dense", new BlockFilter("dense"), NETWORK);
    Grouped from = new Grouped(List.of(conv, dense), NETWORK);
    Grouped to = new Grouped(List.of(dense, conv), NETWORK);
    float[] weights = Steps.weights(from, 7);
    float[] adopted = new TrainedOptimizer(from, weights, JsonObject.empty()).weightsFor(to);
    for (Slice slice : to.layout().slices()) {
      assertThat(slice.of(adopted))
          .as(slice.block().name())
          .containsExactly(from.layout().slice(slice.block().name()).of(weights));
    }
  }

  @Test
  void aKindThatIsNotKnownIsNamed() throws IOException {
    Path file = folder.resolve("o");
    new TrainedOptimizer(new Scaled(3), new float[] {1}, JsonObject.empty()).save(file);
    assertThatThrownBy(() -> TrainedOptimizer.load(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(
            "architecture: unknown architecture 'scaled'; known: corrected, grouped,"
                + " hopping, lstm, probing, quasi-newton");
  }

  /// An architecture of one's own is one class: it is trained, saved and loaded like ours.
  @Test
  void anArchitectureOfOnesOwnIsTrainedAndLoaded() throws IOException {
    Scaled family = new Scaled(0.05);
    TrainedOptimizer learned =
        MetaTraining.of(TestProblems.always("parabola", TestProblems.parabola(1, 1)))
            .withEstimator(new EvolutionStrategies(10, 0.2))
            .withFamily(family)
            .withEpisodes(new Episodes(40, 10, 2))
            .withOuter(Outer.adam(0.2))
            .withValidation(new Validation(10, 2))
            .run();
    Path file = folder.resolve("o");
    learned.save(file);
    TrainedOptimizer loaded = TrainedOptimizer.load(file, KNOWN);
    assertThat(loaded).isEqualTo(learned);
    assertThat(0.05 * Math.exp(loaded.weights()[0])).isBetween(0.3, 1.7); // the best is 1
  }

  /// Gradient descent with rate · exp(φ): an architecture that is not one of ours.
  private record Scaled(double rate) implements Architecture<OptimizerState.Empty> {

    static final String KIND = "scaled";

    @Override
    public String kind() {
      return KIND;
    }

    @Override
    public JsonObject settings() {
      return JsonObject.empty().with("rate", rate);
    }

    static Scaled fromJson(JsonObject json) {
      return new Scaled(json.real("rate"));
    }

    @Override
    public String summary() {
      return "scaled";
    }

    @Override
    public ParameterLayout layout() {
      return ParameterLayout.of("log-rate", 1);
    }

    @Override
    public float[] initialWeights(long seed) {
      return new float[1];
    }

    @Override
    public Optimizer<OptimizerState.Empty> with(float[] weights) {
      if (weights.length != 1) {
        throw new IllegalArgumentException("1 weight is needed, got " + weights.length);
      }
      return new Descending(rate * Math.exp(weights[0]));
    }
  }

  /// Gradient descent.
  private record Descending(double rate) implements Optimizer<OptimizerState.Empty> {
    @Override
    public OptimizerState.Empty start(ParameterLayout layout) {
      return new OptimizerState.Empty();
    }

    @Override
    public void update(Point at, OptimizerState.Empty state, float[] update) {
      for (int n = 0; n < update.length; n++) {
        update[n] = (float) (-rate * at.gradient()[n]);
      }
    }
  }

  private static <S extends OptimizerState> float[][] updates(Optimizer<S> rule) {
    return Steps.updates(rule, LAYOUT, Steps.gradients(5, 3, LAYOUT.size()));
  }
}
