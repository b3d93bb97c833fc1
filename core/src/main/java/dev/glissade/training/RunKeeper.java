package dev.glissade.training;

import dev.glissade.Optimizer;
import dev.glissade.ParameterLayout;
import dev.glissade.file.AtomicFiles;
import dev.glissade.file.MalformedFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The keeper of a run, which writes it into its folder while it lasts. It holds the folder's lock,
/// which the system releases when the process ends, however it does.
public final class RunKeeper implements Checkpoints, Closeable {

  /// The time after which an episode's end is kept, if nobody says another.
  public static final Duration EVERY = Duration.ofMinutes(2);

  /// The least time between two lines of single episodes, in seconds.
  private static final double SECONDS_BETWEEN_LINES = 2;

  /// The time in seconds after which a line says that an episode or a validation is still made.
  private static final double LONG_SECONDS = 3;

  /// The runs that this process has hold of. Where a process closes any channel to a file, the
  /// system may release all locks that it holds on it: so a second one must not even be opened.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final RunFolder folder;
  private final MetaTraining training;
  private final Path held;
  private final FileChannel channel;
  private final double every; // seconds
  private double lastLine = Double.NEGATIVE_INFINITY;
  private double lastKept;
  private Optional<Checkpoint> pending = Optional.empty(); // not yet kept
  private List<MalformedFileException> damaged = List.of();

  private RunKeeper(
      RunFolder folder, MetaTraining training, Duration every, Path held, FileChannel channel) {
    this.folder = folder;
    this.training = training;
    this.every = every.toMillis() / 1e3;
    this.held = held;
    this.channel = channel;
  }

  static RunKeeper open(RunFolder folder, MetaTraining training, Duration every)
      throws IOException {
    if (every.isNegative()) {
      throw new IllegalArgumentException("checkpoints must be >= 0 s apart, got " + every);
    }
    Path held = folder.path().toRealPath();
    String self = RunOwner.self().toString();
    if (!HELD.add(held)) {
      throw taken(folder, self);
    }
    try {
      return new RunKeeper(folder, training, every, held, lock(folder, self));
    } catch (IOException | RuntimeException e) {
      HELD.remove(held);
      throw e;
    }
  }

  /// Locks a folder and leaves word who did.
  private static FileChannel lock(RunFolder folder, String self) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.lockFile(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw taken(folder, owner(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
      AtomicFiles.sweep(folder.path());
      folder.checkpoints().sweep();
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static IOException taken(RunFolder folder, String owner) {
    return new IOException("another process (%s) trains in %s".formatted(owner, folder.path()));
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer owner = ByteBuffer.allocate(300);
    int count = channel.read(owner, 0);
    return count <= 0 ? "unknown" : new String(owner.array(), 0, count, StandardCharsets.UTF_8);
  }

  /// The checkpoint to continue from, the newest that is sound. What was written after it, or only
  /// in part, is dropped: it will be written again.
  ///
  /// @throws IOException if all that are kept are damaged, or one is missing though the run has
  ///   made some progress
  @Override
  public Optional<Checkpoint> latest() throws IOException {
    Optional<CheckpointFolder.Found> found = folder.checkpoints().newest();
    if (found.isEmpty() && Files.exists(folder.best())) {
      throw new IOException(
          "%s has a %s but no checkpoint to go on from: put one back, or begin a run elsewhere"
              .formatted(folder.path(), name(folder.best())));
    }
    if (found.isPresent()) {
      check(found.get());
      damaged = found.get().damaged();
    }
    Optional<Checkpoint> latest = found.map(CheckpointFolder.Found::checkpoint);
    folder.metricsLog().keepUntil(episode(latest.map(it -> it.progress().draws()).orElse(0L)));
    if (latest.isPresent() && !Files.exists(folder.best())) {
      saveBest(latest.get());
    }
    return latest;
  }

  /// What is wrong with the checkpoints that [#latest] passed over.
  public List<MalformedFileException> damaged() {
    return damaged;
  }

  private long episode(long draws) {
    return training.episodes().position(draws, training.estimator().unroll()).episode();
  }

  /// Fails unless the training can continue from a checkpoint.
  private void check(CheckpointFolder.Found found) throws MalformedFileException {
    Checkpoint checkpoint = found.checkpoint();
    ParameterLayout layout = training.architecture().layout();
    int unroll = training.estimator().unroll();
    try {
      if (checkpoint.progress().weights().length != layout.size()) {
        throw new IllegalArgumentException(
            "%s weights expected, got %s"
                .formatted(layout.size(), checkpoint.progress().weights().length));
      }
      if (training.episodes().position(checkpoint.progress().draws(), unroll).unroll() > 0) {
        throw new IllegalArgumentException(
            "an episode starts nowhere after %s draws".formatted(checkpoint.progress().draws()));
      }
      Optimizer<?> outer =
          training.outer().optimizer(training.family(), training.updates(), training.trained());
      checkpoint.progress().restore(outer.start(layout));
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(found.file(), "is of another training: " + e.getMessage());
    }
  }

  private static Path name(Path file) {
    return file.resolveSibling("").relativize(file);
  }

  @Override
  public synchronized void record(Checkpoint checkpoint, TrainingMetrics metrics)
      throws IOException {
    boolean validated = metrics.isValidation();
    if (validated || metrics.seconds() - lastLine >= SECONDS_BETWEEN_LINES) {
      append(metrics);
    }
    pending = Optional.of(checkpoint);
    if (validated || metrics.seconds() - lastKept >= every) {
      keep();
      lastKept = metrics.seconds();
    }
  }

  /// Writes a line where the last one is some seconds old. One that cannot be written is no harm:
  /// if the disk is full, the next checkpoint says so.
  @Override
  public synchronized void working(TrainingMetrics metrics) {
    if (channel.isOpen() && metrics.seconds() - Math.max(0, lastLine) >= LONG_SECONDS) {
      try {
        append(metrics);
      } catch (IOException e) {
        lastLine = metrics.seconds(); // not at once again
      }
    }
  }

  /// Writes a checkpoint for the last episode that is done, if there is none yet. Any thread may
  /// ask, also one that ends the process.
  public synchronized void keep() throws IOException {
    if (pending.isEmpty()) {
      return;
    }
    Checkpoint checkpoint = pending.get();
    long episode = episode(checkpoint.progress().draws());
    if (!Files.exists(folder.best())) {
      // A best optimizer on its own would look as if the checkpoint had been lost.
      folder.checkpoints().write(checkpoint, episode);
    }
    saveBest(checkpoint);
    // Last: whatever was not written before is done again.
    folder.checkpoints().write(checkpoint, episode);
    pending = Optional.empty();
  }

  private void append(TrainingMetrics metrics) throws IOException {
    folder.metricsLog().append(metrics);
    lastLine = metrics.seconds();
  }

  private void saveBest(Checkpoint checkpoint) throws IOException {
    training.trained(new Outcome(checkpoint, 0)).save(folder.best());
  }

  /// Keeps what was done, and lets go of the run.
  @Override
  public synchronized void close() throws IOException {
    if (channel.isOpen()) {
      try {
        keep();
        channel.truncate(0); // nobody has hold of it
      } finally {
        channel.close();
        HELD.remove(held);
      }
    }
  }
}
