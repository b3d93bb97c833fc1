package dev.glissade.benchmarks;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.torch.problem.TorchProblems;
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
import org.openjdk.jmh.annotations.Warmup;

/// One gradient of an optimizee on a fresh minibatch of 128 real images, on one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class GradientBenchmark {

  /// Whose gradient.
  @Param({"mnist", "cifar10", "cifar10:precision=bfloat16"})
  public String problem = "mnist";

  @SuppressWarnings("NullAway.Init") // JMH calls setUp first
  private Objective objective;

  @SuppressWarnings("NullAway.Init")
  private float[] parameters; // θ, [N]

  @SuppressWarnings("NullAway.Init")
  private float[] gradient; // ∇f, [N]

  private long draw;

  /// Reads the images.
  @Setup(Level.Trial)
  public void setUp() {
    ProblemCatalog problems = new ProblemCatalog(TorchProblems.all());
    objective = problems.parse(problem).sample(Problem.Split.TRAIN, 1);
    parameters = objective.initialParameters();
    gradient = new float[parameters.length];
  }

  /// f(θ) and ∇f(θ).
  @Benchmark
  public double gradient(CpuTime time) {
    time.start();
    double loss = objective.evaluate(parameters, draw++, gradient);
    time.stop();
    return loss;
  }
}
