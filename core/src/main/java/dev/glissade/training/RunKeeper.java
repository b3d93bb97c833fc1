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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The keeper of a run, which writes it into its folder while it lasts. It holds the folder's lock,
/// which the system releases when the process ends, however it does.
public final class RunKeeper implements Checkpoints, Closeable {

  /// The least time between two lines of single episodes, in seconds.
  private static final double SECONDS_BETWEEN_LINES = 2;

  /// The runs that this process has hold of. Where a process closes any channel to a file, the
  /// system may release all locks that it holds on it: so a second one must not even be opened.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final RunFolder folder;
  private final MetaTraining training;
  private final Path held;
  private final FileChannel channel;
  private double lastLine = Double.NEGATIVE_INFINITY;

  private RunKeeper(RunFolder folder, MetaTraining training, Path held, FileChannel channel) {
    this.folder = folder;
    this.training = training;
    this.held = held;
    this.channel = channel;
  }

  static RunKeeper open(RunFolder folder, MetaTraining training) throws IOException {
    Path held = folder.path().toRealPath();
    String self = Long.toString(ProcessHandle.current().pid());
    if (!HELD.add(held)) {
      throw taken(folder, "pid " + self);
    }
    try {
      return new RunKeeper(folder, training, held, lock(folder, self));
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
      AtomicFiles.sweep(folder.checkpointFile().resolveSibling(""));
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
    ByteBuffer pid = ByteBuffer.allocate(20);
    int count = channel.read(pid, 0);
    return count <= 0
        ? "unknown"
        : "pid " + new String(pid.array(), 0, count, StandardCharsets.UTF_8);
  }

  /// The checkpoint to continue from. What was written after it, or only in part, is dropped: it
  /// will be written again.
  ///
  /// @throws IOException if the checkpoint is damaged, or is missing though the run has made some
  ///   progress
  @Override
  public Optional<Checkpoint> latest() throws IOException {
    Optional<Checkpoint> latest = folder.checkpoint();
    if (latest.isEmpty() && Files.exists(folder.best())) {
      throw new IOException(
          "%s has a %s but no %s to go on from: put the checkpoint back, or begin a run elsewhere"
              .formatted(
                  folder.path(),
                  name(folder.best()),
                  folder.path().relativize(folder.checkpointFile())));
    }
    if (latest.isPresent()) {
      check(latest.get());
    }
    long draws = latest.map(Checkpoint::draws).orElse(0L);
    int unroll = training.estimator().unroll();
    folder.metricsLog().keepUntil(training.episodes().position(draws, unroll).episode());
    if (latest.isPresent() && !Files.exists(folder.best())) {
      saveBest(latest.get());
    }
    return latest;
  }

  /// Fails unless the training can continue from a checkpoint.
  private void check(Checkpoint checkpoint) throws MalformedFileException {
    ParameterLayout layout = training.architecture().layout();
    int unroll = training.estimator().unroll();
    try {
      if (checkpoint.weights().length != layout.size()) {
        throw new IllegalArgumentException(
            "%s weights expected, got %s".formatted(layout.size(), checkpoint.weights().length));
      }
      if (training.episodes().position(checkpoint.draws(), unroll).unroll() > 0) {
        throw new IllegalArgumentException(
            "an episode starts nowhere after %s draws".formatted(checkpoint.draws()));
      }
      Optimizer<?> outer = training.outer().optimizer(training.updates(), training.trained());
      checkpoint.restore(outer.start(layout));
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(
          folder.checkpointFile(), "is of another training: " + e.getMessage());
    }
  }

  private static Path name(Path file) {
    return file.resolveSibling("").relativize(file);
  }

  @Override
  public void record(TrainingMetrics metrics) throws IOException {
    if (metrics.seconds() - lastLine >= SECONDS_BETWEEN_LINES) {
      append(metrics);
    }
  }

  @Override
  public void save(Checkpoint checkpoint, TrainingMetrics metrics) throws IOException {
    append(metrics);
    if (!Files.exists(folder.checkpointFile())) {
      // A best optimizer on its own would look as if the checkpoint had been lost.
      CheckpointFile.write(folder.checkpointFile(), checkpoint);
    }
    saveBest(checkpoint);
    // Last: whatever was not written before is done again.
    CheckpointFile.write(folder.checkpointFile(), checkpoint);
  }

  private void append(TrainingMetrics metrics) throws IOException {
    folder.metricsLog().append(metrics);
    lastLine = metrics.seconds();
  }

  private void saveBest(Checkpoint checkpoint) throws IOException {
    training
        .trained(checkpoint.bestWeights(), checkpoint.bestLoss(), checkpoint.bestEpisode())
        .save(folder.best());
  }

  /// Lets go of the run.
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(held);
    }
  }
}
