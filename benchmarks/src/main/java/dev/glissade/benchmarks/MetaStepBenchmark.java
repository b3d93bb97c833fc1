package dev.glissade.benchmarks;

import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.Workers;
import dev.glissade.learned.Lstm;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.MetaObjective;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.torch.Minibatches;
import dev.glissade.torch.TorchNetwork;
import dev.glissade.torch.TorchProblem;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.data.ImageBatch;
import dev.glissade.torch.data.ImageData;
import dev.glissade.torch.data.ImageSource;
import dev.glissade.torch.data.PixelFormat;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.global.torch;
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
import org.openjdk.jmh.annotations.Warmup;

/// A whole meta-gradient as meta-training needs it: T = 20 steps of the paper's MNIST network on
/// fresh minibatches of 128 real digits, all 15,910 coordinates, no second derivatives.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "-Xmx2g"
    })
public class MetaStepBenchmark {

  private static final int STEPS = 20;

  /// What it runs on. libtorch does one network on one thread, whatever is asked for.
  @Param({"glissade", "libtorch", "libtorch-units-first"})
  public String implementation = "glissade";

  /// How many networks are trained side by side.
  @Param("1")
  public int batch = 1;

  /// How many threads share them.
  @Param("1")
  public int threads = 1;

  private interface MetaStep {
    double evaluate(float[] gradient, long draw);
  }

  @SuppressWarnings("NullAway.Init") // JMH calls setUp first
  private MetaStep step;

  @SuppressWarnings("NullAway.Init")
  private float[] gradient; // [φ]

  private long draw;

  /// Reads the digits.
  @Setup(Level.Trial)
  public void setUp() throws IOException {
    Minibatches<ImageBatch> minibatches =
        ImageData.load(new ImageSource.Known("mnist", DataFolder.standard()))
            .images(Problem.Split.TRAIN)
            .minibatches(128, PixelFormat.rows(), torch.ScalarType.Float);
    Lstm learned = Lstm.forNetworks();
    float[] weights = learned.initialWeights(1);
    gradient = new float[weights.length];
    step =
        switch (implementation) {
          case "glissade" -> glissade(learned, weights, minibatches);
          case "libtorch" -> libtorch(weights, false, minibatches);
          case "libtorch-units-first" -> libtorch(weights, true, minibatches);
          default -> throw new IllegalArgumentException("unknown: " + implementation);
        };
  }

  private MetaStep glissade(Lstm learned, float[] weights, Minibatches<ImageBatch> minibatches) {
    Problem problem = TorchProblem.of("mnist", Perceptron.network(), (_, _) -> minibatches);
    MetaObjective objective =
        new MetaObjective(
            problem, learned, new TruncatedBptt(STEPS), new Episodes(1, 5 * STEPS, batch), 1);
    return (into, k) -> Workers.with(threads, () -> objective.evaluate(weights, k, into));
  }

  private static MetaStep libtorch(
      float[] weights, boolean unitsFirst, Minibatches<ImageBatch> minibatches) {
    TorchNetwork<ImageBatch> network = Perceptron.network();
    float[] start = network.initialParameters(Seeds.stream(1, "start", 0));
    LibtorchMetaStep metaStep =
        new LibtorchMetaStep(
            LstmBenchmark.SHAPE, weights, unitsFirst, start, STEPS, minibatches, 1);
    return (into, k) -> metaStep.evaluate(into, k * STEPS);
  }

  /// One unroll, and its meta-gradient.
  @Benchmark
  public double metaStep(CpuTime time) {
    time.start();
    double loss = step.evaluate(gradient, draw++);
    time.stop();
    return loss;
  }
}
