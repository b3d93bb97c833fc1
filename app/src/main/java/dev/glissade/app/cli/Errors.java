package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.ClassPath;
import dev.glissade.app.terminal.FileErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// What becomes of exceptions: one line that says what to do, and an exit code.
final class Errors {

  private Errors() {}

  /// Reports what is wrong with the arguments themselves.
  ///
  /// @return the exit code
  static int usage(Context context, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    report(context, "%s (see ./%s --help)".formatted(firstLine(e), command), e);
    return CommandLine.ExitCode.USAGE;
  }

  /// Reports what a command threw.
  ///
  /// @return the exit code
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

  private static String firstLine(Throwable e) {
    return describe(e).lines().findFirst().orElse("");
  }

  /// What an exception means, for people.
  static String describe(Throwable e) {
    String message = text(e.getMessage(), e.getClass().getSimpleName());
    return switch (e) {
      case IOException io -> FileErrors.describe(io);
      case FailureException _,
          ParameterException _,
          IllegalArgumentException _,
          UncheckedIOException _ ->
          message;
      case OutOfMemoryError _ ->
          "out of memory: make the task smaller, or give more with GLISSADE_JAVA_OPTIONS=-Xmx4g";
      default -> "%s: %s (GLISSADE_DEBUG=1 shows more)".formatted(blame(e), message);
    };
  }

  private static String blame(Throwable e) {
    String what = e.getClass().getSimpleName();
    return ClassPath.culprit(e)
        .map(f -> "%s.%s failed: %s".formatted(f.getClassName(), place(f), what))
        .orElse("a bug in Glissade, please report it: " + what);
  }

  private static String place(StackTraceElement frame) {
    return frame.getMethodName()
        + (frame.getLineNumber() < 0 ? "" : ", line " + frame.getLineNumber() + ",");
  }

  private static String text(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
