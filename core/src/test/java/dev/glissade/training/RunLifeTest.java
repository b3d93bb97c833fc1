package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.training.TrainingMetrics.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever looks at a run from outside can tell whether somebody trains it, and that it goes on.
class RunLifeTest {

  private static final TrainingMetrics MEASURED =
      new TrainingMetrics(4, 1, 2, 3, Double.NaN, 5, 6, 10);

  @TempDir private Path folder;

  @Test
  void aLongEpisodeGivesSignsOfLife() throws IOException {
    RunFolder run = RunFolder.create(folder.resolve("run"), RunFolders.TRAINING);
    try (RunKeeper keeper = run.resume(RunFolders.TRAINING)) {
      keeper.working(MEASURED.during(Phase.VALIDATION, 0.25, 2.9));
      assertThat(run.metricsFile()).doesNotExist();
      keeper.working(MEASURED.during(Phase.VALIDATION, 0.5, 3));
      keeper.working(MEASURED.during(Phase.EPISODE, 0.1, 5.9));
      keeper.working(MEASURED.during(Phase.EPISODE, 0.75, 6));
    }
    assertThat(run.metrics()).isEmpty(); // they tell of no episode
    assertThat(
            Files.readAllLines(run.metricsFile()).stream()
                .flatMap(it -> TrainingMetrics.parse(it).stream()))
        .containsExactly(
            MEASURED.during(Phase.VALIDATION, 0.5, 3), MEASURED.during(Phase.EPISODE, 0.75, 6));
    assertThat(Files.readAllLines(run.metricsFile()).getLast())
        .isEqualTo(
            "{\"episode\":4,\"metaLoss\":null,\"gradientNorm\":null,\"learningRate\":null,"
                + "\"bestLoss\":5.0,\"nonFinite\":6,\"seconds\":6.0,\"phase\":\"episode\",\"part\":0.75}");
  }

  /// They tell of what will be done again.
  @Test
  void aRunThatIsResumedDropsThem() throws IOException {
    Path path = RunFolders.finished(folder.resolve("run"));
    RunFolder run = RunFolder.open(path);
    List<TrainingMetrics> before = run.metrics();
    run.metricsLog().append(MEASURED.during(Phase.EPISODE, 0.5, 20));
    assertThat(Files.readAllLines(run.metricsFile())).hasSize(before.size() + 1);
    RunFolders.resume(path);
    assertThat(Files.readAllLines(run.metricsFile())).hasSize(before.size());
  }

  @Test
  void beatsAreASecondApartAndTellOfWhatWasMeasured() throws InterruptedException {
    List<TrainingMetrics> seen = new ArrayList<>();
    Pulse pulse =
        new Pulse(
            new Checkpoints() {
              @Override
              public Optional<Checkpoint> latest() {
                return Optional.empty();
              }

              @Override
              public void record(Checkpoint checkpoint, TrainingMetrics metrics) {}

              @Override
              public void working(TrainingMetrics metrics) {
                seen.add(metrics);
              }
            });
    pulse.measured(MEASURED);
    pulse.beat(Phase.EPISODE, 0.1);
    assertThat(seen).isEmpty();
    Thread.sleep(1100);
    pulse.beat(Phase.EPISODE, 0.2);
    pulse.beat(Phase.EPISODE, 0.3);
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().episode()).isEqualTo(4);
    assertThat(seen.getFirst().bestLoss()).isEqualTo(5);
    assertThat(seen.getFirst().part()).isEqualTo(0.2);
    assertThat(seen.getFirst().seconds()).isBetween(1.0, 60.0);
    assertThat(seen.getFirst().metaLoss()).isNaN();
  }

  @Test
  void theOwnerIsKnownWhileItHasHoldOfTheRun() throws IOException {
    RunFolder run = RunFolder.create(folder.resolve("run"), RunFolders.TRAINING);
    assertThat(run.owner()).isEmpty();
    try (RunKeeper _ = run.resume(RunFolders.TRAINING)) {
      RunOwner owner = run.owner().orElseThrow();
      assertThat(owner.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(owner.isGone()).isFalse();
      assertThat(owner.since()).isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
    }
    assertThat(run.owner()).isEmpty();
  }

  private static TemporalUnitOffset within(Duration time) {
    return new TemporalUnitWithinOffset(time.toSeconds(), ChronoUnit.SECONDS);
  }

  @Test
  void anOwnerThatWasKilledIsGone() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "60").start();
    String host = RunOwner.self().host();
    RunOwner owner = new RunOwner(process.pid(), host, Instant.now());
    assertThat(owner.isGone()).isFalse();
    process.destroyForcibly().waitFor();
    assertThat(owner.isGone()).isTrue();
  }

  /// Numbers of processes are given again.
  @Test
  void aYoungerProcessOfTheSameNumberIsAnother() throws IOException {
    Path lock = folder.resolve("lock");
    Files.writeString(lock, RunOwner.self().toString());
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofDays(400))));
    assertThat(RunOwner.read(lock).orElseThrow().isGone()).isTrue();
  }

  @Test
  void ofAnotherHostNothingIsKnown() {
    assertThat(new RunOwner(999_999_999L, "elsewhere.invalid", Instant.now()).isGone()).isFalse();
  }

  @Test
  void aLockWithJunkInItNamesNobody() throws IOException {
    Path lock = folder.resolve("lock");
    for (String junk : List.of("", "pid", "pid x on y", "pid 1 on ", "x".repeat(5000))) {
      Files.writeString(lock, junk);
      assertThat(RunOwner.read(lock)).isEmpty();
    }
  }
}
