package dev.glissade.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.torch.problem.TorchProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an objective promises: purity, values that are not finite, clear mistakes.
class TorchObjectiveTest {

  @TempDir private Path folder;

  private Problem mnist() {
    return new ProblemCatalog(TorchProblems.all(TestImages.digits(folder, 60, 20)))
        .parse("mnist:units=6,batch=16,start=0.1");
  }

  /// A network of one parameter x, [3], with a loss of your own.
  private static Objective vector(TorchNetwork.Loss<Integer> loss) {
    var network = TorchNetwork.of(List.of(Parameter.normal("x", 1, 3)), loss);
    return new TorchObjective<>(network, new float[] {1, 2, 3}, _ -> 0, 1);
  }

  /// Loss and gradient of some draws, in bits.
  private static List<Integer> bits(Objective objective, int draws) {
    List<Integer> bits = new ArrayList<>();
    float[] start = objective.initialParameters();
    float[] gradient = new float[start.length];
    for (int draw = 0; draw < draws; draw++) {
      double loss = objective.evaluate(start, draw, gradient);
      bits.add(Double.hashCode(loss));
      bits.add(Arrays.hashCode(gradient));
    }
    return bits;
  }

  @Test
  void equalDrawsGiveEqualResults() {
    List<Integer> bits = bits(mnist().sample(Split.TRAIN, 7), 5);
    assertThat(bits(mnist().sample(Split.TRAIN, 7), 5)).isEqualTo(bits).doesNotHaveDuplicates();
    assertThat(bits(mnist().sample(Split.TRAIN, 8), 5)).doesNotContainAnyElementsOf(bits);
    assertThat(bits(mnist().sample(Split.TEST, 7), 5)).doesNotContainAnyElementsOf(bits);
  }

  @Test
  void hessianSeesTheMinibatchOfTheDraw() {
    var objective = (TorchObjective<?>) mnist().sample(Split.TRAIN, 7);
    float[] start = objective.initialParameters();
    float[] vector = new float[start.length];
    Arrays.fill(vector, 1);
    float[] first = new float[start.length];
    float[] again = new float[start.length];
    float[] other = new float[start.length];
    objective.hessianTimes(start, 4, vector, first);
    objective.hessianTimes(start, 5, vector, other);
    objective.hessianTimes(start, 4, vector, again);
    assertThat(again).isEqualTo(first).isNotEqualTo(other);
  }

  @Test
  void manyThreadsGiveTheResultsOfOne() throws Exception {
    Problem problem = mnist();
    List<Callable<List<Integer>>> tasks = new ArrayList<>();
    List<List<Integer>> expected = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      Objective objective = problem.sample(Split.TRAIN, seed);
      expected.add(bits(objective, 200));
      tasks.add(() -> bits(objective, 200));
    }
    tasks.addAll(List.copyOf(tasks)); // two threads at once on each objective
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<List<Integer>>> results = pool.invokeAll(tasks);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo(expected.get(i % 4));
      }
    }
  }

  @Test
  void worksInsideAScopeOfTheCaller() {
    Objective objective;
    List<Integer> bits;
    try (PointerScope _ = new PointerScope()) {
      objective = mnist().sample(Split.TRAIN, 1);
      bits = bits(objective, 2);
    }
    assertThat(bits(objective, 2)).isEqualTo(bits);
  }

  @Test
  void lossesThatAreNotFiniteAreReturned() {
    float[] gradient = new float[3];
    float[] zero = new float[3];
    assertThat(vector((p, _) -> p.get("x").log().sum()).evaluate(zero, 0, gradient))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(vector((p, _) -> p.get("x").rsqrt().sum()).evaluate(zero, 0, gradient))
        .isEqualTo(Double.POSITIVE_INFINITY);
    Arrays.fill(zero, -1);
    assertThat(vector((p, _) -> p.get("x").log().sum()).evaluate(zero, 0, gradient)).isNaN();
  }

  @Test
  void parametersThatDoNotMatterHaveNoGradient() {
    var network =
        TorchNetwork.<Integer>of(
            List.of(Parameter.constant("a", 2), Parameter.constant("b", 3)),
            (p, _) -> p.get("a").mul(p.get("a")));
    var objective = new TorchObjective<>(network, new float[] {2, 3}, _ -> 0, 1);
    float[] result = {Float.NaN, Float.NaN};
    assertThat(objective.evaluate(new float[] {5, 7}, 0, result)).isEqualTo(25);
    assertThat(result).containsExactly(10, 0);
    objective.hessianTimes(new float[] {5, 7}, 0, new float[] {1, 1}, result);
    assertThat(result).containsExactly(2, 0);
  }

  @Test
  void linearLossesHaveNoCurvature() {
    float[] product = {Float.NaN, Float.NaN, Float.NaN};
    var objective = (TorchObjective<?>) vector((p, _) -> p.get("x").sum());
    objective.hessianTimes(new float[3], 0, new float[] {1, 1, 1}, product);
    assertThat(product).containsOnly(0);
  }

  @Test
  void mistakesAreToldInOneLine() {
    float[] x = new float[3];
    assertThatThrownBy(() -> vector((p, _) -> p.get("y")).evaluate(x, 0, x))
        .hasMessage("unknown parameter 'y' (did you mean 'x'?); known: x");
    assertThatThrownBy(() -> vector((p, _) -> p.get("x")).evaluate(x, 0, x))
        .hasMessageContaining("grad can be implicitly created only for scalar outputs")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(
            () -> vector((p, _) -> p.get("x").add(torch.ones(2)).sum()).evaluate(x, 0, x))
        .hasMessageStartingWith("libtorch: The size of tensor a (3) must match")
        .hasMessageNotContaining("\n");
    Tensor constant = torch.ones(1);
    assertThatThrownBy(() -> vector((_, _) -> constant).evaluate(x, 0, x))
        .hasMessageContaining("does not require grad")
        .hasMessageNotContaining("\n");
  }

  @Test
  void parameterNamesMustDiffer() {
    List<Parameter> twice = List.of(Parameter.constant("a", 1), Parameter.constant("a", 2, 3));
    assertThatThrownBy(() -> TorchNetwork.<Integer>of(twice, (p, _) -> p.get("a")))
        .hasMessage("parameter 'a' is given twice");
  }
}
