package dev.glissade.training;

import dev.glissade.Problem;
import dev.glissade.file.AtomicFiles;
import dev.glissade.file.Contents;
import dev.glissade.file.JsonObject;
import dev.glissade.file.MalformedFileException;
import dev.glissade.learned.Architectures;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Episodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The folder of a training run, to be looked at: nothing here writes, whatever another process
/// does with the run. [#resume] is the way to continue it.
///
/// - `run.json`: the training, and the command that began it
/// - `teacher.safetensors`, `start.safetensors`: the learned optimizers that are part of it, if any
/// - `metrics.jsonl`: one line for an episode, at least every few seconds, and for each validation;
///   also every few seconds while one of these is made
/// - `checkpoints/episode-N.safetensors`: from where a run that was stopped goes on, bit for bit;
///   the last three are kept
/// - `best.safetensors`: the best optimizer so far
/// - `lock`: who has hold of the run, while somebody has
public final class RunFolder {

  private static final String PLAN = "run.json";
  private static final String COMMAND = "command";
  private static final int LARGEST_PLAN = 1 << 24; // bytes
  private static final String TEACHER = "teacher.safetensors";
  private static final String START = "start.safetensors";

  private final Path path;
  private final JsonObject plan;

  private RunFolder(Path path, JsonObject plan) {
    this.path = path;
    this.plan = plan;
  }

  /// Makes the folder for a new run that no command began.
  ///
  /// @throws IOException if there is one already, or it cannot be made
  /// @throws IllegalArgumentException if the training cannot be written down
  public static RunFolder create(Path path, MetaTraining training) throws IOException {
    return create(path, training, "");
  }

  /// Makes the folder for a new run.
  ///
  /// @param command that began it, to be given again; empty if none did
  /// @throws IOException if there is one already, or it cannot be made
  /// @throws IllegalArgumentException if the training cannot be written down
  public static RunFolder create(Path path, MetaTraining training, String command)
      throws IOException {
    if (exists(path)) {
      throw new IOException(
          "%s holds a run already: resume it, or choose another folder".formatted(path));
    }
    JsonObject plan = PlanFormat.write(training);
    Files.createDirectories(path);
    if (training.outer().learned().isPresent()) {
      training.outer().learned().get().save(path.resolve(TEACHER));
    }
    if (training.start() instanceof Start.From(_, TrainedOptimizer start)) {
      start.save(path.resolve(START));
    }
    return write(path, command.isEmpty() ? plan : plan.with(COMMAND, command));
  }

  /// Whether a folder holds a run.
  public static boolean exists(Path path) {
    return Files.exists(path.resolve(PLAN));
  }

  /// Opens the folder of a run.
  ///
  /// @throws IOException if there is no run, or its `run.json` is damaged
  public static RunFolder open(Path path) throws IOException {
    Path file = path.resolve(PLAN);
    try {
      byte[] bytes = Contents.read(file, "the plan of a run", LARGEST_PLAN);
      return new RunFolder(path, JsonObject.parse(new String(bytes, StandardCharsets.UTF_8)));
    } catch (NoSuchFileException e) {
      throw new IOException("%s is no run folder: it has no %s".formatted(path, PLAN), e);
    } catch (MalformedFileException e) {
      throw e;
    } catch (IOException e) {
      throw new MalformedFileException(file, "is damaged: " + e.getMessage());
    }
  }

  /// The path of the folder.
  public Path path() {
    return path;
  }

  /// The training as `run.json` holds it.
  public JsonObject plan() {
    return plan;
  }

  /// The command that began the run and trains it to the same end; empty if that is not known, or
  /// if the run was made longer since.
  public Optional<String> command() {
    return plan.has(COMMAND) ? Optional.of(plan.text(COMMAND)) : Optional.empty();
  }

  /// The training of the run.
  ///
  /// @param problems finds a problem by its name
  /// @throws IOException if `run.json` or an optimizer in the folder is damaged
  public MetaTraining training(Function<String, Problem> problems) throws IOException {
    return training(problems, Architectures.standard());
  }

  /// The training of the run, of an architecture that may be one's own.
  ///
  /// @param problems finds a problem by its name
  /// @param architectures that can be read
  /// @throws IOException if `run.json` or an optimizer in the folder is damaged
  public MetaTraining training(Function<String, Problem> problems, Architectures architectures)
      throws IOException {
    try {
      return PlanFormat.read(
          plan,
          new PlanFormat.Sources(
              problems,
              architectures,
              () -> TrainedOptimizer.load(path.resolve(TEACHER), architectures),
              () -> TrainedOptimizer.load(path.resolve(START), architectures)));
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(path.resolve(PLAN), "is damaged: " + e.getMessage());
    }
  }

