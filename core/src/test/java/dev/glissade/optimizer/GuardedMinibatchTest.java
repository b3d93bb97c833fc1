package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.Seeds;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A guard whose gradients are those of minibatches does not take their chance for a promise.
class GuardedMinibatchTest {

  private static final int DIMENSION = 1000;
  private static final int SEEDS = 10;

  /// The mean of normal data, one datum a draw: f = ½·‖θ − ξ‖²/N, less ½·‖ξ‖²/N, with ξ of the
  /// given deviation, but for its first coordinate, which is 0, and θ₀ = (1, …, 1).
  private record Mean(double deviation, long seed) implements Objective {
    @Override
    public ParameterLayout layout() {
      return ParameterLayout.of("x", DIMENSION);
    }

    @Override
    public float[] initialParameters() {
      float[] ones = new float[DIMENSION];
      Arrays.fill(ones, 1);
      return ones;
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      RandomGenerator random = Seeds.stream(seed, "datum", draw);
      double loss = 0;
      for (int n = 0; n < DIMENSION; n++) {
        double datum = n == 0 ? 0 : deviation * random.nextGaussian();
        loss += parameters[n] * (parameters[n] / 2 - datum) / DIMENSION;
        gradient[n] = (float) ((parameters[n] - datum) / DIMENSION);
      }
      return loss;
    }
  }

  /// Gradient descent with steps of a share of the way to the datum of the draw.
  private static Optimizer<?> share(double share) {
    return new Sgd(share * DIMENSION);
  }

  private static LearningCurve run(
      double deviation, long seed, Optimizer<?> inner, Optimizer<?> fallback, int steps) {
    return Descent.start(new Mean(deviation, seed), new Guarded<>(inner, fallback)).run(steps);
  }

  /// What the fallback promises is nearly all of it chance: it would go from datum to datum.
  @Test
  void shortStepsOfOneThatAveragesAreLeftAlone() {
    for (int seed = 0; seed < SEEDS; seed++) {
      LearningCurve watched = run(2, seed, share(0.05), share(1), 60);
      assertThat(watched.interventions()).isZero();
    }
  }

  /// Goes along the first coordinate, whose slope knows no chance.
  private record AlongTheFirst(float rate) implements Optimizer<OptimizerState.Empty> {
    @Override
    public OptimizerState.Empty start(ParameterLayout layout) {
      return new OptimizerState.Empty();
    }

    @Override
    public void update(Point at, OptimizerState.Empty state, float[] update) {
      Arrays.fill(update, 0);
      update[0] = -rate * at.gradient()[0];
    }
  }

  /// The fallback promises much, and once it would keep that.
  @Test
  void onePromiseThatIsKeptIsNoneWhereOthersAreNot() {
    Turning once = Turning.from(share(1)).to(new AlongTheFirst(2e7f), 12).to(share(1), 13);
    for (int seed = 0; seed < SEEDS; seed++) {
      LearningCurve watched = run(2, seed, share(0.05), once, 60);
      assertThat(watched.interventions()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05})
  void stepsThatAreTooShortAreNoticedUnderLittleNoise(double deviation) {
    for (int seed = 0; seed < SEEDS; seed++) {
      LearningCurve watched = run(deviation, seed, share(0.002), share(0.3), 60);
      assertThat(watched.interventions()).isEqualTo(1);
      assertThat(watched.last()).isLessThan(0.01);
    }
  }

  /// Goes on at right angles, and comes no nearer.
  private record Circling() implements Optimizer<OptimizerState.Empty> {
    @Override
    public OptimizerState.Empty start(ParameterLayout layout) {
      return new OptimizerState.Empty();
    }

    @Override
    public void update(Point at, OptimizerState.Empty state, float[] update) {
      float[] parameters = at.parameters();
      for (int n = 0; n < update.length; n += 2) {
        update[n] = -parameters[n + 1] - parameters[n];
        update[n + 1] = parameters[n] - parameters[n + 1];
      }
    }
  }

  /// No single loss shows it.
  @Test
  void whatGoesRoundAndRoundIsNoticedWhateverTheNoise() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Turning turning = Turning.from(share(0.05)).to(new Circling(), 10);
      LearningCurve watched = run(1, seed, turning, share(0.01), 100);
      assertThat(watched.interventions()).isEqualTo(1);
    }
  }

  /// It goes from datum to datum, and so would the fallback, whose promise the next one never
  /// keeps.
  @Test
  void whatHasArrivedIsLeftAlone() {
    for (int seed = 0; seed < SEEDS; seed++) {
      LearningCurve watched = run(1, seed, share(0.5), share(0.5), 100);
      assertThat(watched.interventions()).isZero();
    }
  }
}
