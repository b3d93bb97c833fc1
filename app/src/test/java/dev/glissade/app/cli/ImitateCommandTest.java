package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.file.JsonObject;
import dev.glissade.learned.TrainedOptimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImitateCommandTest {

  private static final String TEACHER = "momentum+cosine=0.02,steps=20";

  @TempDir Path folder;

  private Cli imitate(Path file, Object... more) {
    List<Object> words = new ArrayList<>();
    words.addAll(List.of("imitate", TEACHER, "quadratic", "quadratic:dim=5", "-o", file));
    words.addAll(List.of(more));
    return Cli.run(folder, words.toArray());
  }

  @Test
  void theFileIsAnOptimizerThatSaysWhatItLearned() throws IOException {
    Path file = folder.resolve("new/faded.safetensors");
    Cli cli = imitate(file, "--base", "momentum=0.01", "--layers", 1, "--hidden", 4, "--steps", 20);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("momentum + LSTM 1 × 4, after " + TEACHER);
    assertThat(cli.err().lines()).endsWith("Wrote " + file);
    TrainedOptimizer learned = TrainedOptimizer.load(file);
    assertThat(learned.history())
        .isEqualTo(
            JsonObject.empty()
                .with("problem", "quadratic")
                .with("mix", List.of("quadratic:dim=5"))
                .with("imitated", TEACHER)
                .with("steps", 20)
                .with("runs", 1)
                .with("seed", 1L));
    assertThat(Cli.run(folder, "inspect", file).out()).contains("imitated", TEACHER);
    Cli compared = Cli.run(folder, "compare", "quadratic", file, "momentum=0.01", "--instances", 2);
    assertThat(compared.code()).as(compared.err()).isZero();
  }

  @Test
  void whatCorrectsNothingIsRefusedBeforeARun() {
    Path file = folder.resolve("a.safetensors");
    Cli cli = imitate(file);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("outputs of LSTMs that correct a rule");
    assertThat(file).doesNotExist();
  }

  @Test
  void theRunsAreAtLeastOne() {
    Cli cli = imitate(folder.resolve("a.safetensors"), "--runs", 0, "--base", "momentum=0.01");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("--runs must be >= 1, got 0");
  }

  @Test
  void aTeacherThatIsNotKnownIsNamed() {
    Cli cli =
        Cli.run(
            folder, "imitate", "mu=1", "quadratic", "-o", folder.resolve("a"), "--base", "sgd=1");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("mu");
  }
}
