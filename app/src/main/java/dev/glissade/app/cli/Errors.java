package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.ClassPath;
import dev.glissade.app.terminal.FileErrors;
import dev.glissade.torch.internal.NativesException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The translation of exceptions for people: one line that says what is wrong and what to do, and
/// an exit code. [Glissade] installs it for all commands.
///
/// An [IllegalArgumentException] is a fault of the arguments, exit code 2. Everything else is a
/// failure, exit code 1: a [FailureException], a file that cannot be read, a bug. Stack traces are
/// shown with `GLISSADE_DEBUG=1` only.
final class Errors {

  private Errors() {}

  /// Reports that the parser refused the arguments, and names the help of the command that was
  /// meant.
  ///
  /// @return the exit code, 2
  static int usage(Context context, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    report(context, "%s (see ./%s --help)".formatted(firstLine(e), command), e);
    return CommandLine.ExitCode.USAGE;
  }

  /// Reports what a command threw.
  ///
  /// @param e anything, errors of the JVM included
  /// @return the exit code: 2 for wrong arguments, 1 for all else
  static int execution(Context context, Throwable e) {
    report(context, firstLine(e), e);
    return e instanceof IllegalArgumentException
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }

  private static void report(Context context, String message, Throwable e) {
    context.console().err().println("glissade: " + message);
    if (context.debug()) {
      e.printStackTrace(context.console().err());
    }
    context.console().err().flush();
  }

  /// The first line of a message: messages of libraries may have several, and an error is told in
  /// one.
  private static String firstLine(Throwable e) {
    return describe(e).lines().findFirst().orElse("");
  }

  /// Describes an exception in words for people.
  ///
  /// The exceptions whose messages this project writes say what to do, and are shown as they are.
  /// Where an exception was not foreseen, the message says whose code threw it: the user's class,
  /// or Glissade's, which is then a bug.
  ///
  /// @return one or several lines, never empty
  static String describe(Throwable e) {
    String message = text(e.getMessage(), e.getClass().getSimpleName());
    return switch (e) {
      case IOException io -> FileErrors.describe(io);
      case FailureException _,
          ParameterException _,
          IllegalArgumentException _,
          UncheckedIOException _,
          NativesException _ ->
          message;
      case OutOfMemoryError _ ->
          "out of memory: make the task smaller, or give more with GLISSADE_JAVA_OPTIONS=-Xmx4g";
      default -> "%s: %s (GLISSADE_DEBUG=1 shows more)".formatted(blame(e), message);
    };
  }

  /// The party to blame for an exception that was not foreseen: a method of the user's, with its
  /// line, or Glissade.
  private static String blame(Throwable e) {
    String what = e.getClass().getSimpleName();
    return ClassPath.culprit(e)
        .map(f -> "%s.%s failed: %s".formatted(f.getClassName(), place(f), what))
        .orElse("a bug in Glissade, please report it: " + what);
  }

  /// The method and the line of a frame; classes compiled without debug information have no lines.
  private static String place(StackTraceElement frame) {
    return frame.getMethodName()
        + (frame.getLineNumber() < 0 ? "" : ", line " + frame.getLineNumber() + ",");
  }

  private static String text(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
