package dev.glissade.app.catalog;

import dev.glissade.Problem;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Shell;
import dev.glissade.check.Aspect;
import dev.glissade.check.Finding;
import dev.glissade.check.ProblemCheck;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A first look at a class of the user's before an optimizer is trained, tuned or compared on it: a
/// gradient of the wrong sign is trained on without a word otherwise. What is wrong is said in one
/// line, and does not stop anything.
public final class FirstLook {

  private static final Duration LIMIT = Duration.ofMillis(700);

  private FirstLook() {}

  /// Looks at the problem if it is a class of the user's.
  ///
  /// @param split whose members will be used
  public static void at(ProblemName name, Problem.Split split, Console console) {
    if (name.problem() instanceof OwnProblem own) {
      List<Finding> wrong = ProblemCheck.brief(own, split, LIMIT).run().wrong();
      if (!wrong.isEmpty()) {
        console.note(
            "Warning: something is wrong with %s (%s): %s"
                .formatted(own.name(), labels(wrong), command(own, name)));
      }
    }
  }

  private static String labels(List<Finding> wrong) {
    return wrong.stream().map(Finding::aspect).map(Aspect::label).collect(Collectors.joining(", "));
  }

  /// The command that says more, without the fingerprint of code that is about to be mended.
  private static String command(OwnProblem own, ProblemName name) {
    Stream<Object> words = Stream.of("check", own.problem().getClass().getName());
    return Shell.command(Stream.concat(words, name.options().stream()).toArray());
  }
}
