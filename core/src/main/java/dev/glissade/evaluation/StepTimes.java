package dev.glissade.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The time that steps take in a JVM that has warmed up: the kernels of the first runs are
/// interpreted, which takes a thousand times as long.
///
/// A run counts if it began after [#WARM_STEPS] steps of other runs, or [#WARM_NANOS] after the
/// first. With too few runs for that, none does.
final class StepTimes {

  static final long WARM_STEPS = 10_000;
  static final long WARM_NANOS = 5_000_000_000L;

  private final int steps;
  private final LongSupplier clock;
  private final long first;
  private final AtomicLong stepsDone = new AtomicLong();
  private final double[] micros; // for each run; NaN if it does not count

  /// The moment when a run began.
  ///
  /// @param nanos when it was
  /// @param warm whether the run counts
  record Begin(long nanos, boolean warm) {}

  /// @param runs how many there will be
  /// @param steps of each run
  /// @param clock gives nanoseconds
  StepTimes(int runs, int steps, LongSupplier clock) {
    this.steps = steps;
    this.clock = clock;
    this.first = clock.getAsLong();
    this.micros = new double[runs];
  }

  Begin begin() {
    long now = clock.getAsLong();
    return new Begin(now, stepsDone.get() >= WARM_STEPS || now - first >= WARM_NANOS);
  }

  /// @param run its index
  void end(int run, Begin begin) {
    double passed = (clock.getAsLong() - begin.nanos) / 1e3 / steps;
    micros[run] = begin.warm ? passed : Double.NaN;
    stepsDone.addAndGet(steps);
  }

  /// The median over the runs that count of the time for one step, in microseconds.
  OptionalDouble median() {
    double[] counted = Arrays.stream(micros).filter(Double::isFinite).toArray();
    return counted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Statistics.median(counted));
  }
}
