package dev.glissade.problem;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.problem.Objectives.LossOnDraw;
import java.util.random.RandomGenerator;

/// A problem whose TRAIN objectives are seen through randomly scaled coordinates; what is validated
/// and tested stays as it is. An optimizer that is learned so cannot rely on the scale of the
/// gradients.
///
/// ```
/// f'(θ) = f(c ⊙ θ),   θ'₀ = θ₀ / c,   log cᵢ ~ U[−range, range]
/// ∇f' = c ⊙ ∇f,   H'·v = c ⊙ H·(c ⊙ v)
/// ```
///
/// It is called `scaled(quadratic, 2)`, with the range in the second place.
///
/// Reference: K. Lv, S. Jiang, J. Li, *Learning gradient descent: better generalization and longer
/// horizons*, ICML 2017, section 4.1.
///
/// @param problem the problem
/// @param range of the logarithms of the factors, > 0; 3 in the reference
public record RandomlyScaled(Problem problem, double range) implements Problem {

  public RandomlyScaled {
    if (!(range > 0 && range <= 20)) {
      throw new IllegalArgumentException("range must be > 0 and <= 20, got " + range);
    }
  }

  @Override
  public String name() {
    return "scaled(%s, %s)".formatted(problem.name(), Option.plain(range));
  }

  @Override
  public Objective sample(Split split, long seed) {
    Objective objective = problem.sample(split, seed);
    return split == Split.TRAIN ? scaled(objective, factors(objective, seed)) : objective;
  }

  /// The factors c of one objective.
  private float[] factors(Objective objective, long seed) {
    RandomGenerator random = Seeds.stream(seed, "random-scales", 0);
    float[] factors = new float[objective.layout().size()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) Math.exp(random.nextDouble(-range, range));
    }
    return factors;
  }

  private static Objective scaled(Objective objective, float[] factors) {
    float[] start = objective.initialParameters();
    for (int i = 0; i < start.length; i++) {
      start[i] /= factors[i];
    }
    LossOnDraw loss =
        (parameters, draw, gradient) -> {
          double value = objective.evaluate(times(parameters, factors), draw, gradient);
          scale(gradient, factors);
          return value;
        };
    if (!(objective instanceof TwiceDifferentiable twice)) {
      return Objectives.of(objective.layout(), start, loss);
    }
    return Objectives.of(
        objective.layout(),
        start,
        loss,
        (parameters, draw, vector, product) -> {
          twice.hessianTimes(times(parameters, factors), draw, times(vector, factors), product);
          scale(product, factors);
        });
  }

  private static float[] times(float[] values, float[] factors) {
    float[] scaled = values.clone();
    scale(scaled, factors);
    return scaled;
  }

  private static void scale(float[] values, float[] factors) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factors[i];
    }
  }

  @Override
  public ParameterLayout layout() {
    return problem.layout();
  }

  @Override
  public boolean isTwiceDifferentiable() {
    return problem.isTwiceDifferentiable();
  }

  @Override
  public int steps() {
    return problem.steps();
  }
}
