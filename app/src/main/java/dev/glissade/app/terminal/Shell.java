package dev.glissade.app.terminal;

import dev.glissade.internal.ShellWords;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Commands that people can paste into a shell.
public final class Shell {

  /// The system property in which the launcher passes on how it was called.
  private static final String PROGRAM = "glissade.program";

  private Shell() {}

  /// How the user called this program: `./glissade` where nothing else is known.
  public static String program() {
    return word(System.getProperty(PROGRAM, "./glissade"));
  }

  /// A command of this program.
  ///
  /// @param words the command, its arguments and options, unquoted
  public static String command(Object... words) {
    return Stream.concat(Stream.of(program()), Stream.of(words).map(word -> word(word.toString())))
        .collect(Collectors.joining(" "));
  }

  /// A path as a word.
  public static String word(Path path) {
    return word(path.toString());
  }

  /// A text as one word: in quotes where it needs them.
  public static String word(String text) {
    return ShellWords.word(text);
  }
}
