package dev.glissade.app.catalog;

import dev.glissade.Problem;
import dev.glissade.problem.ProblemFactory;

/// A problem as named on the command line; a [Catalog] finds it.
///
/// @param factory what is known of all problems of that name
/// @param problem an instance, with the options of the name
public record ProblemName(ProblemFactory factory, Problem problem) {

  /// The forms that a name can have, in the words of help texts.
  public static final String FORMS =
      "A problem such as quadratic:dim=20 (./glissade problems lists them), or a class of yours on"
          + " --classpath";

  /// The options that a command needs to find the problem again, in addition to its name: a text to
  /// append, which is empty for a built-in problem.
  public String options() {
    return problem instanceof OwnProblem own ? " --classpath " + own.classPath() : "";
  }
}
