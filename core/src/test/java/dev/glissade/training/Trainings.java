package dev.glissade.training;

import dev.glissade.BlockFilter;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.TestProblems;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.problem.RandomProblem;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Trainings that take a moment, for tests.
final class Trainings {

  /// Parabolas of random curvature.
  static final Problem PARABOLAS =
      RandomProblem.of("parabolas", random -> TestProblems.parabola(random.nextDouble(0.5, 2), 1));

  static final Lstm NETWORK = new Lstm(1, 4, new Preprocessing.Identity(), 0.1);

  private Trainings() {}

  /// Six episodes of two unrolls.
  static MetaTraining of(Problem problem) {
    return new MetaTraining(
        problem,
        Variety.NONE,
        NETWORK,
        new TruncatedBptt(5),
        new Episodes(6, 10, 3),
        Outer.adam(0.02),
        BlockFilter.ALL,
        new Validation(2, 4),
        new Start.Random(),
        1);
  }

  /// A problem that counts the objectives that are drawn.
  record Counting(Problem problem, AtomicLong count) implements Problem {

    Counting(Problem problem) {
      this(problem, new AtomicLong());
    }

    @Override
    public String name() {
      return problem.name();
    }

    @Override
    public Objective sample(Split split, long seed) {
      count.incrementAndGet();
      return problem.sample(split, seed);
    }

    @Override
    public ParameterLayout layout() {
      return problem.layout();
    }

    @Override
    public boolean isTwiceDifferentiable() {
      return problem.isTwiceDifferentiable();
    }
  }

  /// A parabola that is so steep now and then that a meta-gradient overflows: the inner run goes
  /// on, the outer one leaves this update out.
  static final Problem STEEP_AT_TIMES =
      RandomProblem.of(
          "steep-at-times",
          random -> {
            TwiceDifferentiable parabola = TestProblems.parabola(random.nextDouble(0.5, 2), 1);
            return new Steep(parabola, random.nextInt(3) == 0 ? Set.of(3L) : Set.of());
          });

  /// Parabolas that are so steep at these draws that the meta-gradients of their unrolls overflow.
  static Problem steepAt(Set<Long> draws) {
    return RandomProblem.of(
        "steep-always",
        random -> new Steep(TestProblems.parabola(random.nextDouble(0.5, 2), 1), draws));
  }

  private record Steep(Objective objective, Set<Long> steep) implements Objective {
    @Override
    public ParameterLayout layout() {
      return objective.layout();
    }

    @Override
    public float[] initialParameters() {
      return objective.initialParameters();
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      double loss = objective.evaluate(parameters, draw, gradient);
      if (steep.contains(draw)) {
        gradient[0] = Float.MAX_VALUE;
      }
      return loss;
    }
  }
}
