package dev.glissade.benchmarks;

import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.internal.kernel.LstmState;
import dev.glissade.learned.LstmConfiguration;
import dev.glissade.learned.LstmOptimizer;
import dev.glissade.meta.Curriculum;
import dev.glissade.meta.MetaObjective;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.problem.Quadratic;
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

/// A whole meta-gradient as meta-training needs it: the paper's quadratics, a batch of 128, an
/// unroll of 20 in episodes of 100 steps.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx2g"})
public class MetaStepBenchmark {

  /// How many threads share a batch.
  @Param({"1", "2"})
  public int threads = 1;

  @SuppressWarnings("NullAway.Init") // JMH calls setUp first
  private MetaObjective<LstmState> objective;

  @SuppressWarnings("NullAway.Init")
  private float[] weights; // [φ]

  @SuppressWarnings("NullAway.Init")
  private float[] gradient; // [φ]

  private long draw;

  /// Quadratics ‖Wθ − y‖² of ten dimensions.
  private record Quadratics() implements Problem {
    @Override
    public String name() {
      return "quadratics";
    }

    @Override
    public Quadratic sample(Split split, long seed) {
      return Quadratic.gaussian(Seeds.stream(seed, split.name(), 0), 10, 1);
    }
  }

  /// Makes the meta-objective.
  @Setup(Level.Trial)
  public void setUp() {
    LstmOptimizer learned = new LstmOptimizer(LstmConfiguration.forQuadratics());
    objective =
        new MetaObjective<>(
            new Quadratics(),
            new TruncatedBptt<>(learned, 20),
            new MetaObjective.EpisodePlan(Curriculum.constant(100), 128),
            1,
            threads);
    weights = objective.initialParameters();
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= 0.1f; // small updates: no run diverges
    }
    gradient = new float[weights.length];
  }

  /// One unroll of the whole batch, and its meta-gradient.
  @Benchmark
  public double metaStep() {
    return objective.evaluate(weights, gradient, draw++);
  }
}
