package dev.glissade.cluster;

import dev.glissade.Workers;
import java.util.Arrays;
import java.util.List;

/// The threads of this JVM, as a cluster of their own.
final class LocalThreads implements Cluster {

  /// The cluster of whoever asks; nothing where that is this one.
  static final ScopedValue<Cluster> OTHER = ScopedValue.newInstance();

  static final Cluster INSTANCE = new LocalThreads();

  @Override
  @SuppressWarnings("unchecked") // every element is a task's result
  public <R> List<R> runAll(Job<R> job, int count, Runnable done) {
    Object[] results = new Object[count];
    Workers.run(
        count,
        index -> {
          results[index] = job.run(index);
          done.run();
        });
    return (List<R>) Arrays.asList(results);
  }
}
