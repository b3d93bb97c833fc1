package dev.glissade.app.catalog;

import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.problem.ProblemSpec;
import dev.glissade.problem.Problems;
import dev.glissade.torch.problem.TorchProblems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The problems that can be named: the built-in ones of all modules, and classes of the user's
/// where there is a class path. Commands make one from their `--classpath`; experiments use
/// [#builtIn].
///
/// @param classPath where the user's classes are
public record Catalog(Optional<ClassPath> classPath) {

  private static final ProblemCatalog BUILT_IN =
      new ProblemCatalog(
          Stream.of(Problems.core(), TorchProblems.all()).flatMap(List::stream).toList());

  /// The catalog of the built-in problems only.
  public static Catalog builtIn() {
    return new Catalog(Optional.empty());
  }

  /// The factories of the built-in problems, in the order in which they are listed.
  public static List<ProblemFactory> factories() {
    return BUILT_IN.factories();
  }

  /// Finds a problem such as `quadratic:dim=20`, or a class of the user's by its name. A built-in
  /// problem goes before a class of the same name.
  ///
  /// Without a class path, a name that looks like a class leads to the advice to give one; any
  /// other name that is unknown leads to suggestions of built-in problems.
  ///
  /// @param text the name, with options after a colon
  /// @throws IllegalArgumentException if there is no such problem or option
  public ProblemName problem(String text) {
    ProblemSpec spec = ProblemSpec.parse(text);
    boolean known = factories().stream().anyMatch(f -> f.name().equals(spec.name()));
    if (known || (classPath.isEmpty() && !isClass(spec.name()))) {
      return new ProblemName(BUILT_IN.find(spec.name()), BUILT_IN.parse(text));
    }
    if (!spec.settings().isEmpty()) {
      throw new IllegalArgumentException(
          "'%s': a class takes no options; make a class for each variant".formatted(text));
    }
    OwnProblem own =
        classPath
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "%s is a class of yours: say where it is with --classpath JAR"
                        .formatted(spec.name())))
            .problem(spec.name());
    return new ProblemName(factory(own), own);
  }

  /// Whether a name can only be that of a class: it has a package or a fingerprint.
  private static boolean isClass(String name) {
    return name.matches("[\\w$]+(\\.[\\w$]+)*(@\\w+)?") && name.matches(".*[.@].*");
  }

  /// A factory for a class of the user's, so that commands can treat it like a built-in problem.
  private static ProblemFactory factory(OwnProblem problem) {
    return ProblemFactory.named(problem.name())
        .summary("a class of yours")
        .source(problem.classPath())
        .make((_, _) -> problem);
  }
}