  /// The metrics of episodes that have been written so far. Lines that are cut off or damaged are
  /// passed over.
  public List<TrainingMetrics> metrics() throws IOException {
    return metricsLog().read();
  }

  /// The file of the metrics, a line of [TrainingMetrics#parse] each. There is none at first; a run
  /// that is resumed replaces it by one with fewer lines.
  public Path metricsFile() {
    return metricsLog().file();
  }

  /// The process that trains here, or that ended without letting go of the run.
  public Optional<RunOwner> owner() throws IOException {
    return RunOwner.read(lockFile());
  }

  /// How many episodes are done where the run would continue; 0 if there is no checkpoint yet. Only
  /// names of files are read.
  public long keptEpisodes() throws IOException {
    return checkpoints().newestEpisode();
  }

  /// The checkpoint from which the run continues, if it has come that far.
  ///
  /// @throws MalformedFileException if all that were kept are damaged
  public Optional<Checkpoint> checkpoint() throws IOException {
    return checkpoints().newest().map(CheckpointFolder.Found::checkpoint);
  }

  /// The file with the best optimizer of the run, once there is one.
  public Path best() {
    return best(path);
  }

  /// The file with the best optimizer of a run in this folder.
  public static Path best(Path path) {
    return path.resolve("best.safetensors");
  }

  /// The files that a run in this folder has or may come to have.
  public static List<Path> files(Path path) {
    RunFolder folder = new RunFolder(path, JsonObject.empty());
    return List.of(
        path.resolve(PLAN),
        path.resolve(TEACHER),
        path.resolve(START),
        best(path),
        folder.metricsLog().file(),
        folder.checkpoints().path(),
        folder.lockFile());
  }

  /// Takes hold of the run, to continue it: no other process can until the keeper is closed.
  ///
  /// @param training of the run, as [#training] gives it
  /// @throws IOException if another process has hold of it, or something in it is damaged
  public RunKeeper resume(MetaTraining training) throws IOException {
    return resume(training, RunKeeper.EVERY);
  }

  /// Takes hold of the run, to continue it, with checkpoints so often.
  ///
  /// @param training of the run, as [#training] gives it
  /// @param every the time after which an episode's end is kept, ≥ 0; that of a validation always
  ///   is
  /// @throws IOException if another process has hold of it, or something in it is damaged
  public RunKeeper resume(MetaTraining training, Duration every) throws IOException {
    return RunKeeper.open(this, training, every);
  }

  /// Gives a finished run more episodes, to be trained when it is resumed. What it does then is not
  /// what a run does that was begun with as many: a fading learning rate, at 0 by now, fades over
  /// all of the episodes and so jumps up.
  ///
  /// @param training of the run, as [#training] gives it
  /// @param episodes how many it has from now on, more than before
  /// @throws IllegalArgumentException if the run is not finished, or the number decides how long
  ///   the episodes are that it has made
  /// @throws IOException if another process has hold of the run, or something in it is damaged
  public RunFolder lengthen(MetaTraining training, long episodes) throws IOException {
    long before = training.episodes().count();
    MetaTraining longer = training.withEpisodes(episodes);
    try (RunKeeper keeper = resume(training)) {
      long draws = keeper.latest().map(it -> it.progress().draws()).orElse(0L);
      int unroll = training.estimator().unroll();
      Episodes.Position end = training.episodes().position(draws, unroll);
      if (episodes <= before || end.episode() < before) {
        throw new IllegalArgumentException(
            "%s has made %s of %s episodes: a finished run can be given more, got %s"
                .formatted(path, end.episode(), before, episodes));
      }
      if (!longer.episodes().position(draws, unroll).equals(end)) {
        throw new IllegalArgumentException(
            "%s has a curriculum in parts of all episodes: their number must stay %s"
                .formatted(path, before));
      }
      return write(path, PlanFormat.write(longer));
    }
  }

  private static RunFolder write(Path path, JsonObject plan) throws IOException {
    AtomicFiles.write(path.resolve(PLAN), (plan + "\n").getBytes(StandardCharsets.UTF_8));
    return new RunFolder(path, plan);
  }

  MetricsLog metricsLog() {
    return new MetricsLog(path.resolve("metrics.jsonl"));
  }

  CheckpointFolder checkpoints() {
    return new CheckpointFolder(path.resolve("checkpoints"));
  }

  Path lockFile() {
    return path.resolve("lock");
  }
}
