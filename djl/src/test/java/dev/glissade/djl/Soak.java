package dev.glissade.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.learned.Pretrained;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whether memory stays the same over 10,000 steps, Java's and the engine's. It is no part of the
/// build: `-Dtest=Soak` runs it.
class Soak {

  private static final int ROUND = 1000;
  private static final int ROUNDS = 10;

  @BeforeAll
  static void requirePytorch() {
    Classifier.requirePytorch();
  }

  /// In the first half the compiler still works, and takes memory.
  @Test
  void memoryStaysTheSame() throws IOException {
    try (Classifier classifier =
        Classifier.perceptron(block ->
            LearnedDjlOptimizer.builder(block, Pretrained.MNIST.load().optimizer()).build())) {
      double half = 0;
      for (int round = 1; round <= ROUNDS; round++) {
        classifier.trainOnly(ROUND);
        report(round * ROUND);
        if (round == ROUNDS / 2) {
          half = resident();
        }
      }
      assertThat(resident() - half).isLessThan(2);
    }
  }

  private static void report(int steps) throws IOException {
    System.gc();
    double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    System.out.printf(
        Locale.ROOT, "%d steps: heap %.1f MB, resident %.1f MB%n", steps, heap, resident());
  }

  /// The resident memory of this process in MB: all of Java's and of the engine's.
  private static double resident() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(it -> it.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Integer.parseInt(line.replaceAll("\\D", "")) * 1024 / 1e6;
  }
}
