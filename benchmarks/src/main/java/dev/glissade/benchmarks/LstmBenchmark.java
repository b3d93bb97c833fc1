package dev.glissade.benchmarks;

import dev.glissade.Workers;
import dev.glissade.internal.kernel.LstmShape;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One unroll of the paper's network for neural networks (L = 2, H = 20, log/sign), one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow",
      "-Xmx2g"
    })
public class LstmBenchmark {

  /// T, as in the paper.
  static final int STEPS = 20;

  /// The network that is timed.
  static final LstmShape SHAPE = new LstmShape(2, 20, 10, 0.1f);

  /// What the network runs on.
  @Param({"vector", "portable", "scalar", "libtorch", "libtorch-units-first"})
  public String implementation = "vector";

  /// N: a batch of 128 ten-dimensional quadratics, and the paper's MNIST network.
  @Param({"1280", "15910"})
  public int coordinates = 1280;

  @SuppressWarnings("NullAway.Init") // JMH calls setUp first
  private UnrollRunner runner;

  /// Makes the inputs.
  @Setup(Level.Trial)
  public void setUp() {
    UnrollInputs inputs = UnrollInputs.random(SHAPE, coordinates, STEPS, 1);
    runner = UnrollRunner.create(implementation, inputs);
  }

  /// Frees native memory.
  @TearDown(Level.Trial)
  public void tearDown() {
    runner.close();
  }

  /// T updates of N coordinates.
  @Benchmark
  public float[] forward(CpuTime time) {
    time.start();
    float[] updates = Workers.with(1, runner::forward);
    time.stop();
    return updates;
  }

  /// T updates of N coordinates, and the gradient by φ.
  @Benchmark
  public float[] forwardBackward(CpuTime time) {
    time.start();
    float[] weightGradient = Workers.with(1, runner::forwardBackward);
    time.stop();
    return weightGradient;
  }
}
