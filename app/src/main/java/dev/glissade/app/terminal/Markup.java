package dev.glissade.app.terminal;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Text with styles in it: `@|bold,green best|@` is shown bold and green where there are colours.
/// The form is picocli's, so that help texts and results are written alike.
public final class Markup {

  /// A styled part: names of styles with commas between them, a space, the text. Parts do not nest.
  private static final Pattern STYLED = Pattern.compile("@\\|([a-z,]+) (.*?)\\|@", Pattern.DOTALL);

  /// The parameters of SGR, "select graphic rendition", of ECMA-48.
  private static final Map<String, String> CODES =
      Map.of("bold", "1", "faint", "2", "red", "31", "green", "32", "yellow", "33");

  /// Keeps apart what would begin or end a style; no text of ours or of others has it.
  private static final String APART = "\0";

  private Markup() {}

  /// Text of others as it is to be shown: what looks like a style is no style, and a character that
  /// would steer the terminal, or break the line, is shown as `\uFFFD`.
  public static String literal(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().map(Markup::harmless).forEach(shown::appendCodePoint);
    return shown.toString().replace("@|", "@" + APART + "|").replace("|@", "|" + APART + "@");
  }

  private static int harmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          '\uFFFD';
      default -> c;
    };
  }

  /// The text without its styles.
  static String plain(String markup) {
    return STYLED.matcher(markup).replaceAll("$2").replace(APART, "");
  }

  /// The text with its styles as a terminal understands them.
  ///
  /// @throws IllegalArgumentException if a style is unknown
  static String coloured(String markup) {
    return STYLED.matcher(markup).replaceAll(Markup::coloured).replace(APART, "");
  }

  private static String coloured(MatchResult styled) {
    String codes =
        Stream.of(styled.group(1).split(",", -1))
            .map(Markup::code)
            .collect(Collectors.joining(";"));
    return Matcher.quoteReplacement("\033[%sm%s\033[0m".formatted(codes, styled.group(2)));
  }

  /// The code of a style.
  private static String code(String style) {
    String code = CODES.get(style);
    if (code == null) {
      throw new IllegalArgumentException(
          "a style must be one of %s, got '%s'".formatted(CODES.keySet(), style));
    }
    return code;
  }
}
