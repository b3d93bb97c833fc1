package dev.glissade.spark;

import dev.glissade.cluster.Job;
import dev.glissade.cluster.ProblemFinder;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A job on its way to executors, each of which opens it once for all of its tasks.
final class Parcel implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  private final ProblemFinder finder;
  private final byte[] bytes;
  private transient @Nullable Job<?> opened;

  private Parcel(ProblemFinder finder, byte[] bytes) {
    this.finder = finder;
    this.bytes = bytes;
  }

  static Parcel of(Job<?> job, ProblemFinder finder) {
    return new Parcel(finder, Values.write(job));
  }

  /// The job, as this JVM knows it.
  synchronized Job<?> job() {
    Job<?> job = opened;
    if (job == null) {
      job = (Job<?>) Values.read(bytes, new FoundProblems(finder));
      opened = job;
    }
    return job;
  }
}
