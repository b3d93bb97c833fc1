package dev.glissade.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.BlockFilter;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.Problem;
import dev.glissade.cluster.ClusterException;
import dev.glissade.cluster.ProblemFinder;
import dev.glissade.cluster.Shelf;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.ArchitectureNotation;
import dev.glissade.learned.Group;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.QuasiNewton;
import dev.glissade.learned.Smoothed;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Guarded;
import dev.glissade.optimizer.Rule;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.Mixture;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import dev.glissade.problem.RandomlyScaled;
import dev.glissade.training.TrainingProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What arrives is what was sent.
class ValuesTest {

  private static final ProblemFinder CORE = name -> new ProblemCatalog(Problems.core()).parse(name);

  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(ParameterLayout.block("weights", 3, 2), ParameterLayout.block("bias", 2)));

  private static Object sent(Object value) {
    return Values.read(Values.write(value), CORE);
  }

  static List<Baseline> baselines() {
    return Baselines.all();
  }

  @ParameterizedTest
  @MethodSource("baselines")
  void baselinesAndTheirRulesTravel(Baseline baseline) {
    Rule rule = baseline.rule(0.125, 7);
    assertThat(sent(rule)).isEqualTo(rule);
    assertThat(sent(rule.optimizer())).isEqualTo(rule.optimizer());
  }

  /// Bit for bit, with the weights that they are bound to.
  @ParameterizedTest
  @ValueSource(strings = {"linear", "lstm(2, 20)", "corrected(adam=0.05)", "corrected(muon=0.02)"})
  void learnedRulesTravel(String text) {
    assertSame(ArchitectureNotation.parse(text));
  }

  @Test
  void quasiNewtonRulesTravel() {
    QuasiNewton rule = new QuasiNewton(ArchitectureNotation.parse("linear"), 4);
    assertSame(rule);
    assertSame(new Smoothed(rule, new BlockFilter("pixels")));
  }

  @Test
  void groupedRulesTravel() {
    Architecture<?> lstm = ArchitectureNotation.parse("lstm(1, 4)");
    assertSame(
        new Grouped(
            List.of(
                new Group("a", new BlockFilter("weights"), lstm),
                new Group("b", new BlockFilter("nothing"), Rule.parse("nesterov=0.1"))),
            lstm));
  }

  private static void assertSame(Architecture<?> architecture) {
    assertThat(sent(architecture)).isEqualTo(architecture);
    float[] weights = architecture.initialWeights(3);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.01 * Math.sin(i));
    }
    Optimizer<?> optimizer = architecture.with(weights);
    Optimizer<?> guarded = new Guarded<>(optimizer, new Sgd(0.1));
    assertThat(updates((Optimizer<?>) sent(optimizer)))
        .containsExactlyElementsOf(updates(optimizer));
    assertThat(updates((Optimizer<?>) sent(guarded))).containsExactlyElementsOf(updates(guarded));
  }

  private static <S extends OptimizerState> List<float[]> updates(Optimizer<S> optimizer) {
    S state = optimizer.start(LAYOUT);
    List<float[]> updates = new ArrayList<>();
    float[] gradient = new float[LAYOUT.size()];
    for (int t = 0; t < 3; t++) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) Math.cos(i + t);
      }
      float[] update = new float[LAYOUT.size()];
      optimizer.update(new Point.Known(t, 1 - 0.1 * t, update, gradient), state, update);
      updates.add(update);
    }
    return updates;
  }

  @Test
  void problemsTravelByTheirNames() {
    Problem quadratic = CORE.find("quadratic:dim=3");
    Problem rosenbrock = CORE.find("rosenbrock");
    Problem trainings =
        TrainingProblem.of(quadratic, ArchitectureNotation.parse("corrected(adam=0.05)"));
    for (Problem problem :
        List.of(
            quadratic,
            new Mixture(List.of(quadratic, rosenbrock)),
            new RandomlyScaled(new Mixture(List.of(rosenbrock, quadratic)), 2),
            trainings)) {
      Problem arrived = (Problem) sent(problem);
      assertThat(arrived.name()).isEqualTo(problem.name());
      float[] start = problem.sample(Problem.Split.TRAIN, 5).initialParameters();
      assertThat(arrived.sample(Problem.Split.TRAIN, 5).initialParameters()).containsExactly(start);
    }
  }

  @Test
  void optionalsTravel() {
    assertThat(sent(List.of(Optional.of(new Sgd(0.5)), Optional.empty())))
        .isEqualTo(List.of(Optional.of(new Sgd(0.5)), Optional.empty()));
  }

  /// One shelf for all jobs that arrive with it, and none that was sent along.
  @Test
  void aShelfArrivesEmptyAndStays() {
    Shelf<Integer> shelf = new Shelf<>();
    shelf.put(0, 7);
    Shelf<?> arrived = (Shelf<?>) sent(shelf);
    assertThat(arrived).isNotSameAs(shelf).isSameAs(sent(shelf));
    assertThat(arrived.take(0)).isEmpty();
    assertThat(sent(new Shelf<>())).isNotSameAs(arrived);
  }

  @Test
  void whatCannotTravelIsNamed() {
    assertThatThrownBy(() -> Values.write(List.of(new Object())))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "java.lang.Object cannot travel to a cluster: make it a record of values, or"
                + " Serializable");
  }
}
