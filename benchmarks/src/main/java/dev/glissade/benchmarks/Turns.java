package dev.glissade.benchmarks;

import dev.glissade.Workers;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/// Times several things in one JVM, each in many short turns between those of the others: a machine
/// is not equally fast from one second to the next, and what is compared should share its moods.
final class Turns {

  private static final int TURNS = 15;
  private static final double WARM_UP_SECONDS = 0.7;
  private static final double TURN_SECONDS = 0.03;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Turns() {}

  /// Computes the processor time of one run of each on one thread, in its best turn, in
  /// microseconds: noise only ever adds.
  static List<Double> micros(List<Runnable> all) {
    return Workers.with(1, () -> alternating(all));
  }

  private static List<Double> alternating(List<Runnable> all) {
    List<Integer> repetitions = all.stream().map(Turns::warmUp).toList();
    List<Double> best = new ArrayList<>(all.stream().map(_ -> Double.POSITIVE_INFINITY).toList());
    for (int turn = 0; turn < TURNS; turn++) {
      for (int i = 0; i < all.size(); i++) {
        double nanos = nanos(all.get(i), repetitions.get(i));
        best.set(i, Math.min(best.get(i), nanos / 1e3));
      }
    }
    return best;
  }

  /// @return how many runs fill a turn
  private static int warmUp(Runnable it) {
    long end = System.nanoTime() + (long) (1e9 * WARM_UP_SECONDS);
    int runs = 0;
    while (System.nanoTime() < end) {
      it.run();
      runs++;
    }
    return Math.max(1, (int) (runs * TURN_SECONDS / WARM_UP_SECONDS));
  }

  private static double nanos(Runnable it, int repetitions) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int k = 0; k < repetitions; k++) {
      it.run();
    }
    return (double) (THREADS.getCurrentThreadCpuTime() - start) / repetitions;
  }
}
