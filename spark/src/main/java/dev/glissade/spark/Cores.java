package dev.glissade.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/// The cores of the executors that Spark has at the moment.
final class Cores extends SparkListener {

  private final SortedMap<String, List<String>> executors = new TreeMap<>();

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded event) {
    String place = place(event.executorInfo().executorHost(), event.executorId());
    executors.put(
        event.executorId(), Collections.nCopies(event.executorInfo().totalCores(), place));
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    executors.remove(event.executorId());
  }

  /// The place of each core, executor after executor.
  synchronized List<String> places() {
    List<String> places = new ArrayList<>();
    executors.values().forEach(places::addAll);
    return places;
  }

  /// What Spark calls an executor where it is asked to prefer it.
  static String place(String host, String executor) {
    return "executor_%s_%s".formatted(host, executor);
  }
}
