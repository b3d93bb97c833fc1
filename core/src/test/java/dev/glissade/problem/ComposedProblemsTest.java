package dev.glissade.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.TwiceDifferentiable;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Problems made of problems.
class ComposedProblemsTest {

  private static final ProblemCatalog CATALOG = new ProblemCatalog(Problems.core());

  @Test
  void aMixtureDrawsEqually() {
    Problem small = CATALOG.parse("quadratic:dim=2");
    Problem large = CATALOG.parse("quadratic:dim=5");
    Mixture mixture = new Mixture("both", List.of(small, large));
    int larger = 0;
    for (long seed = 0; seed < 1000; seed++) {
      larger += mixture.sample(Split.TRAIN, seed).layout().size() == 5 ? 1 : 0;
    }
    assertThat(larger).isBetween(440, 560);
  }

  @Test
  void scalingLeavesTheLossesAtTheStartAndScalesTheGradient() {
    Problem plain = CATALOG.parse("quadratic");
    Objective original = plain.sample(Split.TRAIN, 5);
    Objective scaled = new RandomlyScaled(plain, 2).sample(Split.TRAIN, 5);
    float[] gradient = new float[10];
    float[] scaledGradient = new float[10];
    float[] start = original.initialParameters();
    float[] scaledStart = scaled.initialParameters();
    double loss = original.evaluate(start, 0, gradient);
    assertThat(scaled.evaluate(scaledStart, 0, scaledGradient)).isCloseTo(loss, within(1e-4));
    boolean varied = false;
    for (int i = 0; i < 10; i++) {
      double scale = start[i] / scaledStart[i];
      assertThat(scale).isBetween(Math.exp(-2.001), Math.exp(2.001));
      assertThat(scaledGradient[i] / gradient[i]).isCloseTo((float) scale, within(1e-3f));
      varied |= Math.abs(scale - 1) > 0.5;
    }
    assertThat(varied).isTrue();
  }

  /// H'v by central differences of the scaled gradient.
  @Test
  void scalingKeepsSecondDerivatives() {
    Objective scaled = new RandomlyScaled(CATALOG.parse("quadratic"), 1).sample(Split.TRAIN, 5);
    TwiceDifferentiable twice = (TwiceDifferentiable) scaled;
    float[] point = scaled.initialParameters();
    float[] vector = new float[10];
    float[] product = new float[10];
    for (int i = 0; i < 10; i++) {
      point[i] += 0.1f * i;
      vector[i] = 1 - 0.3f * i;
    }
    twice.hessianTimes(point, 0, vector, product);
    float[] above = gradient(scaled, point, vector, 0.5f);
    float[] below = gradient(scaled, point, vector, -0.5f);
    for (int i = 0; i < 10; i++) { // exact for a quadratic, but for rounding
      assertThat(product[i]).isCloseTo(above[i] - below[i], within(1e-3f * 100));
    }
  }

  private static float[] gradient(Objective objective, float[] point, float[] vector, float by) {
    float[] moved = new float[point.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = point[i] + by * vector[i];
    }
    float[] gradient = new float[point.length];
    objective.evaluate(moved, 0, gradient);
    return gradient;
  }

  @Test
  void whatIsValidatedIsNotScaled() {
    Problem plain = CATALOG.parse("quadratic");
    float[] expected = plain.sample(Split.VALIDATION, 5).initialParameters();
    assertThat(new RandomlyScaled(plain, 2).sample(Split.VALIDATION, 5).initialParameters())
        .containsExactly(expected);
  }
}
