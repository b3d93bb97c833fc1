package dev.glissade.problem;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;

/// A problem whose TRAIN and VALIDATION objectives are replaced by their logarithms: f'(θ) = log
/// f(θ), ∇f' = ∇f / f.
///
/// A sum of losses over an episode, or over a mixture of problems, is a sum of the largest ones:
/// those of the first steps, those of the hardest problem. In a sum of logarithms the same *ratio*
/// counts the same anywhere, so that an optimizer is also trained for what happens late. It sees
/// gradients of another size than it will in use, so it should not go by their size
/// (`Preprocessing.AdamLike`).
///
/// @param problem losses > 0
public record Logarithmic(Problem problem) implements Problem {

  /// Losses below count as this.
  private static final double LEAST = 1e-12;

  @Override
  public String name() {
    return problem.name();
  }

  @Override
  public Objective sample(Split split, long seed) {
    Objective objective = problem.sample(split, seed);
    return switch (split) {
      case TRAIN, VALIDATION -> new Log(objective);
      case TEST -> objective;
    };
  }

  private record Log(Objective objective) implements Objective {

    @Override
    public ParameterLayout layout() {
      return objective.layout();
    }

    @Override
    public float[] initialParameters() {
      return objective.initialParameters();
    }

    @Override
    public double evaluate(float[] parameters, float[] gradient, long draw) {
      double loss = objective.evaluate(parameters, gradient, draw);
      double divisor = loss < LEAST ? Double.POSITIVE_INFINITY : loss;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) (gradient[i] / divisor);
      }
      return loss < LEAST ? Math.log(LEAST) : Math.log(loss);
    }
  }
}
