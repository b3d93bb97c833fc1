package dev.glissade.benchmarks;

import dev.glissade.Workers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What an unroll of some size costs in a JVM of its own.
///
/// @param forwardNanos of the way forward, per coordinate and step, by the clock
/// @param bothNanos of the way forward and back
/// @param peakBytes the most memory that the process has held at once
record UnrollCost(double forwardNanos, double bothNanos, long peakBytes) {

  /// Small enough to be run often while the JIT compiles.
  private static final int WARM_COORDINATES = 1_280;

  private static final int WARM_STEPS = 10;
  private static final long WARM_NANOS = 4_000_000_000L;
  private static final long TIMING_NANOS = 1_000_000_000L;

  /// Floats per coordinate: the state at the start and the one that moves, an update, an index, and
  /// the gradients.
  private static long floats(int steps) {
    return 2L * 2 * LstmBenchmark.SHAPE.layers() * LstmBenchmark.SHAPE.hidden() + 2 + steps + 1;
  }

  /// What the inputs and the states of an unroll take.
  static long bytes(int coordinates, int steps) {
    return Float.BYTES * floats(steps) * coordinates;
  }

  /// Measures, in a JVM with a heap that holds little more than what is needed.
  static UnrollCost measure(int coordinates, int steps, int threads) throws IOException {
    long heap = bytes(coordinates, steps) * 5 / 4 / (1 << 20) + 160;
    String output =
        Fork.run(
            UnrollCost.class,
            List.of("-Xmx" + heap + "m"),
            "" + coordinates,
            "" + steps,
            "" + threads);
    String[] values = output.split(" ", -1);
    return new UnrollCost(
        Double.parseDouble(values[0]), Double.parseDouble(values[1]), Long.parseLong(values[2]));
  }

  /// Prints the three figures of N, T and a number of threads.
  public static void main(String[] arguments) throws IOException {
    int coordinates = Integer.parseInt(arguments[0]);
    int steps = Integer.parseInt(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    double[] best =
        Workers.with(
            threads,
            () -> {
              time(WARM_COORDINATES, WARM_STEPS, WARM_NANOS);
              return time(coordinates, steps, TIMING_NANOS);
            });
    double each = (double) coordinates * steps;
    System.out.printf(Locale.ROOT, "%s %s %s%n", best[0] / each, best[1] / each, mostHeld());
  }

  /// The least nanoseconds of the way forward and of both, each run until its time is up.
  private static double[] time(int coordinates, int steps, long nanos) {
    UnrollInputs inputs = UnrollInputs.random(LstmBenchmark.SHAPE, coordinates, steps, 1);
    try (UnrollRunner runner = UnrollRunner.create("fastest", inputs)) {
      return new double[] {
        best(nanos / 2, runner::forward), best(nanos / 2, runner::forwardBackward)
      };
    }
  }

  private static double best(long nanos, Runnable unroll) {
    long start = System.nanoTime();
    long best = Long.MAX_VALUE;
    for (long now = start; now - start < nanos; ) {
      unroll.run();
      long after = System.nanoTime();
      best = Math.min(best, after - now);
      now = after;
    }
    return best;
  }

  /// The most memory that this process has held at once; that of the heap where the system does not
  /// say.
  private static long mostHeld() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong((MemoryPoolMXBean pool) -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
