package dev.glissade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.RandomProblem;
import dev.glissade.training.MetaTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lines of code in the README, as they stand there, do what it says.
class ReadmeTest {

  private static final Pattern CODE = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL);

  @Test
  void whatShipsFindsTheMinimum() {
    // spotless:off
    Objective yours = Objectives.of(new float[] {-1, 2}, (x, gradient) -> {  // where it starts; the function and its gradient
      gradient[0] = (float) Math.sinh(x[0] - 1);
      gradient[1] = 2 * x[1];
      return Math.cosh(x[0] - 1) + x[1] * x[1];
    });
    Descent descent = Descent.start(yours, Pretrained.GENERAL.load().optimizer());
    descent.run(20);
    float[] found = descent.parameters();                                    // 1, 0
    // spotless:on
    assertThat(found).containsExactly(new float[] {1, 0}, within(1e-4f));
  }

  @Test
  void tenLinesLearnAnOptimizer(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("fits.safetensors");
    // spotless:off
    Problem fits = RandomProblem.of("my-fits", random -> {
      double scale = random.nextDouble(1, 3);                       // one random member of your family of problems
      return Objectives.of(new float[] {5}, (x, gradient) -> {
        gradient[0] = (float) (2 * scale * x[0]);
        return scale * x[0] * x[0];
      });
    });
    TrainedOptimizer learned = MetaTraining.of(fits).withEpisodes(300).run();
    learned.save(path);
    TrainedOptimizer loaded = TrainedOptimizer.load(path);
    LearningCurve curve = Descent.start(fits.sample(Problem.Split.TEST, 7), loaded.optimizer()).run(100);
    // spotless:on
    assertThat(curve.loss(0)).isGreaterThan(20);
    assertThat(curve.last()).isLessThan(0.01);
  }

  @Test
  void theReadmeHasTheCodeOfThisTest() throws IOException {
    String test = Files.readString(Path.of("src/test/java/dev/glissade/ReadmeTest.java"));
    String readme = Files.readString(Path.of("../README.md"));
    assertThat(CODE.matcher(readme).results().map((MatchResult code) -> code.group(1)))
        .hasSize(2)
        .allSatisfy(code -> assertThat(test.replace("\n    ", "\n")).contains(code));
  }
}
