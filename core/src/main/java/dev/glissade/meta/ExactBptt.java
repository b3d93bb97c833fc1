package dev.glissade.meta;

import dev.glissade.Descent;
import dev.glissade.LearnedOptimizer;
import dev.glissade.LearnedOptimizer.Differentiability;
import dev.glissade.Objective;
import dev.glissade.OptimizerState;
import dev.glissade.Point;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Cotangent;
import dev.glissade.learned.DifferentiableRule;
import java.util.ArrayList;
import java.util.List;

/// Back-propagation through time, truncated to T steps, that goes back through ∇f as well: exact
/// within an unroll. It asks for objectives with Hessian-vector products.
///
/// @param unroll T ≥ 1
public record ExactBptt(int unroll) implements GradientEstimator {

  static final String KIND = "exact-bptt";

  public ExactBptt {
    GradientEstimators.requireUnroll(unroll);
  }

  @Override
  public ExactBptt withUnroll(int steps) {
    return new ExactBptt(steps);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return JsonObject.empty();
  }

  @Override
  public boolean needsSecondDerivatives() {
    return true;
  }

  @Override
  public void check(LearnedOptimizer<?> family) {
    if (family.differentiability() != Differentiability.EXACT) {
      throw new IllegalArgumentException(
          "second derivatives through this optimizer are not exact: train without them");
    }
  }

  /// State, θ and gradient of every step.
  @Override
  public long floatsKept(long coordinates, long state, boolean keepsStates) {
    return unroll * (state + 2 * coordinates);
  }

  @Override
  public Worker start(Assignment assignment, List<Objective> objectives, float[] weights) {
    Batch batch = new Batch(objectives);
    if (!batch.isTwiceDifferentiable()) {
      throw new IllegalArgumentException(
          "second derivatives need objectives with Hessian-vector products; train without them");
    }
    return worker(assignment, assignment.family(), batch, weights);
  }

  private <S extends OptimizerState> Worker worker(
      Assignment assignment, LearnedOptimizer<S> family, Batch batch, float[] weights) {
    Run<S> run = new Run<>(batch, family.with(weights));
    return (phi, _) -> {
      long nonFinite = batch.nonFiniteCount();
      float[] gradient = new float[phi.length];
      DifferentiableRule<S> rule = Run.differentiable(family.with(phi));
      double sum = advance(assignment, run, rule, gradient);
      return new Estimate(assignment.scale() * sum, gradient, batch.nonFiniteCount() - nonFinite);
    };
  }

  /// What is kept of a step, to go back through it.
  ///
  /// @param state of the optimizer before it
  /// @param at where it started
  /// @param draw of the objective there
  /// @param slope of the meta-loss, by the loss there
  private record Step<S>(S state, Point at, long draw, double slope) {}

  private <S extends OptimizerState> double advance(
      Assignment assignment, Run<S> run, DifferentiableRule<S> rule, float[] weightGradient) {
    Descent descent = run.descent();
    List<Step<S>> steps = new ArrayList<>(unroll);
    double sum = 0;
    double slope = 0; // the loss where an unroll starts is counted by the unroll before
    for (int t = 0; t < unroll; t++) {
      S state = run.freshState();
      state.copyFrom(run.state());
      Point at =
          new Point.Known(
              descent.step(),
              descent.loss(),
              descent.parameters().clone(),
              descent.gradient().clone());
      steps.add(new Step<>(state, at, descent.draws(), slope));
      descent.advance(rule);
      sum += assignment.loss().of(descent.loss());
      slope = assignment.scale() * assignment.loss().slope(descent.loss());
    }
    float[] last = new float[descent.parameters().length];
    addScaled(descent.gradient(), slope, last);
    goBack(run, rule, steps, last, weightGradient);
    return sum;
  }

  /// Goes back through the steps, the last one first. With A the derivative of the loss by θₜ₊₁,
  /// which is that by the update of step t, A ← A + slopeₜ·∇ₜ + Hₜ·(∂L/∂∇ₜ) is the one by θₜ.
  private static <S extends OptimizerState> void goBack(
      Run<S> run,
      DifferentiableRule<S> rule,
      List<Step<S>> steps,
      float[] pointGradient,
      float[] weightGradient) {
    Cotangent<S> cotangent =
        new Cotangent<>(pointGradient, run.freshState(), new float[pointGradient.length]);
    float[] product = new float[pointGradient.length];
    for (Step<S> step : steps.reversed()) {
      rule.backwardStep(step.state, step.at, cotangent, weightGradient);
      run.batch().hessianTimes(step.at.parameters(), step.draw, cotangent.gradient(), product);
      addScaled(product, 1, pointGradient);
      addScaled(step.at.gradient(), step.slope, pointGradient);
    }
  }

  private static void addScaled(float[] from, double scale, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += (float) (scale * from[i]);
    }
  }
}
