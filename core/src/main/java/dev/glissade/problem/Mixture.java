package dev.glissade.problem;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import java.util.List;
import java.util.stream.Collectors;

/// Several problems as one: each objective comes from one of them, all equally often. An optimizer
/// that is learned on a mixture of architectures meets none for the first time.
///
/// It is called `mixture(quadratic, rosenbrock:dim=4)`. The first part is the typical one: the
/// layout and the number of steps are those of its runs.
///
/// @param parts the problems, at least one
public record Mixture(List<Problem> parts) implements Problem {

  public Mixture {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a mixture needs at least one problem");
    }
  }

  @Override
  public String name() {
    return parts.stream().map(Problem::name).collect(Collectors.joining(", ", "mixture(", ")"));
  }

  @Override
  public Objective sample(Split split, long seed) {
    int part = Seeds.stream(seed, "mixture", 0).nextInt(parts.size());
    return parts.get(part).sample(split, seed);
  }

  @Override
  public ParameterLayout layout() {
    return parts.getFirst().layout();
  }

  @Override
  public boolean isTwiceDifferentiable() {
    return parts.stream().allMatch(Problem::isTwiceDifferentiable);
  }

  @Override
  public int steps() {
    return parts.getFirst().steps();
  }
}
