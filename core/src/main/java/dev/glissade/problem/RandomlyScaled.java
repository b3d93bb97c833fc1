package dev.glissade.problem;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.TwiceDifferentiable;
import java.util.random.RandomGenerator;

/// A problem whose TRAIN objectives are seen through randomly scaled coordinates; what is validated
/// and tested stays as it is. An optimizer that is learned so cannot rely on the scale of the
/// gradients.
///
/// ```
/// f'(θ) = f(c ⊙ θ),   θ'₀ = θ₀ / c,   log cᵢ ~ U[−range, range]
/// ```
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
    return problem.name();
  }

  @Override
  public Objective sample(Split split, long seed) {
    Objective objective = problem.sample(split, seed);
    if (split != Split.TRAIN) {
      return objective;
    }
    RandomGenerator random = Seeds.stream(seed, "random-scales", 0);
    float[] scales = new float[objective.layout().size()];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = (float) Math.exp(random.nextDouble(-range, range));
    }
    return objective instanceof TwiceDifferentiable twice
        ? new TwiceScaled(twice, new Scaled(objective, scales))
        : new Scaled(objective, scales);
  }

  /// f seen through scaled coordinates.
  ///
  /// @param scales c, `float[N]`
  private record Scaled(Objective objective, float[] scales) implements Objective {

    @Override
    public ParameterLayout layout() {
      return objective.layout();
    }

    @Override
    public float[] initialParameters() {
      float[] initial = objective.initialParameters();
      for (int i = 0; i < initial.length; i++) {
        initial[i] /= scales[i];
      }
      return initial;
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      double loss = objective.evaluate(times(parameters), draw, gradient);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= scales[i];
      }
      return loss;
    }

    private float[] times(float[] parameters) {
      float[] scaled = new float[parameters.length];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = parameters[i] * scales[i];
      }
      return scaled;
    }
  }

  /// The same with second derivatives: H' = diag(c) H diag(c).
  private record TwiceScaled(TwiceDifferentiable objective, Scaled scaled)
      implements TwiceDifferentiable {

    @Override
    public ParameterLayout layout() {
      return scaled.layout();
    }

    @Override
    public float[] initialParameters() {
      return scaled.initialParameters();
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      return scaled.evaluate(parameters, draw, gradient);
    }

    @Override
    public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
      objective.hessianTimes(scaled.times(parameters), draw, scaled.times(vector), product);
      for (int i = 0; i < product.length; i++) {
        product[i] *= scaled.scales[i];
      }
    }
  }
}
