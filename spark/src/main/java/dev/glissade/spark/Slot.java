package dev.glissade.spark;

import dev.glissade.Workers;
import dev.glissade.cluster.ClusterException;
import dev.glissade.cluster.Job;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.collection.Iterator;

/// What Spark runs: the successive tasks of a job that share a slot.
///
/// @param parcel with the job
/// @param tasks of the job
/// @param slots that share them
record Slot(Broadcast<Parcel> parcel, int tasks, int slots)
    implements Function2<TaskContext, Iterator<Object>, Slot.Done>, Serializable {

  /// What came of a slot.
  ///
  /// @param results the list of them, or the exception of the task that failed, as [Values] writes
  ///   it
  /// @param place where it was done, as Spark calls it
  @SuppressWarnings("ArrayRecordComponent") // handed over
  record Done(byte[] results, String place) implements Serializable {

    /// The results of the tasks.
    ///
    /// @throws RuntimeException what a task has thrown, as do errors
    List<?> open() {
      return switch (Values.read(results)) {
        case List<?> list -> list;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Object other -> throw new IllegalStateException("no results: " + other);
      };
    }
  }

  /// The tasks of a slot.
  IntStream indices(int slot) {
    return IntStream.range(first(slot), first(slot + 1));
  }

  private int first(int slot) {
    return (int) ((long) slot * tasks / slots);
  }

  /// An exception of a task is a result as well: it would be the same at every attempt. That a
  /// machine fails is seen by Spark.
  @Override
  public Done apply(TaskContext context, Iterator<Object> element) {
    int slot = (Integer) element.next();
    return new Done(Workers.with(context.cpus(), () -> run(slot)), place());
  }

  private byte[] run(int slot) {
    try {
      Job<?> job = parcel.value().job();
      List<Object> results = new ArrayList<>();
      indices(slot).forEach(index -> results.add(job.run(index)));
      return Values.write(results);
    } catch (RuntimeException | Error e) {
      return failure(e);
    }
  }

  /// An exception as bytes; its text and where it was thrown, if it holds what cannot travel, or is
  /// of a class of the user's: what cannot be read here cannot be read where it goes.
  private static byte[] failure(Throwable e) {
    try {
      byte[] bytes = Values.write(e);
      Values.read(bytes);
      return bytes;
    } catch (ClusterException _) {
      RuntimeException plain = new IllegalStateException(e.toString());
      plain.setStackTrace(e.getStackTrace());
      return Values.write(plain);
    }
  }

  private static String place() {
    SparkEnv env = SparkEnv.get();
    return place(env.blockManager().blockManagerId().host(), env.executorId());
  }

  /// What Spark calls an executor where it is asked to prefer it.
  static String place(String host, String executor) {
    return "executor_%s_%s".formatted(host, executor);
  }
}
