package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at any moment, then `--resume`: the result is the same to the last bit.
class KillAndResumeTest {

  private static final List<String> TRAINING =
      List.of(
          "quadratic",
          "--episodes",
          "800",
          "--steps",
          "20",
          "--unroll",
          "10",
          "--batch",
          "4",
          "--hidden",
          "4",
          "--validate-every",
          "20",
          "--validation-instances",
          "4",
          "--threads",
          "2");

  @TempDir Path folder;

  @Test
  void endsAsIfNothingHadHappened() throws Exception {
    Path unbroken = folder.resolve("unbroken");
    assertThat(start(begin(unbroken)).waitFor()).isZero();

    Path killed = folder.resolve("killed");
    List<String> resume = List.of("train", "--resume", killed.toString());
    int kills = 0;
    for (long lines : new long[] {1, 3, 7, 14}) {
      Process process = start(kills == 0 ? begin(killed) : resume);
      kills += killAfter(process, killed.resolve("metrics.jsonl"), lines) ? 1 : 0;
    }
    assertThat(kills).isPositive();
    assertThat(start(resume).waitFor()).isZero();

    assertThat(killed.resolve("best.safetensors"))
        .hasSameBinaryContentAs(unbroken.resolve("best.safetensors"));
    assertThat(killed.resolve("checkpoints/episode-800.safetensors"))
        .hasSameBinaryContentAs(unbroken.resolve("checkpoints/episode-800.safetensors"));
    assertThat(validations(killed)).isEqualTo(validations(unbroken));
  }

  private static List<String> begin(Path run) {
    List<String> arguments = new ArrayList<>(List.of("train", "-o", run.toString()));
    arguments.addAll(TRAINING);
    return arguments;
  }

  /// What does not depend on when a process was started. How many single episodes have a line does.
  private static List<String> validations(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .filter(line -> line.contains("validated"))
        .map(line -> line.replaceAll(",\"nonFinite\".*", ""))
        .toList();
  }

  private Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /// Kills a process when a file has so many lines.
  ///
  /// @return whether it was still running
  private boolean killAfter(Process process, Path file, long lines) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (process.isAlive() && lines(file) < lines) {
      assertThat(System.nanoTime()).as(Files.readString(folder.resolve("log"))).isLessThan(end);
      Thread.sleep(1);
    }
    boolean alive = process.isAlive();
    process.destroyForcibly().waitFor();
    return alive;
  }

  private static long lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }
}
