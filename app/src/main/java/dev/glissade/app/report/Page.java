package dev.glissade.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A result as one web page that needs nothing else: what it comes to, pictures, the table, how it
/// was made.
///
/// @param title its heading
/// @param verdict what it comes to, a paragraph for each sentence
/// @param svgs the pictures
/// @param table the figures
/// @param footer how it was made
record Page(String title, List<String> verdict, List<String> svgs, HtmlTable table, String footer) {

  private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");

  /// The text of the file.
  String html() {
    StringBuilder sentences = new StringBuilder();
    for (String sentence : verdict) {
      sentences.append("<p class=\"verdict\">%s</p>\n".formatted(escape(sentence)));
    }
    Map<String, String> content =
        Map.of(
            "title", escape(title),
            "verdict", sentences.toString().strip(),
            "picture",
                svgs.stream()
                    .map(svg -> svg.substring(svg.indexOf("<svg")))
                    .collect(Collectors.joining("\n")),
            "table", table.html(),
            "footer", escape(footer));
    return SLOT.matcher(template())
        .replaceAll(slot ->
            Matcher.quoteReplacement(
                Objects.requireNonNull(content.get(slot.group(1)), slot.group())));
  }

  /// A loss to four digits.
  static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "diverged";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String template() {
    try (InputStream in = Page.class.getResourceAsStream("/dev/glissade/app/page.html")) {
      byte[] bytes = Objects.requireNonNull(in, "page.html").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
