package dev.glissade;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The threads that share the work of trainings, evaluations and large updates.
///
/// How many there are belongs to a run, and never to a value: what is computed does not depend on
/// it. All cores work unless [#with] says otherwise.
///
/// ```java
/// TrainedOptimizer learned = Workers.with(2, training::run);
/// ```
public final class Workers {

  private static final ScopedValue<Integer> COUNT = ScopedValue.newInstance();

  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("glissade-worker-", 0).factory());

  /// Set while a thread works on a task: work inside it is not split again.
  private static final ThreadLocal<Boolean> BUSY = ThreadLocal.withInitial(() -> false);

  private Workers() {}

  /// Does something with so many threads, the caller's included.
  ///
  /// @param threads ≥ 1
  /// @param work what is done, on the caller's thread
  /// @return what it returns
  public static <T> T with(int threads, Supplier<T> work) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be >= 1, got " + threads);
    }
    return ScopedValue.where(COUNT, threads).call(work::get);
  }

  /// The number of threads that may work, the caller's included: 1 inside a task of a [#run] that
  /// is shared out.
  public static int count() {
    return BUSY.get() ? 1 : COUNT.orElse(Runtime.getRuntime().availableProcessors());
  }

  /// Runs `task` for 0 ≤ index < count and returns when all are done.
  ///
  /// The tasks are the same whatever the number of threads, so that results that are combined in
  /// the order of the index do not depend on it. The first exception that a task throws is thrown
  /// here, when no task runs any more.
  ///
  /// @param count how many tasks, ≥ 0
  /// @param task is given its index, on any thread
  public static void run(int count, IntConsumer task) {
    int threads = count();
    if (threads == 1 || count <= 1) {
      for (int i = 0; i < count; i++) {
        task.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>(null);
    int helpers = Math.min(threads, count) - 1;
    CountDownLatch done = new CountDownLatch(helpers);
    for (int h = 0; h < helpers; h++) {
      POOL.execute(() -> {
        drain(next, count, task, failure);
        done.countDown();
      });
    }
    drain(next, count, task, failure);
    awaitUninterruptibly(done);
    rethrow(failure.get());
  }

  private static void drain(
      AtomicInteger next,
      int count,
      IntConsumer task,
      AtomicReference<@Nullable Throwable> failure) {
    BUSY.set(true);
    try {
      for (int i; (i = next.getAndIncrement()) < count && failure.get() == null; ) {
        task.accept(i);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      BUSY.set(false);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
