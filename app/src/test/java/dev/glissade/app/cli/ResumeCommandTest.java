package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that is resumed goes on, ends as it would have, and refuses what contradicts it.
class ResumeCommandTest {

  @TempDir Path folder;

  @Test
  void anExistingRunIsNotTouched() throws IOException {
    Path run = folder.resolve("run");
    Cli.train(folder, "quadratic", "-o", run, "--episodes", 2);
    byte[] before = Files.readAllBytes(run.resolve("best.safetensors"));
    Cli again = Cli.train(folder, "quadratic", "-o", run, "--episodes", 2, "--seed", 7);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("holds a run already").contains("--resume");
    assertThat(Files.readAllBytes(run.resolve("best.safetensors"))).isEqualTo(before);
    Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThat(Cli.train(folder, "quadratic", "-o", folder).err()).contains("is not empty");
  }

  @Test
  void resumingAFinishedRunChangesNothing() throws IOException {
    Path run = folder.resolve("run");
    Cli.train(folder, "quadratic", "-o", run, "--episodes", 2);
    byte[] before = Files.readAllBytes(run.resolve("best.safetensors"));
    Cli resumed = Cli.run(folder, "train", "--resume", run);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(Files.readAllBytes(run.resolve("best.safetensors"))).isEqualTo(before);
  }

  @Test
  void aFinishedRunCanBeMadeLonger() throws IOException {
    Path run = folder.resolve("run");
    Cli.train(folder, "quadratic", "-o", run, "--episodes", 2);
    int lines = Files.readAllLines(run.resolve("metrics.jsonl")).size();
    Cli longer = Cli.run(folder, "train", "--resume", run, "--episodes", 4);
    assertThat(longer.code()).as(longer.err()).isZero();
    assertThat(longer.err()).contains("fades over all 4 episodes now: it jumps up again");
    assertThat(longer.out()).contains("of 4");
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSizeGreaterThan(lines);
    assertThat(Cli.run(folder, "train", "--resume", run).out()).contains("trained already", "of 4");
    assertThat(Cli.run(folder, "train", "--resume", run, "--episodes", 3).err())
        .contains("was begun with episodes/count = 4: resuming cannot change it to 3");
    assertThat(Cli.run(folder, "train", "--resume", run, "--episodes", 5, "--seed", 2).err())
        .contains("was begun with seed = 1");
  }

  @Test
  void resumingRefusesWhatContradicts() throws IOException {
    Path run = folder.resolve("run");
    Cli.train(folder, "quadratic", "-o", run, "--episodes", 2);
    assertThat(Cli.run(folder, "train", "--resume", run, "quadratic", "--steps", 10).code())
        .isZero();
    assertThat(Cli.run(folder, "train", "--resume", run, "--steps", 20).err())
        .contains("was begun with episodes/steps = 10: resuming cannot change it to 20");
    assertThat(Cli.run(folder, "train", "--resume", run, "--seed", 2).err())
        .contains("was begun with seed = 1");
    assertThat(Cli.run(folder, "train", "--resume", run, "rosenbrock").err())
        .contains("is a run for quadratic, not for rosenbrock");
    assertThat(Cli.run(folder, "train", "--resume", run, "--budget", "1m").code()).isEqualTo(2);
    assertThat(Cli.run(folder, "train", "--resume", folder).err()).contains("is no run folder");
    Files.writeString(run.resolve("run.json"), "{\"problem\":\"quadratic\"}");
    assertThat(Cli.run(folder, "train", "--resume", run).err()).contains("run.json: is damaged");
    Files.writeString(run.resolve("run.json"), "{");
    assertThat(Cli.run(folder, "train", "--resume", run).code()).isEqualTo(1);
  }

  @Test
  void aBudgetBecomesANumberOfEpisodesThatGivesTheSameAgain() throws IOException {
    Path timed = folder.resolve("timed");
    assertThat(Cli.train(folder, "quadratic", "-o", timed, "--budget", "1s").code()).isZero();
    int episodes =
        new ObjectMapper()
            .readTree(timed.resolve("run.json").toFile())
            .at("/episodes/count")
            .intValue();
    Path counted = folder.resolve("counted");
    Cli.train(folder, "quadratic", "-o", counted, "--episodes", episodes);
    assertThat(counted.resolve("best.safetensors"))
        .hasSameBinaryContentAs(timed.resolve("best.safetensors"));
  }

  @Test
  void aBudgetThatIsTooShortIsNotOverspent() throws IOException {
    Path run = folder.resolve("run");
    String command = "train quadratic --budget 1s --steps 50000 --batch 1 --validation-instances 1";
    Cli cli =
        Cli.run(
            folder, Stream.concat(Stream.of(command.split(" ")), Stream.of("-o", run)).toArray());
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.err()).contains("budget", "steps");
    assertThat(Cli.train(folder, "quadratic", "-o", run, "--episodes", 2).code())
        .as("the next try")
        .isZero();
  }
}
