package dev.glissade.problem;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import java.util.List;

/// A problem that knows what its factory knows: how long its runs are, and its relatives.
///
/// @param problem the problem as the factory's maker made it
/// @param factory the factory
/// @param options what it was made of
record CatalogProblem(Problem problem, ProblemFactory factory, Options options) implements Problem {

  @Override
  public String name() {
    return problem.name();
  }

  @Override
  public Objective sample(Split split, long seed) {
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

  @Override
  public int steps() {
    return factory.steps();
  }

  @Override
  public List<Problem> variants() {
    return factory.variants(options);
  }
}
