package dev.glissade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.RandomProblem;
import dev.glissade.training.MetaTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ten lines of the README, as they stand there, do what it says.
class ReadmeTest {

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
    String code = readme.substring(readme.indexOf("```java\n") + 8);
    code = code.substring(0, code.indexOf("```")).strip();
    assertThat(test.replace("\n    ", "\n")).contains(code);
  }
}
