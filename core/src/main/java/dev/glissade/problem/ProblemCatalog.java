package dev.glissade.problem;

import dev.glissade.Problem;
import dev.glissade.internal.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The problems that can be named, from one or more modules.
///
/// @param factories one for each problem, in the order in which they are listed
public record ProblemCatalog(List<ProblemFactory> factories) {

  public ProblemCatalog {
    factories = List.copyOf(factories);
    Set<String> names = new HashSet<>();
    for (ProblemFactory factory : factories) {
      if (!names.add(factory.name())) {
        throw new IllegalArgumentException(
            "problem '%s' is in the catalog twice".formatted(factory.name()));
      }
    }
  }

  /// The problem that `text`, such as `quadratic:dim=20`, stands for; its own name is canonical.
  ///
  /// @throws IllegalArgumentException with one line that says what is wrong and what there is
  public Problem parse(String text) {
    ProblemSpec spec = ProblemSpec.parse(text);
    return find(spec.name()).create(spec.settings());
  }

  /// The factory of that name.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public ProblemFactory find(String name) {
    for (ProblemFactory factory : factories) {
      if (factory.name().equals(name)) {
        return factory;
      }
    }
    List<String> known = factories.stream().map(ProblemFactory::name).toList();
    throw new IllegalArgumentException(Suggestions.unknown("problem", name, known));
  }
}
