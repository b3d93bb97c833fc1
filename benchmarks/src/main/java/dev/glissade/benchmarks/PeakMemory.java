package dev.glissade.benchmarks;

import dev.glissade.internal.kernel.LstmKernels;
import dev.glissade.internal.kernel.LstmState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/// One long unroll of a large optimizee, forward and backward: how much memory does it take? To be
/// run in a JVM of its own.
public final class PeakMemory {

  /// T and N: with the activations of all steps kept, autograd would need 48 GB.
  static final int STEPS = 1000;

  static final int COORDINATES = 50_000;

  private PeakMemory() {}

  /// Prints the peak in bytes.
  public static void main(String[] arguments) throws IOException {
    UnrollInputs inputs = UnrollInputs.random(LstmBenchmark.SHAPE, COORDINATES, STEPS, 1);
    LstmKernels kernels = LstmKernels.create(inputs.shape(), inputs.weights());
    LstmState start = LstmState.zero(inputs.shape(), COORDINATES);
    LstmState state = LstmState.zero(inputs.shape(), COORDINATES);
    float[] update = new float[COORDINATES];
    for (int t = 0; t < STEPS; t++) {
      kernels.forward(inputs.gradients()[t], state, update);
    }
    float[] weightGradient = new float[inputs.shape().size()];
    int[] all = IntStream.range(0, COORDINATES).toArray();
    kernels.backward(
        start,
        inputs.gradients(),
        inputs.gradients(),
        inputs.multipliers(),
        all,
        weightGradient,
        null,
        null);
    System.out.println(peakBytes());
  }

  /// The most memory that this process has held at once; that of the heap where the system does not
  /// say.
  private static long peakBytes() throws IOException {
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
