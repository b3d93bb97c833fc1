package dev.glissade.internal.kernel;

import dev.glissade.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Has the loops of the Vector API compiled before somebody needs them: a thread in the background
/// goes through an unroll of its own, again and again, until they take less time than the portable
/// ones.
///
/// It begins when the portable loops have worked for a while, for it takes seconds of a processor's
/// time, and a program that ends soon should not pay for what it will not use.
final class WarmUp {

  /// How many steps of a coordinate the portable loops make before: half a second's work, a whole
  /// one where there are 10.
  private static final long WORTH_IT = 640_000;

  /// How often in a row the vector loops must win.
  private static final int WINS = 3;

  /// How long it may take. If they have not won by then they never will.
  private static final long PATIENCE_NANOS = 300_000_000_000L;

  private static final int STEPS = 2;

  private static final AtomicLong DONE_BEFORE = new AtomicLong();

  private static volatile boolean done;

  private WarmUp() {}

  /// Whether the vector loops are the faster ones by now.
  static boolean isDone() {
    return done;
  }

  /// Is told of the work that the portable loops are about to do, in steps of a coordinate.
  static void count(long steps) {
    long before = DONE_BEFORE.getAndAdd(steps);
    if (before < WORTH_IT && before + steps >= WORTH_IT) {
      Thread thread = new Thread(new Task(), "glissade-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /// What the thread does. No lambda: to make one takes its caller some milliseconds, in which a
  /// small problem would have been solved.
  private static final class Task implements Runnable {
    @Override
    public void run() {
      done = Workers.with(1, WarmUp::untilVectorsWin);
    }
  }

  private static boolean untilVectorsWin() {
    LstmShape shape = new LstmShape(2, 20, 10, 1);
    float[] weights = new float[shape.size()];
    Unroll portable = new Unroll(BlockLstmKernels.portable(shape, weights), shape);
    Unroll vector = new Unroll(BlockLstmKernels.vector(shape, weights), shape);
    long start = System.nanoTime();
    int wins = 0;
    while (wins < WINS && System.nanoTime() - start < PATIENCE_NANOS) {
      wins = vector.nanos() < portable.nanos() ? wins + 1 : 0;
    }
    return wins == WINS;
  }

  /// An unroll of one block, forward and back.
  private static final class Unroll {

    private final LstmKernels kernels;
    private final LstmState state;
    private final float[][] gradients = new float[STEPS + 1][LstmState.BLOCK];
    private final float[] multipliers = {1, 1, 1};
    private final int[] coordinates = IntStream.range(0, LstmState.BLOCK).toArray();
    private final float[] update = new float[LstmState.BLOCK];
    private final float[] weightGradient;

    Unroll(LstmKernels kernels, LstmShape shape) {
      this.kernels = kernels;
      this.state = LstmState.zero(shape, LstmState.BLOCK);
      this.weightGradient = new float[shape.size()];
      for (float[] gradient : gradients) {
        Arrays.fill(gradient, 1);
      }
    }

    /// How long it takes.
    long nanos() {
      long start = System.nanoTime();
      for (int t = 0; t < STEPS; t++) {
        kernels.forward(gradients[t], state, update);
      }
      kernels.backward(
          List.of(state),
          gradients,
          gradients,
          multipliers,
          coordinates,
          weightGradient,
          null,
          null);
      return System.nanoTime() - start;
    }
  }
}
