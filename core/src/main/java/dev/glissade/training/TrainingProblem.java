package dev.glissade.training;

import dev.glissade.HeldOut;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Span;
import dev.glissade.internal.Vectors;
import dev.glissade.learned.Architecture;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.GradientEstimator;
import dev.glissade.meta.MetaObjective;
import java.util.Arrays;

/// The problem of training optimizers: each objective is one whole meta-training from fresh
/// weights, φ ↦ L(φ), so that whatever minimises it trains an optimizer, and what is learned for it
/// is an optimizer of optimizers.
///
/// A draw is a whole episode with one φ, on objectives of its own: the loss is the mean of f over
/// its steps and its batch, geometric where losses count by their logarithms, and the gradient is
/// the estimator's, summed over the episode's unrolls. So a draw depends on nothing before it,
/// which [MetaObjective] alone does not promise.
///
/// All splits train on TRAIN objectives of the inner problem, as trainings do, and never on the
/// same: the split is part of the seed. What comes out can be scored on objectives that no training
/// sees ([HeldOut]): on TEST ones for a TEST training, on VALIDATION ones for the others.
///
/// ```java
/// Problem trainings = TrainingProblem.of(fits, rule);
/// ```
///
/// @param name equal for equal distributions
/// @param problem that optimizers are trained for
/// @param family the optimizers that are trained
/// @param estimator of their meta-gradient, whose unroll divides an episode's steps
/// @param episodes how long they are, on how many objectives, and what their losses count
public record TrainingProblem(
    String name,
    Problem problem,
    Architecture<?> family,
    GradientEstimator estimator,
    Episodes episodes)
    implements Problem {

  /// How many updates of φ a training makes, unless somebody says otherwise.
  static final int STEPS = 60;

  private static final int HELD_OUT = 64; // instances that a result is scored on

  /// @throws IllegalArgumentException if the parts do not go together
  public TrainingProblem {
    estimator.check(family);
    episodes.requireMultiplesOf(estimator.unroll());
    if (estimator.needsSecondDerivatives() && !problem.isTwiceDifferentiable()) {
      throw new IllegalArgumentException(
          "%s has no second derivatives: train without them".formatted(problem.name()));
    }
  }

  /// The trainings of optimizers of a family for a problem, by evolution strategies on whole
  /// episodes of six objectives.
  public static Problem of(Problem problem, Architecture<?> family) {
    return TrainingProblems.usual(problem, family);
  }

  @Override
  public ParameterLayout layout() {
    return family.layout();
  }

  @Override
  public boolean isTwiceDifferentiable() {
    return false;
  }

  @Override
  public int steps() {
    return STEPS;
  }

  @Override
  public Objective sample(Split split, long seed) {
    return new Training(this, split, Seeds.derive(seed, "training/" + split, 0));
  }

  /// One training.
  ///
  /// @param of what it is one of
  /// @param split that it is drawn from
  /// @param seed of everything random, the split mixed in
  private record Training(TrainingProblem of, Split split, long seed) implements HeldOut {

    @Override
    public ParameterLayout layout() {
      return of.layout();
    }

    @Override
    public float[] initialParameters() {
      return meta().initialParameters();
    }

    /// A meta-loss in which no episode is in progress.
    private MetaObjective meta() {
      return new MetaObjective(of.problem, of.family, of.estimator, of.episodes, seed);
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      MetaObjective meta = meta();
      int unrolls = of.episodes.steps() / of.estimator.unroll();
      float[] part = new float[gradient.length];
      Arrays.fill(gradient, 0);
      double loss = 0;
      for (int u = 0; u < unrolls; u++) {
        loss += meta.evaluate(parameters, draw * unrolls + u, part);
        Vectors.add(part, gradient);
      }
      // Where something diverges, pairs of runs count as if they had not moved. A single run's loss
      // stops where it was then, which may be low.
      boolean defined = meta.nonFiniteCount() == 0 || of.estimator.runs() > 1;
      double mean = defined ? loss / of.episodes.steps() : Double.NaN;
      return switch (of.episodes.loss()) {
        case LOSSES -> scaled(gradient, 1.0 / of.episodes.steps(), mean);
        case LOGARITHMS -> scaled(gradient, Math.exp(mean) / of.episodes.steps(), Math.exp(mean));
      };
    }

    private static double scaled(float[] gradient, double factor, double loss) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) (factor * gradient[i]);
      }
      return loss;
    }

    @Override
    public double heldOutLoss(float[] parameters) {
      if (!Vectors.allFinite(parameters)) {
        return Double.POSITIVE_INFINITY;
      }
      Evaluation unseen =
          new Evaluation(
              of.problem,
              split == Split.TEST ? Split.TEST : Split.VALIDATION,
              HELD_OUT,
              of.episodes.steps(),
              Seeds.derive(seed, "held-out", 0));
      return of.episodes.loss().score(unseen.run(of.family.with(parameters)), Span.RUN);
    }
  }
}
