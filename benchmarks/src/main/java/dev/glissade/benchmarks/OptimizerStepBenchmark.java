package dev.glissade.benchmarks;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.Workers;
import dev.glissade.learned.Pretrained;
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

/// One update by a learned optimizer, on one thread, without the gradient that it needs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class OptimizerStepBenchmark {

  /// Which optimizer, of those that ship with Glissade.
  @Param("mnist")
  public String pretrained = "mnist";

  /// N: the pixels of a picture of 128×128.
  @Param("49152")
  public int coordinates = 49_152;

  private interface Step {
    float[] take();
  }

  @SuppressWarnings("NullAway.Init") // JMH calls setUp first
  private Step step;

  /// Makes a gradient.
  @Setup(Level.Trial)
  public void setUp() {
    float[] gradient = UnrollInputs.random(LstmBenchmark.SHAPE, coordinates, 1, 1).gradients()[0];
    step = step(Pretrained.named(pretrained).load().optimizer(), gradient);
  }

  private static <S extends OptimizerState> Step step(Optimizer<S> optimizer, float[] gradient) {
    S state = optimizer.start(ParameterLayout.of("pixels", gradient.length));
    float[] update = new float[gradient.length];
    long[] steps = new long[1];
    return () -> {
      optimizer.update(Point.of(steps[0]++, gradient), state, update);
      return update;
    };
  }

  /// One update of N coordinates.
  @Benchmark
  public float[] step(CpuTime time) {
    time.start();
    float[] update = Workers.with(1, step::take);
    time.stop();
    return update;
  }
}
