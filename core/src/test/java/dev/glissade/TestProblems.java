package dev.glissade;

import dev.glissade.problem.Objectives;
import dev.glissade.problem.RandomProblem;

/// Problems and objectives that several tests need.
public final class TestProblems {

  private TestProblems() {}

  /// The objective f(x) = ½·curvature·x² of one parameter.
  public static TwiceDifferentiable parabola(double curvature, float start) {
    return Objectives.of(
        ParameterLayout.of("x", 1),
        new float[] {start},
        (x, _, gradient) -> {
          gradient[0] = (float) (curvature * x[0]);
          return 0.5 * curvature * x[0] * x[0];
        },
        (_, _, vector, product) -> product[0] = (float) (curvature * vector[0]));
  }

  /// A problem whose objectives are all the same.
  public static Problem always(String name, Objective objective) {
    return RandomProblem.of(name, _ -> objective);
  }

  /// A problem of this layout and this usual number of steps, of which nothing may be sampled.
  public static Problem unsampled(String name, ParameterLayout layout, int steps) {
    return new Unsampled(name, layout, steps);
  }

  private record Unsampled(String name, ParameterLayout layout, int steps) implements Problem {
    @Override
    public Objective sample(Split split, long seed) {
      throw new AssertionError("an objective was sampled where its layout was enough");
    }

    @Override
    public boolean isTwiceDifferentiable() {
      return true;
    }
  }
}
