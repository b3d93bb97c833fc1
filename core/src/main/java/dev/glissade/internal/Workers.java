package dev.glissade.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Runs indexed tasks on a few threads. The tasks are the same whatever the number of threads, so
/// that results that are combined in the order of the index do not depend on it.
public final class Workers {

  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("glissade-worker-", 0).factory());

  /// Set while a thread works on a task: work inside it is not split again.
  private static final ThreadLocal<Boolean> BUSY = ThreadLocal.withInitial(() -> false);

  private Workers() {}

  /// Runs `task` for 0 ≤ index < count and returns when all are done.
  ///
  /// @param threads how many threads may work, the caller's included, ≥ 1
  public static void run(int threads, int count, IntConsumer task) {
    if (threads <= 1 || count <= 1 || BUSY.get()) {
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
