package dev.glissade.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Objective;
import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import dev.glissade.TestProblems;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Which random numbers an objective is made of.
class RandomProblemTest {

  private static RandomProblem named(String name) {
    return RandomProblem.of(name, random -> TestProblems.parabola(1, random.nextFloat()));
  }

  private static float drawn(RandomProblem problem, Split split, long seed) {
    return problem.sample(split, seed).initialParameters()[0];
  }

  @Test
  void noTwoSplitsOrSeedsShareAnObjective() {
    Set<Float> seen = new HashSet<>();
    for (Split split : Split.values()) {
      for (long seed = -10; seed < 10; seed++) {
        assertThat(seen.add(drawn(named("mine"), split, seed))).as("%s %d", split, seed).isTrue();
      }
    }
  }

  /// Tuned rates and trained optimizers refer to these streams: they must stay what they are.
  @Test
  void theStreamIsThatOfTheFamilyAndTheSplit() {
    float expected = Seeds.stream(5, "mine/VALIDATION", 0).nextFloat();
    assertThat(drawn(named("mine"), Split.VALIDATION, 5)).isEqualTo(expected);
    assertThat(drawn(named("mine:dim=3,start=a:b"), Split.VALIDATION, 5)).isEqualTo(expected);
    assertThat(drawn(named("other:mine"), Split.VALIDATION, 5)).isNotEqualTo(expected);
  }

  @Test
  void aClassAndAFunctionDrawTheSame() {
    RandomProblem own =
        new RandomProblem() {
          @Override
          public String name() {
            return "mine";
          }

          @Override
          public Objective draw(RandomGenerator random) {
            return TestProblems.parabola(1, random.nextFloat());
          }
        };
    assertThat(drawn(own, Split.TEST, 9)).isEqualTo(drawn(named("mine"), Split.TEST, 9));
    assertThat(own.layout()).isEqualTo(TestProblems.parabola(1, 1).layout());
    assertThat(own.isTwiceDifferentiable()).isTrue();
    assertThat(own.steps()).isEqualTo(100);
    assertThat(own.variants()).isEmpty();
  }
}
