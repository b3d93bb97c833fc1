package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.ClassPath;
import dev.glissade.app.catalog.OwnCodeException;
import dev.glissade.app.terminal.FileErrors;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Shell;
import dev.glissade.cluster.ClusterException;
import dev.glissade.internal.Suggestions;
import dev.glissade.torch.internal.NativesException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The translation of exceptions for people: one line that says what is wrong and what to do, and
/// an exit code. [Glissade] installs it for all commands.
///
/// An [IllegalArgumentException] is a fault of the arguments, exit code 2. Everything else is a
/// failure, exit code 1: a [FailureException], a file that cannot be read, a bug. Stack traces are
/// shown with `GLISSADE_DEBUG=1` only.
final class Errors {

  private static final String MORE = " (GLISSADE_DEBUG=1 shows more)";

  private static final Pattern CAPITAL = Pattern.compile("\\p{Lu}");

  private Errors() {}

  /// Reports that the parser refused the arguments, and names the help of the command that was
  /// meant.
  ///
  /// @return the exit code, 2
  static int usage(Context context, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String help = Shell.program() + command.replaceFirst("^\\S+", "") + " --help";
    report(context, "%s%s (see %s)".formatted(firstLine(e), suggestion(e), help), e);
    return CommandLine.ExitCode.USAGE;
  }

  /// What may have been meant by a word that nobody knows.
  private static String suggestion(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().getFirst();
      CommandSpec command = e.getCommandLine().getCommandSpec();
      return Suggestions.closest(
              word,
              word.startsWith("-") ? command.optionsMap().keySet() : command.subcommands().keySet())
          .map(" (did you mean '%s'?)"::formatted)
          .orElse("");
    }
    return "";
  }

  /// Reports what a command threw. A message that begins with a setting begins with its option,
  /// where the command has one of that name.
  ///
  /// @return the exit code
  static int execution(Context context, Throwable e, CommandSpec command) {
    boolean usage = e instanceof IllegalArgumentException && ClassPath.caller(e).isEmpty();
    String line = firstLine(e);
    report(context, usage ? withOption(line, command.optionsMap().keySet()) : line, e);
    return usage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  /// Reports that results were lost.
  ///
  /// @return the exit code
  static int unwritten(Context context) {
    context.console().note("glissade: the output could not be written: is its disk full?");
    return CommandLine.ExitCode.SOFTWARE;
  }

  /// For example `--learning-rate must be > 0` for `learningRate must be > 0`.
  private static String withOption(String message, Set<String> options) {
    String setting = message.replaceFirst(" must be .*", "");
    String option = "--" + CAPITAL.matcher(setting).replaceAll("-$0").toLowerCase(Locale.ROOT);
    return options.contains(option) ? option + message.substring(setting.length()) : message;
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
    Optional<StackTraceElement> own = ClassPath.culprit(e);
    if (own.isPresent()) {
      return failed(own.get(), e);
    }
    return switch (e) {
      case ExceptionInInitializerError _ when e.getCause() != null -> describe(e.getCause());
      case InvocationTargetException _ when e.getCause() != null -> describe(e.getCause());
      case OwnCodeException _ when e.getCause() != null -> describe(e.getCause());
      case IOException io -> FileErrors.describe(io);
      case IllegalArgumentException _ when ClassPath.caller(e).isPresent() ->
          failed(ClassPath.caller(e).get(), e);
      case OwnCodeException _,
          FailureException _,
          ParameterException _,
          IllegalArgumentException _,
          UncheckedIOException _,
          ClusterException _,
          NativesException _ ->
          message;
      case OutOfMemoryError _ -> outOfMemory(Runtime.getRuntime().maxMemory());
      default ->
          "a bug in Glissade, please report it: %s: %s%s"
              .formatted(e.getClass().getSimpleName(), message, MORE);
    };
  }

  /// Asks for more memory than Java has already.
  static String outOfMemory(long bytes) {
    long gigabytes = Math.ceilDiv(bytes, 1L << 30);
    return "out of memory: make the task smaller, or give more than the %s that Java has, with"
            .formatted(Numbers.bytes(bytes))
        + " GLISSADE_JAVA_OPTIONS=-Xmx%sg".formatted(2 * gigabytes);
  }

  private static String failed(StackTraceElement frame, Throwable e) {
    String line = frame.getLineNumber() < 0 ? "" : ", line " + frame.getLineNumber() + ",";
    return "%s.%s%s failed: %s: %s%s"
        .formatted(
            frame.getClassName(),
            frame.getMethodName(),
            line,
            e.getClass().getSimpleName(),
            text(e.getMessage(), "no message"),
            MORE);
  }

  private static String text(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
