package dev.glissade.app.catalog;

import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.problem.ProblemSpec;
import dev.glissade.problem.Problems;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.problem.TorchProblems;
import dev.glissade.training.TrainingProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The problems that can be named: the built-in ones of all modules, and classes of the user's
/// where there is a class path. Commands make one from their `--classpath`; experiments use
/// [#builtIn].
///
/// @param standard where data sets are, unless the user says otherwise
/// @param data where they are instead, as the user said
/// @param classPath where the user's classes are
public record Catalog(DataFolder standard, Optional<Path> data, Optional<ClassPath> classPath) {

  /// The catalog of the built-in problems only, with data from the standard folder.
  public static Catalog builtIn() {
    return new Catalog(DataFolder.standard(), Optional.empty(), Optional.empty());
  }

  private ProblemCatalog builtInProblems() {
    DataFolder folder = data.map(DataFolder::new).orElse(standard);
    return new ProblemCatalog(
        Stream.of(
                Problems.core(),
                TorchProblems.all(folder),
                List.of(TrainingProblems.factory(name -> problem(name).problem())))
            .flatMap(List::stream)
            .toList());
  }

  /// The factories of the built-in problems, in the order in which they are listed.
  public static List<ProblemFactory> factories() {
    return builtIn().builtInProblems().factories();
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
      ProblemCatalog problems = builtInProblems();
      return new ProblemName(problems.find(spec.name()), problems.parse(text), dataOption());
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
    List<String> options = new ArrayList<>(List.of("--classpath", own.classPath()));
    options.addAll(dataOption());
    return new ProblemName(factory(own), own, options);
  }

  /// The words that find the data again where they are not in the standard folder.
  private List<String> dataOption() {
    return data.map(path -> List.of("--data", path.toString())).orElse(List.of());
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
