package dev.glissade.app.catalog;

import dev.glissade.Problem;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.problem.ProblemSpec;
import dev.glissade.problem.Problems;
import dev.glissade.torch.problem.TorchProblems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A problem as named on the command line.
///
/// @param factory what is known of all problems of that name
/// @param problem itself
public record ProblemName(ProblemFactory factory, Problem problem) {

  /// What the forms have in common, for help texts.
  public static final String FORMS =
      "A problem such as quadratic:dim=20 (./glissade problems lists them), or a class of yours on"
          + " --classpath";

  private static final ProblemCatalog CATALOG =
      new ProblemCatalog(
          Stream.of(Problems.core(), TorchProblems.all()).flatMap(List::stream).toList());

  /// Reads an argument such as `quadratic:dim=20`, or the name of a class on `--classpath`.
  ///
  /// @throws IllegalArgumentException if there is no such problem or option
  public static ProblemName parse(String text) {
    ProblemSpec spec = ProblemSpec.parse(text);
    boolean known = CATALOG.factories().stream().anyMatch(f -> f.name().equals(spec.name()));
    Optional<ClassPath> classPath = ClassPath.current();
    if (known || (classPath.isEmpty() && !isClass(spec.name()))) {
      return new ProblemName(CATALOG.find(spec.name()), CATALOG.parse(text));
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
  public static boolean isClass(String name) {
    return name.matches("[\\w$]+(\\.[\\w$]+)*(@\\w+)?") && name.matches(".*[.@].*");
  }

  private static ProblemFactory factory(OwnProblem problem) {
    return ProblemFactory.named(problem.name())
        .summary("a class of yours")
        .source(problem.classPath())
        .make((_, _) -> problem);
  }

  /// What a command needs to find the problem again, besides its name.
  public String options() {
    return problem instanceof OwnProblem own ? " --classpath " + own.classPath() : "";
  }

  /// All built-in problems.
  public static List<ProblemFactory> all() {
    return CATALOG.factories();
  }
}
