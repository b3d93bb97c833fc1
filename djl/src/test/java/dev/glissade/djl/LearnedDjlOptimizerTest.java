package dev.glissade.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.ParameterLayout;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Guarded;
import dev.glissade.optimizer.Lbfgs;
import dev.glissade.optimizer.Momentum;
import dev.glissade.optimizer.Sgd;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a rule sees of a DJL training, and what becomes of its updates.
class LearnedDjlOptimizerTest {

  @BeforeAll
  static void requirePytorch() {
    Classifier.requirePytorch();
  }

  private static LearnedDjlOptimizer optimizer(Block block, Optimizer<?> rule) {
    return LearnedDjlOptimizer.builder(block, rule).build();
  }

  /// Whoever names none gets the one for whatever comes, whatever its name will be.
  @Test
  void withoutARuleItIsTheDefaultOfWhatShips() {
    Optimizer<?> rule = Pretrained.DEFAULT.load().optimizer();
    try (Classifier own = Classifier.perceptron(it -> LearnedDjlOptimizer.builder(it).build());
        Classifier named = Classifier.trainedBy(rule)) {
      own.train(10);
      named.train(10);
      assertThat(own.parameters()).containsExactly(named.parameters());
    }
  }

  @Test
  void gradientsDoNotAddUp() {
    try (Classifier classifier = Classifier.trainedBy(new Sgd(1e-30))) {
      classifier.backward();
      assertThat(classifier.gradient()).doesNotContain(0);
      classifier.trainer().step();
      assertThat(classifier.gradient()).containsOnly(0);
    }
  }

  /// Otherwise one bad batch would poison all that come after it.
  @Test
  void aGradientThatIsNoNumberIsClearedAndNotStepped() {
    try (Classifier classifier = Classifier.trainedBy(new Sgd(0.1))) {
      LearnedDjlOptimizer optimizer = optimizer(classifier.block(), new Sgd(0.1));
      classifier.backward();
      Parameter bias = classifier.block().getParameters().get("01Linear_bias");
      NDArray weight = bias.getArray();
      float[] before = weight.toFloatArray();
      NativeFloatsTest.fill(weight.getGradient(), Float.NaN);
      try (NDArray gradient = weight.getGradient().duplicate()) {
        optimizer.update(bias.getId(), weight, gradient);
      }
      assertThat(weight.toFloatArray()).containsExactly(before);
      assertThat(weight.getGradient().toFloatArray()).containsOnly(0);
      assertThat(optimizer.nonFiniteCount()).isOne();
    }
  }

  @Test
  void aLossThatIsNoNumberIsNotSteppedFrom() {
    try (Run run = Run.of(new Lbfgs(1))) {
      Classifier classifier = run.classifier();
      float[] before = classifier.parameters();
      classifier.backward();
      run.optimizer().observe(Double.NaN);
      classifier.trainer().step();
      assertThat(classifier.parameters()).containsExactly(before);
      assertThat(run.optimizer().nonFiniteCount()).isOne();
      classifier.train(1);
      assertThat(classifier.parameters()).isNotEqualTo(before);
    }
  }

  @Test
  void aRuleForCoordinatesHasAStateForEachParameter() {
    Watching rule = new Watching(Coupling.COORDINATES);
    try (Classifier classifier = Classifier.trainedBy(rule)) {
      classifier.train(3);
      assertThat(rule.layouts()).hasSize(4).allMatch(layout -> layout.blocks().size() == 1);
      assertThat(rule.steps()).containsExactly(0L, 0L, 0L, 0L, 1L, 1L, 1L, 1L, 2L, 2L, 2L, 2L);
      assertThat(rule.losses()).containsOnly(Double.NaN);
    }
  }

  @Test
  void aRuleThatCouplesAllSeesAllAtOnceAndTheLoss() {
    Watching rule = new Watching(Coupling.ALL);
    try (Classifier classifier = Classifier.trainedBy(rule)) {
      classifier.train(3);
      assertThat(rule.layouts()).containsExactly(classifier.layout());
      assertThat(rule.steps()).containsExactly(0L, 1L, 2L);
      assertThat(rule.losses()).containsExactlyElementsOf(classifier.losses());
    }
  }

  /// As their gradients do.
  @Test
  void lossesOfSeveralBatchesBeforeOneStepAddUp() {
    Watching rule = new Watching(Coupling.ALL);
    try (Classifier classifier = Classifier.trainedBy(rule)) {
      classifier.train(1);
      classifier.backward();
      classifier.train(1);
      List<Double> losses = classifier.losses();
      assertThat(rule.losses()).containsExactly(losses.get(0), losses.get(1) + losses.get(2));
    }
  }

