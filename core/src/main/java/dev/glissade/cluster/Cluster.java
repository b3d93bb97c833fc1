package dev.glissade.cluster;

import java.util.List;
import java.util.function.Supplier;

/// Where tasks are done: on the [dev.glissade.Workers] of this JVM unless [#with] says otherwise.
///
/// As the number of threads, it belongs to a run and never to a value, and no result depends on it.
///
/// ```java
/// TrainedOptimizer learned = Cluster.with(cluster, training::run);
/// ```
public interface Cluster {

  /// Does all tasks of a job, and returns when they are done.
  ///
  /// The first exception of a task is thrown here.
  ///
  /// @param count how many tasks, ≥ 0
  /// @param done is called once after each task, on any thread, also on several at once
  /// @return what they gave, in the order of their indices
  <R> List<R> runAll(Job<R> job, int count, Runnable done);

  /// Does something whose jobs go to this cluster.
  ///
  /// @param work what is done, on the caller's thread
  /// @return what it returns
  static <T> T with(Cluster cluster, Supplier<T> work) {
    return ScopedValue.where(LocalThreads.OTHER, cluster).call(work::get);
  }

  /// Whether the caller's work is done in this JVM.
  static boolean isLocal() {
    return !LocalThreads.OTHER.isBound();
  }

  /// Does all tasks of a job where the caller's work is to be done.
  ///
  /// @param count how many tasks, ≥ 0
  /// @param done is called once after each task, on any thread, also on several at once
  /// @return what they gave, in the order of their indices
  static <R> List<R> run(Job<R> job, int count, Runnable done) {
    return LocalThreads.OTHER.orElse(LocalThreads.INSTANCE).runAll(job, count, done);
  }
}
