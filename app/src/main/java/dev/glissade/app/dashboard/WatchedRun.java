package dev.glissade.app.dashboard;

import dev.glissade.app.dashboard.Snapshot.Content;
import dev.glissade.app.terminal.Shell;
import dev.glissade.file.JsonObject;
import dev.glissade.training.RunFolder;
import dev.glissade.training.RunOwner;
import dev.glissade.training.TrainingMetrics;
import dev.glissade.training.TrainingMetrics.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A run that is looked at again and again. What has not changed is not read again.
final class WatchedRun {

  /// The time after which a process that does not write has stalled, at least.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String id;
  private final Path path;
  private long planVersion = -1;
  private Plan plan = new Plan(Optional.empty(), "", 0, "");
  private long metricsVersion = -1;
  private LastLines last = new LastLines(List.of());

  /// What `run.json` says.
  ///
  /// @param folder empty if it cannot be read
  /// @param damage then why
  private record Plan(Optional<RunFolder> folder, String problem, long episodes, String damage) {}

  WatchedRun(String id, Path path) {
    this.id = id;
    this.path = path;
  }

  /// The file of its metrics.
  static Path metricsFile(Path path) {
    return path.resolve("metrics.jsonl");
  }

  /// Looks at the run as it is now.
  ///
  /// @param content of its folder
  Snapshot.Run look(Content content, Instant now) {
    readPlan();
    readMetrics();
    if (plan.folder.isEmpty()) {
      return run(RunState.DAMAGED, plan.damage, Double.NaN, content);
    }
    RunFolder folder = plan.folder.get();
    Optional<RunOwner> owner = owner(folder);
    RunState state = state(folder, owner, now);
    double speed = last.episodesPerSecond();
    double position = last.latest().map(LastLines::position).orElse(0.0);
    double left =
        state == RunState.RUNNING ? Math.max(0, plan.episodes - position) / speed : Double.NaN;
    return run(state, word(state, owner), left, content);
  }

  private void readPlan() {
    long version = version(path.resolve("run.json"));
    if (version == planVersion) {
      return;
    }
    planVersion = version;
    try {
      RunFolder folder = RunFolder.open(path);
      JsonObject json = folder.plan();
      plan =
          new Plan(
              Optional.of(folder),
              json.text("problem"),
              json.object("episodes").whole("count"),
              "");
    } catch (IOException | IllegalArgumentException e) {
      plan = new Plan(Optional.empty(), "", 0, String.valueOf(e.getMessage()));
    }
  }

  private void readMetrics() {
    Path file = metricsFile(path);
    long version = version(file);
    if (version == metricsVersion) {
      return;
    }
    try {
      last = version == 0 ? new LastLines(List.of()) : LastLines.read(file);
      metricsVersion = version;
    } catch (IOException e) {
      metricsVersion = -1; // it is being replaced, say: next time
    }
  }

  /// A number that is another one when the file is; 0 if there is no such file.
  private static long version(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          ? 1 + 31 * Files.getLastModifiedTime(file).toMillis() + Files.size(file)
          : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static Optional<RunOwner> owner(RunFolder folder) {
    try {
      return folder.owner();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private RunState state(RunFolder folder, Optional<RunOwner> owner, Instant now) {
    long done = last.latestDone().map(TrainingMetrics::episode).orElse(0L);
    if (plan.episodes > 0 && done >= plan.episodes && last.latestDone().get().isValidation()) {
      return RunState.DONE;
    }
    if (owner.isPresent() && !owner.get().isGone()) {
      Duration silence = Duration.between(lastSign(owner), now);
      double patience = Math.max((double) PATIENCE.toSeconds(), 10 * last.longestGap());
      return silence.toSeconds() <= patience ? RunState.RUNNING : RunState.STALLED;
    }
    if (last.latest().isEmpty() && owner.isEmpty()) {
      return RunState.NEW;
    }
    return done <= keptEpisodes(folder) ? RunState.INTERRUPTED : RunState.CRASHED;
  }

  private static long keptEpisodes(RunFolder folder) {
    try {
      return folder.keptEpisodes();
    } catch (IOException e) {
      return 0;
    }
  }

  /// When anything was written last.
  private Instant lastSign(Optional<RunOwner> owner) {
    Instant sign = owner.map(RunOwner::since).orElse(Instant.EPOCH);
    for (Path file : List.of(metricsFile(path), path.resolve("run.json"))) {
      try {
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        sign = modified.isAfter(sign) ? modified : sign;
      } catch (IOException e) {
        // it is not there yet
      }
    }
    return sign;
  }

  private String word(RunState state, Optional<RunOwner> owner) {
    return switch (state) {
      case RUNNING, STALLED -> owner.map(RunOwner::toString).orElse("");
      case INTERRUPTED, CRASHED, NEW -> Shell.command("train", "--resume", path);
      case DONE, DAMAGED -> "";
    };
  }

  private Snapshot.Run run(RunState state, String word, double left, Content content) {
    Optional<TrainingMetrics> latest = last.latest();
    Optional<TrainingMetrics> done = last.latestDone();
    return new Snapshot.Run(
        id,
        state,
        word,
        plan.problem,
        latest.map(TrainingMetrics::episode).orElse(0L),
        plan.episodes,
        state == RunState.RUNNING ? latest.map(WatchedRun::doing).orElse("scoring the start") : "",
        latest.map(it -> LastLines.position(it) - it.episode()).orElse(0.0),
        done.map(TrainingMetrics::metaLoss).orElse(Double.NaN),
        last.latestValidation().map(TrainingMetrics::validationLoss).orElse(Double.NaN),
        latest.map(TrainingMetrics::bestLoss).orElse(Double.NaN),
        done.map(TrainingMetrics::gradientNorm).orElse(Double.NaN),
        done.map(TrainingMetrics::learningRate).orElse(Double.NaN),
        latest.map(TrainingMetrics::nonFiniteCount).orElse(0L),
        last.episodesPerSecond(),
        left,
        lastSign(Optional.empty()).toEpochMilli(),
        metricsVersion,
        content);
  }

  private static String doing(TrainingMetrics metrics) {
    return metrics.phase() == Phase.VALIDATION
        ? "scoring %s %%".formatted((int) (100 * metrics.part()))
        : "";
  }
}