  @Test
  void theLossIsThatOfTheGradientThatIsSeen() {
    Watching rule = new Watching(Coupling.ALL);
    try (Classifier classifier =
        Classifier.perceptron(block ->
            LearnedDjlOptimizer.builder(block, rule)
                .setRescaleGrad(0.5f)
                .optWeightDecays(0.2f)
                .build())) {
      double squares = 0;
      for (float value : classifier.parameters()) {
        squares += value * value;
      }
      classifier.train(1);
      double expected = 0.5 * classifier.losses().getFirst() + 0.5 * 0.2 * squares;
      assertThat(rule.losses().getFirst()).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void blocksHaveTheNamesThatOurRulesKnow() {
    try (Classifier classifier =
        Run.of(Classifier.convolution(), new Shape(1, 6, 6), new Sgd(1)).classifier()) {
      assertThat(classifier.layout().blocks())
          .containsExactly(
              ParameterLayout.block("01Conv2d/weights", 2, 1, 3, 3),
              ParameterLayout.block("01Conv2d/bias", 2),
              ParameterLayout.block("04Linear/weights", 3, 32),
              ParameterLayout.block("04Linear/bias", 3));
    }
  }

  /// As in transfer learning: the head first, then all.
  @Test
  void aParameterMayBeUnfrozenLater() {
    try (Classifier classifier = Classifier.trainedBy(new Adam(0.1))) {
      Parameter first = classifier.block().getParameters().get("01Linear_weight");
      float[] before = first.getArray().toFloatArray();
      first.freeze(true);
      classifier.train(2);
      assertThat(first.getArray().toFloatArray()).containsExactly(before);
      first.freeze(false);
      classifier.train(2);
      assertThat(first.getArray().toFloatArray()).isNotEqualTo(before);
    }
  }

  @Test
  void theGuardStepsInWhereTheLossBlowsUp() {
    Optimizer<?> rule = new Guarded<>(new Sgd(3000), new Adam(0.1), 1, 50);
    try (Run run = Run.of(rule);
        Classifier alone = Classifier.trainedBy(new Sgd(3000))) {
      List<Double> losses = run.classifier().train(60).losses();
      assertThat(run.optimizer().interventions()).isPositive();
      assertThat(losses.getLast()).isLessThan(losses.getFirst());
      List<Double> unguarded = alone.train(60).losses();
      assertThat(unguarded.getLast()).isGreaterThan(10 * losses.getLast());
    }
  }

  @Test
  void eachDeviceHasAStateOfItsOwn() {
    try (Classifier classifier = Classifier.trainedBy(new Sgd(1))) {
      LearnedDjlOptimizer optimizer = optimizer(classifier.block(), new Momentum(1, 0.5));
      Parameter bias = classifier.block().getParameters().get("01Linear_bias");
      NDArray here = bias.getArray();
      float[] start = here.toFloatArray();
      try (NDManager manager = NDManager.newBaseManager();
          NDArray gradient = manager.ones(here.getShape());
          NDArray copy = here.duplicate()) {
        NDArray there = on(Device.of("tpu", 0), copy);
        optimizer.update(bias.getId(), here, gradient);
        optimizer.update(bias.getId(), there, gradient);
        optimizer.update(bias.getId(), here, gradient);
        optimizer.update(bias.getId(), there, gradient);
        assertThat(here.toFloatArray()).containsExactly(copy.toFloatArray());
        assertThat(here.getFloat(0)).isCloseTo(start[0] - 1 - 1.5f, within(1e-5f));
      }
    }
  }

  /// An array that says that it is elsewhere.
  private static NDArray on(Device device, NDArray array) {
    return (NDArray)
        Proxy.newProxyInstance(
            NDArray.class.getClassLoader(),
            new Class<?>[] {NDArray.class},
            (_, method, arguments) -> {
              try {
                return method.getName().equals("getDevice")
                    ? device
                    : method.invoke(array, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void stepsLeaveNothingBehindInTheEngine() {
    try (Classifier classifier = Classifier.trainedBy(new Adam(0.01))) {
      classifier.train(2);
      int before = classifier.arrays();
      classifier.trainOnly(20);
      assertThat(classifier.arrays()).isEqualTo(before);
    }
  }

  @Test
  void theFirstGroupThatMatchesHasAParameter() {
    Watching biases = new Watching(Coupling.ALL);
    Watching weights = new Watching(Coupling.BLOCKS);
    Watching rest = new Watching(Coupling.COORDINATES);
    try (Classifier classifier =
        Classifier.perceptron(block ->
            LearnedDjlOptimizer.builder(block, rest)
                .optGroup(new BlockFilter("bias"), biases)
                .optGroup(new BlockFilter("01Linear"), weights)
                .build())) {
      classifier.train(1);
      assertThat(biases.layouts()).hasSize(1);
      assertThat(biases.layouts().getFirst().blocks())
          .extracting(ParameterLayout.Block::name)
          .containsExactly("01Linear/bias", "03Linear/bias");
      assertThat(weights.layouts()).containsExactly(ParameterLayout.of("01Linear/weights", 5, 4));
      assertThat(rest.layouts()).containsExactly(ParameterLayout.of("03Linear/weights", 3, 5));
    }
  }

  /// A group that waits for its last parameter keeps what it has, whatever steps meanwhile.
  @Test
  void aGroupThatWaitsIsLeftAlone() {
    try (Classifier classifier = Classifier.trainedBy(new Sgd(1))) {
      LearnedDjlOptimizer optimizer =
          LearnedDjlOptimizer.builder(classifier.block(), new Watching(Coupling.BLOCKS))
              .optGroup(new BlockFilter("01Linear_bias|03Linear_weight"), new Lbfgs(1))
              .build();
      NDArray bias = classifier.array("01Linear_bias"); // 5, and 15 of the other: 20 together
      float[] before = bias.toFloatArray();
      optimizer.observe(1);
      update(optimizer, classifier, "01Linear_bias", 1);
      update(optimizer, classifier, "01Linear_weight", 100); // 20
      assertThat(bias.toFloatArray()).containsExactly(before);
      update(optimizer, classifier, "03Linear_weight", 1);
      for (int i = 0; i < before.length; i++) { // the first step: g / ‖g‖₁
        assertThat(bias.getFloat(i)).isCloseTo(before[i] - 1 / 20f, within(1e-6f));
      }
    }
  }

  private static void update(
      LearnedDjlOptimizer optimizer, Classifier classifier, String name, float gradient) {
    Parameter parameter = classifier.block().getParameters().get(name);
    try (NDArray gradients = parameter.getArray().onesLike()) {
      NativeFloatsTest.fill(gradients, gradient);
      optimizer.update(parameter.getId(), parameter.getArray(), gradients);
    }
  }
}
