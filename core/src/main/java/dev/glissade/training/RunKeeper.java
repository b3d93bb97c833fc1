package dev.glissade.training;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes a run into its folder while it goes on. It holds the folder's lock, which the system
/// releases when the process ends, however it does.
public final class RunKeeper implements Checkpoints, Closeable {

  /// Lines of single episodes are written this far apart, at least.
  private static final double SECONDS_BETWEEN_LINES = 2;

  private final RunFolder folder;
  private final MetaTraining training;
  private final FileChannel channel;
  private double lastLine = Double.NEGATIVE_INFINITY;

  private RunKeeper(RunFolder folder, MetaTraining training, FileChannel channel) {
    this.folder = folder;
    this.training = training;
    this.channel = channel;
  }

  static RunKeeper open(RunFolder folder, MetaTraining training) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.lockFile(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (tryLock(channel) == null) {
        throw new IOException(
            "another process (%s) trains in %s".formatted(owner(channel), folder.path()));
      }
      byte[] self = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(self), 0);
      return new RunKeeper(folder, training, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    int count = channel.read(pid, 0);
    return count <= 0
        ? "unknown"
        : "pid " + new String(pid.array(), 0, count, StandardCharsets.UTF_8);
  }

  /// The checkpoint to go on from. What was written after it, or only in part, is dropped: it will
  /// be written again.
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
    long draws = latest.map(Checkpoint::draws).orElse(0L);
    int unroll = training.estimator().unroll();
    folder.metricsLog().keepUntil(training.episodes().position(draws, unroll).episode());
    if (latest.isPresent() && !Files.exists(folder.best())) {
      saveBest(latest.get());
    }
    return latest;
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
    channel.close();
  }
}
