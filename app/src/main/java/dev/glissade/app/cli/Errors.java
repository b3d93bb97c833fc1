package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.ClassPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine;

/// What becomes of exceptions: one line that says what to do, and an exit code.
final class Errors {

  private Errors() {}

  /// For what is wrong with the arguments themselves.
  static int usage(Context context, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    report(context, "%s (see ./%s --help)".formatted(firstLine(e), command), e);
    return CommandLine.ExitCode.USAGE;
  }

  /// For what a command threw.
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
      case NoSuchFileException f -> f.getFile() + ": no such file";
      case AccessDeniedException f -> f.getFile() + ": permission denied";
      case FileAlreadyExistsException f -> f.getFile() + ": exists and is not a folder";
      case NotDirectoryException f -> f.getFile() + ": is not a folder";
      case FileSystemException f -> "%s: %s".formatted(f.getFile(), reason(f));
      case IOException _ when message.equals("No space left on device") ->
          "the disk is full: make room and try again; a training goes on with --resume";
      case FailureException _,
          ParameterException _,
          IllegalArgumentException _,
          IOException _,
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

  private static String reason(FileSystemException e) {
    return text(e.getReason(), "cannot be read or written");
  }

  private static String text(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
