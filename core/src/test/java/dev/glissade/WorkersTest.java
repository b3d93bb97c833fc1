package dev.glissade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Work that is shared out is done once and whole, and what goes wrong in it is not lost.
@Timeout(30)
class WorkersTest {

  private static void run(int threads, int count, IntConsumer task) {
    Workers.with(
        threads,
        () -> {
          Workers.run(count, task);
          return count;
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyTaskRunsOnce(int threads) {
    for (int count : new int[] {0, 1, 2, 7, 1000}) {
      AtomicIntegerArray runs = new AtomicIntegerArray(count);
      run(threads, count, runs::incrementAndGet);
      assertThat(IntStream.range(0, count).map(runs::get)).hasSize(count).allMatch(n -> n == 1);
    }
  }

  @Test
  void asManyThreadsWorkAsAreAskedFor() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(3);
    run(
        3,
        3,
        _ -> {
          together.countDown();
          await(together); // returns only if all three are at work at once
        });
    assertThat(together.getCount()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noMoreThreadsWorkThanAreAskedFor() {
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    run(
        2,
        200,
        _ -> {
          most.accumulateAndGet(working.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          working.decrementAndGet();
        });
    assertThat(most.get()).isLessThanOrEqualTo(2);
    var names = ConcurrentHashMap.<String>newKeySet();
    run(1, 20, _ -> names.add(Thread.currentThread().getName()));
    assertThat(names).containsExactly(Thread.currentThread().getName());
  }

  /// On the caller's thread and on others.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 99})
  void whatATaskThrowsIsThrown(int bad) {
    for (int threads : new int[] {1, 2, 4}) {
      IntConsumer task =
          i -> {
            if (i == bad) {
              throw new IllegalStateException("task " + i);
            }
          };
      assertThatThrownBy(() -> run(threads, 100, task))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("task " + bad);
    }
  }

  @Test
  void errorsAreThrownAsWell() {
    IntConsumer task =
        _ -> {
          throw new StackOverflowError("deep");
        };
    assertThatThrownBy(() -> run(2, 10, task)).isInstanceOf(StackOverflowError.class);
  }

  /// The second one fails while the first is already known.
  @Test
  void theFirstFailureIsTheOneThatIsThrown() {
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch thrown = new CountDownLatch(1);
    IntConsumer task =
        i -> {
          both.countDown();
          await(both);
          if (i == 0) {
            new Thread(
                    () -> {
                      sleep(); // until the failure below is noted
                      thrown.countDown();
                    })
                .start();
            throw new IllegalStateException("first");
          }
          await(thrown);
          throw new IllegalArgumentException("second");
        };
    assertThatThrownBy(() -> run(2, 2, task)).hasMessage("first");
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Otherwise they would write to arrays that are used again.
  @Test
  void noTaskRunsWhenAFailureIsThrown() {
    Thread caller = Thread.currentThread();
    AtomicInteger started = new AtomicInteger();
    AtomicInteger finished = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(2);
    IntConsumer task =
        _ -> {
          started.incrementAndGet();
          both.countDown();
          await(both);
          if (Thread.currentThread() == caller) {
            throw new IllegalStateException("failed");
          }
          sleep(); // the other one is at work when this one has failed
          finished.incrementAndGet();
        };
    assertThatThrownBy(() -> run(2, 1000, task)).hasMessage("failed");
    assertThat(finished).hasValue(1);
    assertThat(started).as("what follows a failure is left out").hasValue(2);
  }

  @Test
  void workInsideATaskIsNotSplitAgain() {
    List<Integer> counts = Collections.synchronizedList(new ArrayList<>());
    var threads = ConcurrentHashMap.<Long>newKeySet();
    run(
        4,
        8,
        _ -> {
          counts.add(Workers.count());
          long self = Thread.currentThread().threadId();
          Workers.run(
              50,
              _ -> {
                if (Thread.currentThread().threadId() != self) {
                  threads.add(Thread.currentThread().threadId());
                }
              });
          counts.add(Workers.count()); // still
        });
    assertThat(counts).hasSize(16).containsOnly(1);
    assertThat(threads).isEmpty();
  }

  @Test
  void theCallerIsFreeAgainAfterwards() {
    assertThatThrownBy(() -> run(2, 2, i -> Integer.parseInt("x" + i)))
        .isInstanceOf(NumberFormatException.class);
    assertThat(Workers.<Integer>with(3, Workers::count)).isEqualTo(3);
  }

  @Test
  void theCountIsThatOfTheInnermost() {
    int before = Workers.count();
    assertThat(before).isEqualTo(Runtime.getRuntime().availableProcessors());
    int inner = Workers.with(5, () -> Workers.with(2, Workers::count));
    assertThat(inner).isEqualTo(2);
    assertThat(Workers.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void thereIsAtLeastOneThread(int threads) {
    assertThatThrownBy(() -> Workers.with(threads, () -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be >= 1, got " + threads);
  }

  @Test
  void resultsThatAreCombinedInOrderDoNotDependOnTheThreads() {
    double expected = sum(1);
    for (int threads : new int[] {2, 3, 7}) {
      assertThat(sum(threads)).isEqualTo(expected);
    }
  }

  private static double sum(int threads) {
    double[] parts = new double[1000];
    run(threads, parts.length, i -> parts[i] = Math.sin(i) * 1e10);
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    return sum;
  }
}
