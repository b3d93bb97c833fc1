package dev.glissade.check;

import static dev.glissade.check.FaultyProblems.SIZE;
import static dev.glissade.check.FaultyProblems.changed;
import static dev.glissade.check.FaultyProblems.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.TestProblems;
import dev.glissade.Workers;
import dev.glissade.problem.RandomProblem;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Members that are not what their seed and split say, that share what they must not, or that have
/// no start.
class MemberFaultTest {

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1})
  void aLossThatDependsOnTheNumberOfCallsIsFound(double drift) {
    AtomicLong calls = new AtomicLong();
    Problem problem =
        changed(sound ->
            (x, draw, gradient) ->
                sound.evaluate(x, draw, gradient) + drift * calls.incrementAndGet());
    assertThat(wrong(problem)).containsExactly(Aspect.REPEATABLE);
  }

  /// Such as a cache that is full at some time.
  @Test
  void aLossThatChangesAfterManyCallsIsFound() {
    AtomicLong calls = new AtomicLong();
    Problem problem =
        changed(sound ->
            (x, draw, gradient) ->
                sound.evaluate(x, draw, gradient) + (calls.incrementAndGet() > 2000 ? 1 : 0));
    assertThat(wrong(problem)).containsExactly(Aspect.REPEATABLE);
  }

  @Test
  void aMemberThatIgnoresItsSeedIsFound() {
    Problem sound = changed(it -> it);
    Problem problem = new Sampled((split, _) -> sound.sample(split, 1));
    assertThat(wrong(problem)).containsExactly(Aspect.SEEDS);
  }

  @Test
  void aMemberThatIgnoresItsSplitIsFound() {
    Problem sound = changed(it -> it);
    Problem problem = new Sampled((_, seed) -> sound.sample(Problem.Split.TRAIN, seed));
    assertThat(wrong(problem)).containsExactly(Aspect.SPLITS);
  }

  @Test
  void aMemberOfChanceIsFound() {
    AtomicLong calls = new AtomicLong();
    Problem sound = changed(it -> it);
    Problem problem = new Sampled((split, _) -> sound.sample(split, calls.incrementAndGet()));
    assertThat(wrong(problem)).containsExactly(Aspect.SEEDS);
  }

  private interface Sampler {
    Objective sample(Problem.Split split, long seed);
  }

  private record Sampled(Sampler sampler) implements Problem {
    @Override
    public String name() {
      return "sampled";
    }

    @Override
    public Objective sample(Split split, long seed) {
      return sampler.sample(split, seed);
    }
  }

  @Test
  void anEvaluationThatChangesParametersIsFound() {
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              double loss = sound.evaluate(x, draw, gradient);
              x[3] = 0;
              return loss;
            });
    assertThat(wrong(problem)).containsExactly(Aspect.INPUT);
  }

  /// Two threads share an array; a pause while it is full lets the other one in.
  @Test
  void sharedScratchSpaceIsFound() {
    float[] scratch = new float[SIZE];
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              System.arraycopy(x, 0, scratch, 0, SIZE);
              LockSupport.parkNanos(1);
              return sound.evaluate(scratch, draw, gradient);
            });
    assertThat(Workers.with(1, () -> wrong(problem))).containsExactly(Aspect.THREADS);
  }

  @Test
  void oneArrayOfInitialParametersIsFound() {
    Objective bowl = TestProblems.parabola(1, 2);
    Problem problem =
        RandomProblem.of(
            "shared",
            random -> {
              float[] start = {random.nextFloat()};
              return new Objective() {
                @Override
                public ParameterLayout layout() {
                  return bowl.layout();
                }

                @Override
                public float[] initialParameters() {
                  return start;
                }

                @Override
                public double evaluate(float[] parameters, long draw, float[] gradient) {
                  return bowl.evaluate(parameters, draw, gradient);
                }
              };
            });
    assertThat(wrong(problem)).containsExactly(Aspect.START);
  }

  @Test
  void aStartWithoutALossIsFound() {
    Problem problem =
        changed(sound ->
            (x, draw, gradient) -> {
              sound.evaluate(x, draw, gradient);
              return Double.NaN;
            });
    assertThat(wrong(problem)).containsExactly(Aspect.FINITE);
  }
}
