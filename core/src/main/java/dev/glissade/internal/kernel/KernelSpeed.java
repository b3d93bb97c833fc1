package dev.glissade.internal.kernel;

import dev.glissade.Workers;
import java.time.Duration;
import java.util.Arrays;

/// The speed of the LSTM's kernels in this JVM, as one measures it in a moment: good enough to see
/// that something is wrong, too rough for comparisons, which the benchmarks are for.
public final class KernelSpeed {

  /// The network of the paper for neural networks.
  private static final LstmShape SHAPE = new LstmShape(2, 20, 10, 0.1f);

  /// Enough coordinates for a call to be long, and few enough to stay in the cache.
  private static final int COORDINATES = 1_280;

  private KernelSpeed() {}

  /// The time of a step forward per coordinate, in nanoseconds, on the calling thread: the best
  /// call of all, after those in which the JIT still compiles.
  ///
  /// @param patience how long to measure; half a second is needed to have the loops compiled
  public static double nanosPerCoordinate(Duration patience) {
    return Workers.with(1, () -> bestNanos(patience)) / COORDINATES;
  }

  private static double bestNanos(Duration patience) {
    float[] weights = new float[SHAPE.size()];
    Arrays.fill(weights, 0.1f);
    LstmKernels kernels = LstmKernels.fastest(SHAPE, weights);
    LstmState state = LstmState.zero(SHAPE, COORDINATES);
    float[] gradient = new float[COORDINATES];
    Arrays.fill(gradient, 0.1f);
    float[] update = new float[COORDINATES];
    long best = Long.MAX_VALUE;
    long start = System.nanoTime();
    for (long now = start; now - start < patience.toNanos(); ) {
      kernels.forward(gradient, state, update);
      long after = System.nanoTime();
      best = Math.min(best, after - now);
      now = after;
    }
    return best;
  }
}
