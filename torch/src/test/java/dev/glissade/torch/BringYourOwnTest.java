package dev.glissade.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Descent;
import dev.glissade.FiniteDifferences;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Adam;
import dev.glissade.training.MetaTraining;
import example.DecayFits;
import example.SineNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples of `docs/bring-your-own-problem.md`: they are what stands there, and they work.
class BringYourOwnTest {

  static Stream<Problem> problems() {
    return Stream.of(new DecayFits(), new SineNetworks());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../core/src/test/java/example/DecayFits", "src/test/java/example/SineNetworks"})
  void theGuideHasTheCodeOfTheExample(String file) throws IOException {
    String example = Files.readString(Path.of(file + ".java"));
    String guide = Files.readString(Path.of("../docs/bring-your-own-problem.md"));
    assertThat(guide).contains("```java\n" + example + "```\n");
  }

  @ParameterizedTest
  @MethodSource("problems")
  void gradientsAreRight(Problem problem) {
    Objective objective = problem.sample(Split.TRAIN, 1);
    FiniteDifferences.assertGradient(objective, objective.initialParameters(), 0.5, 1e-3);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void problemsKnowTheirLayouts(Problem problem) {
    Objective objective = problem.sample(Split.TEST, 1);
    assertThat(problem.layout()).isEqualTo(objective.layout());
    assertThat(problem.isTwiceDifferentiable()).isEqualTo(objective instanceof TwiceDifferentiable);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void splitsDiffer(Problem problem) {
    float[] start = problem.sample(Split.TRAIN, 1).initialParameters();
    Set<Double> losses = new HashSet<>();
    for (Split split : Split.values()) {
      losses.add(problem.sample(split, 1).evaluate(start, 0, new float[start.length]));
    }
    assertThat(losses).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void theyCanBeSolved(Problem problem) {
    LearningCurve curve = Descent.start(problem.sample(Split.TEST, 2), new Adam(0.05)).run(300);
    assertThat(curve.last()).isLessThan(0.1 * curve.loss(0) + 0.02);
  }

  @Test
  void anOptimizerCanBeLearnt() {
    TrainedOptimizer best = MetaTraining.of(new DecayFits()).withEpisodes(60).run();
    double learned = 0;
    double start = 0;
    for (int seed = 0; seed < 20; seed++) {
      Objective fit = new DecayFits().sample(Split.TEST, seed);
      LearningCurve curve = Descent.start(fit, best.optimizer()).run(100);
      start += curve.loss(0);
      learned += curve.last();
    }
    assertThat(learned).isLessThan(start / 2);
  }
}
