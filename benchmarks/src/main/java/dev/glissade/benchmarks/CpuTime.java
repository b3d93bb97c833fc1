package dev.glissade.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The processor time of the calling thread, on which everything that is said to run on one thread
/// does its work: what other programs take from it does not count.
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /// Summed over an iteration.
  public long cpuNanos;

  /// How many operations that were.
  public long operations;

  private long started;

  void start() {
    started = THREADS.getCurrentThreadCpuTime();
  }

  void stop() {
    cpuNanos += THREADS.getCurrentThreadCpuTime() - started;
    operations++;
  }
}
