package dev.glissade.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.FiniteDifferences;
import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.TestProblems;
import dev.glissade.TwiceDifferentiable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Problems made of problems.
class ComposedProblemsTest {

  private static final ProblemCatalog CATALOG = new ProblemCatalog(Problems.core());

  @Test
  void aMixtureDrawsEqually() {
    Problem small = CATALOG.parse("quadratic:dim=2");
    Problem large = CATALOG.parse("quadratic:dim=5");
    Mixture mixture = new Mixture(List.of(small, large));
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

  /// The factors are up to e, and so squared in H.
  @Test
  void scalingKeepsBothDerivatives() {
    Objective scaled = new RandomlyScaled(CATALOG.parse("quadratic"), 1).sample(Split.TRAIN, 5);
    float[] point = scaled.initialParameters();
    for (int i = 0; i < point.length; i++) {
      point[i] += 0.1f * i;
    }
    FiniteDifferences.assertGradient(scaled, point, 1, 1e-4);
    FiniteDifferences.assertHessian((TwiceDifferentiable) scaled, point, 1, 1e-3);
  }

  @Test
  void scalingPromisesNoMoreDerivativesThanThereAre() {
    Problem once =
        TestProblems.always("once", Objectives.of(new float[1], (_, gradient) -> gradient[0] = 1));
    Problem scaled = new RandomlyScaled(once, 1);
    assertThat(scaled.isTwiceDifferentiable()).isFalse();
    assertThat(scaled.sample(Split.TRAIN, 1)).isNotInstanceOf(TwiceDifferentiable.class);
    Problem more = new WithConvexPart(once, 1);
    assertThat(more.isTwiceDifferentiable()).isFalse();
    assertThat(more.sample(Split.TRAIN, 1)).isNotInstanceOf(TwiceDifferentiable.class);
    assertThat(new Mixture(List.of(CATALOG.parse("quadratic"), once)).isTwiceDifferentiable())
        .isFalse();
  }

  @Test
  void aConvexPartIsMoreToDescendAndLeavesTheRestAlone() {
    Problem plain = CATALOG.parse("quadratic");
    Objective original = plain.sample(Split.TRAIN, 5);
    Objective more = new WithConvexPart(plain, 3).sample(Split.TRAIN, 5);
    float[] gradient = new float[10];
    float[] both = new float[13];
    double loss = original.evaluate(original.initialParameters(), 0, gradient);
    double start = more.evaluate(more.initialParameters(), 0, both) - loss;
    assertThat(Arrays.copyOf(both, 10)).containsExactly(gradient);
    float[] point = more.initialParameters();
    assertThat(start).isBetween(0.01, 1.0); // a mean of squares from [−1, 1]
    for (int t = 0; t < 2000; t++) {
      for (int i = 10; i < 13; i++) {
        point[i] -= 0.2f * both[i];
      }
      more.evaluate(point, 0, both);
    }
    assertThat(more.evaluate(point, 0, both) - loss).isCloseTo(0, within(1e-5));
  }

  @Test
  void convexPartsDifferAndAreForTrainingOnly() {
    Problem plain = CATALOG.parse("quadratic");
    Problem more = new WithConvexPart(plain, 3);
    assertThat(convexGradient(more, 5)).isEqualTo(convexGradient(more, 5));
    assertThat(convexGradient(more, 5)).isNotEqualTo(convexGradient(more, 6));
    assertThat(more.sample(Split.VALIDATION, 5).layout()).isEqualTo(plain.layout());
    assertThat(more.layout()).isEqualTo(plain.layout());
  }

  private static float[] convexGradient(Problem problem, long seed) {
    Objective objective = problem.sample(Split.TRAIN, seed);
    float[] gradient = new float[13];
    objective.evaluate(objective.initialParameters(), 0, gradient);
    return Arrays.copyOfRange(gradient, 10, 13);
  }

  @Test
  void aConvexPartKeepsBothDerivatives() {
    Objective more = new WithConvexPart(CATALOG.parse("quadratic"), 3).sample(Split.TRAIN, 5);
    float[] point = more.initialParameters();
    for (int i = 0; i < point.length; i++) {
      point[i] += 0.1f * i;
    }
    FiniteDifferences.assertGradient(more, point, 1, 1e-4);
    FiniteDifferences.assertHessian((TwiceDifferentiable) more, point, 1, 1e-3);
  }

  @Test
  void whatIsValidatedIsNotScaled() {
    Problem plain = CATALOG.parse("quadratic");
    float[] expected = plain.sample(Split.VALIDATION, 5).initialParameters();
    assertThat(new RandomlyScaled(plain, 2).sample(Split.VALIDATION, 5).initialParameters())
        .containsExactly(expected);
  }

  /// Caches refer to a distribution by its name.
  @Test
  void otherDistributionsHaveOtherNames() {
    Problem quadratic = CATALOG.parse("quadratic");
    Problem valleys = CATALOG.parse("rosenbrock:dim=4");
    assertThat(new RandomlyScaled(quadratic, 2).name()).isEqualTo("scaled(quadratic, 2)");
    assertThat(new RandomlyScaled(quadratic, 0.5).name()).isEqualTo("scaled(quadratic, 0.5)");
    assertThat(new Mixture(List.of(quadratic, valleys)).name())
        .isEqualTo("mixture(quadratic, rosenbrock:dim=4)");
    assertThat(new RandomlyScaled(new Mixture(List.of(valleys, quadratic)), 3).name())
        .isEqualTo("scaled(mixture(rosenbrock:dim=4, quadratic), 3)");
    assertThat(new WithConvexPart(new RandomlyScaled(quadratic, 3), 20).name())
        .isEqualTo("convex(scaled(quadratic, 3), 20)");
  }

  @Test
  void theFirstPartOfAMixtureIsTheTypicalOne() {
    Problem valleys = CATALOG.parse("rosenbrock:dim=4");
    Problem both = new RandomlyScaled(new Mixture(List.of(valleys, CATALOG.parse("quadratic"))), 1);
    assertThat(both.layout()).isEqualTo(valleys.layout());
    assertThat(both.steps()).isEqualTo(valleys.steps()).isEqualTo(200);
    assertThat(both.isTwiceDifferentiable()).isTrue();
  }

  @Test
  void impossibleCompositionsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mixture(List.of()))
        .withMessage("a mixture needs at least one problem");
    for (double range : new double[] {0, -1, 21, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RandomlyScaled(CATALOG.parse("quadratic"), range))
          .withMessage("range must be > 0 and <= 20, got " + range);
    }
    for (int dimension : new int[] {0, 1001}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new WithConvexPart(CATALOG.parse("quadratic"), dimension))
          .withMessage("dimension must be from 1 to 1000, got " + dimension);
    }
  }
}
