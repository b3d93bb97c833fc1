package dev.glissade.meta;

import dev.glissade.BlockFilter;
import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.problem.Quadratic;
import java.util.List;

/// A family of two weights on a bowl, small enough to say what an estimator must give.
final class TwoWeights {

  static final int STEPS = 4;
  static final LearnedDescent FAMILY = new LearnedDescent(0.1);

  /// Some φ of the family, with a shift.
  static final float[] WEIGHTS = {(float) Math.log(0.07), 0.05f};

  static final TwiceDifferentiable BOWL =
      Quadratic.of(new float[] {1, 0.5f, -0.3f, 1.2f}, new float[] {1, -1}, new float[] {2, -1});

  private TwoWeights() {}

  /// Both weights, by plain losses.
  static Assignment assignment(GradientEstimator estimator, double scale) {
    return new Assignment(FAMILY, BlockFilter.ALL, estimator, MetaLoss.LOSSES, scale);
  }

  /// What the first unroll gives.
  static Estimate first(Assignment assignment, Objective objective, long seed) {
    return assignment.start(List.of(objective), WEIGHTS).advance(WEIGHTS, seed);
  }

  /// The meta-loss of the first unroll on the bowl.
  static double sum(MetaLoss loss, float[] weights) {
    return advance(Descent.start(BOWL, FAMILY.with(weights)), weights, loss);
  }

  /// Moves a run on by one unroll, and sums up.
  static double advance(Descent descent, float[] weights, MetaLoss loss) {
    double sum = 0;
    for (int t = 0; t < STEPS; t++) {
      descent.advance(FAMILY.with(weights));
      sum += loss.of(descent.loss());
    }
    return sum;
  }
}
