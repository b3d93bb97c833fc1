package dev.glissade.app.catalog;

import dev.glissade.Problem;
import dev.glissade.problem.ProblemFactory;
import java.util.List;

/// A problem as named on the command line; a [Catalog] finds it.
///
/// @param factory what is known of all problems of that name
/// @param problem an instance, with the options of the name
/// @param options what a command needs to find the problem again, besides its name: words
public record ProblemName(ProblemFactory factory, Problem problem, List<String> options) {

  public ProblemName {
    options = List.copyOf(options);
  }

  /// The forms that a name can have, in the words of help texts.
  public static final String FORMS =
      "A problem such as quadratic:dim=20 (./glissade problems lists them), or a class of yours on"
          + " --classpath";
}
