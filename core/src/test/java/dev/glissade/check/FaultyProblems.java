package dev.glissade.check;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.Objectives.LossOnDraw;
import dev.glissade.problem.RandomProblem;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Problems with a known fault, made of one without.
final class FaultyProblems {

  /// The number of coordinates.
  static final int SIZE = 100;

  /// The blocks of a member.
  static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(ParameterLayout.block("weights", 9, 10), ParameterLayout.block("bias", 10)));

  private FaultyProblems() {}

  /// f = Σ cᵢ·(cosh(xᵢ − aᵢ) − 1): a member without a fault.
  private static double loss(float[] a, float[] c, float[] x, float[] gradient) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      gradient[i] = (float) (c[i] * Math.sinh(x[i] - a[i]));
      loss += c[i] * (Math.cosh(x[i] - a[i]) - 1);
    }
    return loss;
  }

  /// Draws as many numbers as a member has coordinates.
  static float[] random(RandomGenerator random, double min, double max) {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) random.nextDouble(min, max);
    }
    return values;
  }

  /// The sound problem with its loss changed.
  static Problem changed(UnaryOperator<LossOnDraw> change) {
    return RandomProblem.of("changed", random -> member(random, change));
  }

  /// A member of the sound problem with its loss changed.
  static Objective member(RandomGenerator random, UnaryOperator<LossOnDraw> change) {
    float[] a = random(random, -1, 1);
    float[] c = random(random, 0.5, 2);
    float[] start = random(random, -0.1, 0.1);
    LossOnDraw sound = (x, _, gradient) -> loss(a, c, x, gradient);
    return Objectives.of(LAYOUT, start, change.apply(sound));
  }

  /// What the check finds wrong with a problem.
  static List<Aspect> wrong(Problem problem) {
    return ProblemCheck.of(problem).run().wrong().stream().map(Finding::aspect).toList();
  }
}
