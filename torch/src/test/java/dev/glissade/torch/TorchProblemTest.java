package dev.glissade.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Objective;
import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;

/// Which random numbers an objective of a network is made of.
class TorchProblemTest {

  /// f(x) = x · (a + b), with a drawn for the objective and b for the minibatch.
  private static TorchProblem<Double> named(String name) {
    TorchNetwork<Double> network =
        TorchNetwork.of(
            List.of(Parameter.normal("x", 1, 1)),
            (theta, slope) -> theta.get("x").mul(new Scalar(slope)).sum());
    return TorchProblem.of(
        name,
        network,
        (_, random) -> {
          double a = random.nextDouble();
          return draw -> a + draw.nextDouble();
        });
  }

  private static float slope(Objective objective, long draw) {
    float[] gradient = new float[1];
    objective.evaluate(new float[1], draw, gradient);
    return gradient[0];
  }

  /// Tuned rates and trained optimizers refer to these streams: they must stay what they are.
  @Test
  void theStreamsAreThoseOfTheFamilyAndTheSplit() {
    double a = Seeds.stream(5, "mine/TEST", 0).nextDouble();
    long minibatches = Seeds.derive(5, "mine/TEST/minibatches", 0);
    double b = Seeds.stream(minibatches, "minibatch", 7).nextDouble();
    float start = (float) Seeds.stream(5, "mine/TEST/start", 0).nextGaussian();
    for (String name : List.of("mine", "mine:batch=3,other=a:b")) {
      Objective objective = named(name).sample(Split.TEST, 5);
      assertThat(slope(objective, 7)).isEqualTo((float) (a + b));
      assertThat(objective.initialParameters()).containsExactly(start);
    }
  }

  @Test
  void noTwoSplitsOrSeedsShareAnObjective() {
    Set<Float> slopes = new HashSet<>();
    Set<Float> starts = new HashSet<>();
    for (Split split : Split.values()) {
      for (long seed = -3; seed < 3; seed++) {
        Objective objective = named("mine").sample(split, seed);
        assertThat(slopes.add(slope(objective, 0))).as("%s %d", split, seed).isTrue();
        assertThat(starts.add(objective.initialParameters()[0])).isTrue();
      }
    }
  }

  @Test
  void theLayoutIsTheNetworks() {
    TorchProblem<Double> problem = named("mine");
    assertThat(problem.layout()).isSameAs(problem.network().layout());
    assertThat(problem.sample(Split.TRAIN, 0).layout()).isEqualTo(problem.layout());
    assertThat(problem.isTwiceDifferentiable()).isTrue();
  }
}
