package dev.glissade.spark;

import dev.glissade.cluster.ClusterException;
import dev.glissade.cluster.ClusterProvider.OpenCluster;
import dev.glissade.cluster.Job;
import dev.glissade.cluster.ProblemFinder;
import dev.glissade.cluster.Shelf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.Function2;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.BoxedUnit;

/// A Spark cluster, each core of which does one task at a time.
///
/// A job is broadcast. Its tasks are shared out to slots, some of which may be done again where an
/// executor is lost; what a slot gives depends on nothing but the job and its number.
final class SparkCluster implements OpenCluster {

  /// The number of slots for each core: enough that none waits long for the last ones, and few
  /// enough that a run of a millisecond is not outweighed by what Spark does for a task.
  private static final int SLOTS_PER_CORE = 4;

  /// The least number of slots: tasks of more work than that are not put together.
  private static final int LEAST_SLOTS = 64;

  private static final String GAVE_UP = "the cluster gave up: ";
  private static final String STOPPED =
      "Spark has stopped: its master went away, or executors could not be started (the logs of"
          + " workers and executors say why)";

  private static final ClassTag<Parcel> PARCEL = ClassTag.apply(Parcel.class);
  private static final ClassTag<Object> OBJECT = ClassTag.apply(Object.class);
  private static final ClassTag<Slot.Done> DONE = ClassTag.apply(Slot.Done.class);

  private final SparkContext context;
  private final ProblemFinder finder;

  /// Where the slots of the latest shelf were done.
  private final Map<Integer, String> places = new ConcurrentHashMap<>();

  private UUID shelf = UUID.randomUUID();

  SparkCluster(SparkContext context, ProblemFinder finder) {
    this.context = context;
    this.finder = finder;
  }

  @Override
  public synchronized <R> List<R> runAll(Job<R> job, int count, Runnable done) {
    if (count == 0) {
      return List.of();
    }
    boolean shelved = visit(job);
    Slot.Done[] results = slots(Parcel.of(job, finder), count, shelved, done);
    if (shelved) {
      for (int slot = 0; slot < results.length; slot++) {
        places.put(slot, results[slot].place());
      }
    }
    return collect(results);
  }

  /// Does the tasks of a job, or says why Spark cannot.
  private Slot.Done[] slots(Parcel parcel, int count, boolean shelved, Runnable done) {
    try {
      return done(parcel, count, shelved, done);
    } catch (SparkException | IllegalStateException e) {
      if (isEnding()) {
        sleep(); // a signal has ended Spark first
      }
      throw new ClusterException(context.isStopped() ? STOPPED : GAVE_UP + firstLine(e), e);
    }
  }

  /// Does the tasks of a job.
  ///
  /// @return what came of each slot
  private Slot.Done[] done(Parcel parcel, int count, boolean shelved, Runnable done)
      throws SparkException {
    Broadcast<Parcel> broadcast = context.broadcast(parcel, PARCEL);
    int slots =
        Math.min(count, Math.max(LEAST_SLOTS, SLOTS_PER_CORE * context.defaultParallelism()));
    Slot slot = new Slot(broadcast, count, slots);
    Slot.Done[] results = new Slot.Done[slots];
    Function2<Object, Slot.Done, BoxedUnit> handler =
        (index, result) -> {
          results[(Integer) index] = result;
          slot.indices((Integer) index).forEach(_ -> done.run());
          return BoxedUnit.UNIT;
        };
    RDD<Object> rdd = context.makeRDD(seq(elements(slots, shelved)), OBJECT);
    context.runJob(rdd, slot, all(slots), handler, DONE);
    broadcast.destroy();
    return results;
  }

  /// Whether this JVM is about to end.
  private static boolean isEnding() {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException _) {
      return true;
    }
  }

  /// Waits for the end.
  private static void sleep() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Forgets the places of a shelf that is no longer used, and shares out those of a new one to all
  /// cores: Spark alone would give them to whoever comes first, for a whole episode.
  ///
  /// @return whether the job has a shelf: only then does it matter where a slot is done
  private boolean visit(Job<?> job) {
    Optional<UUID> own = job.shelf().map(Shelf::id);
    if (own.isPresent() && !own.get().equals(shelf)) {
      places.clear();
      shelf = own.get();
    }
    return own.isPresent();
  }

  /// One element for each slot, with the places that it prefers.
  private List<Tuple2<Object, Seq<String>>> elements(int slots, boolean shelved) {
    List<String> free = shelved ? cores() : List.of();
    List<Tuple2<Object, Seq<String>>> elements = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      List<String> own = free.isEmpty() ? List.of() : List.of(free.get(slot % free.size()));
      if (shelved && places.containsKey(slot)) {
        own = List.of(places.get(slot));
      }
      elements.add(new Tuple2<>(slot, seq(own)));
    }
    return elements;
  }

  /// The place of each core that Spark has at the moment, executor after executor.
  private List<String> cores() {
    List<String> places = new ArrayList<>();
    for (ExecutorSummary executor :
        CollectionConverters.asJava(context.statusStore().executorList(true))) {
      String host = executor.hostPort().replaceFirst(":\\d+$", "");
      places.addAll(Collections.nCopies(executor.totalCores(), Slot.place(host, executor.id())));
    }
    return places;
  }

  private static Seq<Object> all(int slots) {
    return seq(IntStream.range(0, slots).<Object>mapToObj(slot -> slot).toList());
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toList();
  }

  @SuppressWarnings("unchecked") // a job's results are its own
  private <R> List<R> collect(Slot.Done[] results) {
    List<R> all = new ArrayList<>();
    for (Slot.Done slot : results) {
      for (Object result : slot.open()) {
        all.add((R) result);
      }
    }
    return all;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    context.stop();
  }
}
