package dev.glissade.evaluation;

import java.io.Serial;
import java.io.Serializable;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;

/// The time that steps take in a JVM that has warmed up: the kernels of the first runs are
/// interpreted, which takes a thousand times as long.
///
/// A run counts if it began after [#WARM_STEPS] steps of other runs, or [#WARM_NANOS] after the
/// first. With too few runs for that, none does. Every JVM that makes runs counts its own.
final class StepTimes implements Serializable {

  static final long WARM_STEPS = 10_000;
  static final long WARM_NANOS = 5_000_000_000L;

  @Serial private static final long serialVersionUID = 1;

  private static final long NEVER = Long.MIN_VALUE;

  private final int steps;
  private final transient LongSupplier clock;
  private final transient AtomicLong first = new AtomicLong(NEVER);
  private final transient AtomicLong stepsDone = new AtomicLong();

  /// The moment when a run began.
  ///
  /// @param nanos when it was
  /// @param warm whether the run counts
  record Begin(long nanos, boolean warm) {}

  /// @param steps of each run
  StepTimes(int steps) {
    this(steps, System::nanoTime);
  }

  /// @param steps of each run
  /// @param clock gives nanoseconds
  StepTimes(int steps, LongSupplier clock) {
    this.steps = steps;
    this.clock = clock;
  }

  /// The times of another JVM.
  @Serial
  private Object readResolve() {
    return new StepTimes(steps);
  }

  Begin begin() {
    long now = clock.getAsLong();
    first.compareAndSet(NEVER, now);
    return new Begin(now, stepsDone.get() >= WARM_STEPS || now - first.get() >= WARM_NANOS);
  }

  /// Ends a run.
  ///
  /// @return its time for one step, in microseconds; NaN if it does not count
  double end(Begin begin) {
    double passed = (clock.getAsLong() - begin.nanos) / 1e3 / steps;
    stepsDone.addAndGet(steps);
    return begin.warm ? passed : Double.NaN;
  }

  /// The median over the runs that count of the time for one step, in microseconds.
  static OptionalDouble median(DoubleStream micros) {
    double[] counted = micros.filter(Double::isFinite).toArray();
    return counted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Statistics.median(counted));
  }
}
