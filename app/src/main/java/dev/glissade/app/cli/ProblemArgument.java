package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.problem.ProblemSpec;
import dev.glissade.problem.Problems;
import dev.glissade.torch.problem.TorchProblems;
import java.util.List;
import java.util.stream.Stream;

/// A problem as named on the command line.
///
/// @param factory what is known of all problems of that name
/// @param problem itself
record ProblemArgument(ProblemFactory factory, Problem problem) {

  private static final ProblemCatalog CATALOG =
      new ProblemCatalog(
          Stream.of(Problems.core(), TorchProblems.all()).flatMap(List::stream).toList());

  /// Reads an argument such as `quadratic:dim=20`.
  ///
  /// @throws IllegalArgumentException if there is no such problem or option
  static ProblemArgument parse(String text) {
    Problem problem = CATALOG.parse(text);
    return new ProblemArgument(CATALOG.find(ProblemSpec.parse(text).name()), problem);
  }

  static List<ProblemFactory> all() {
    return CATALOG.factories();
  }
}
