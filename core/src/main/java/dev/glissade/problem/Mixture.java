package dev.glissade.problem;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import java.util.List;

/// Several problems as one: each objective comes from one of them, all equally often. An optimizer
/// that is learned on a mixture of architectures meets none for the first time.
///
/// @param name what [Problem#name] returns
/// @param parts the problems, at least one
public record Mixture(String name, List<Problem> parts) implements Problem {

  public Mixture {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a mixture needs at least one problem");
    }
  }

  @Override
  public Objective sample(Split split, long seed) {
    int part = Seeds.stream(seed, "mixture", 0).nextInt(parts.size());
    return parts.get(part).sample(split, seed);
  }
}
