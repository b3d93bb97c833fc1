package dev.glissade.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A web page of a result that needs nothing else, no script and no other file: what it comes to,
/// pictures, the table, how it was made.
final class Page {

  /// A slot in the template, such as `{{title}}`.
  private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");

  private Page() {}

  /// Writes the page: fills the slots of the template.
  ///
  /// @param svgs the figures as SVG documents, of which the element itself is taken
  static String html(Result result, List<String> svgs) {
    Map<String, String> content =
        Map.of(
            "title", escape(result.title()),
            "verdict",
                result.verdict().stream()
                    .map(sentence -> "<p class=\"verdict\">%s</p>".formatted(escape(sentence)))
                    .collect(Collectors.joining("\n")),
            "picture",
                svgs.stream()
                    .map(svg -> svg.substring(svg.indexOf("<svg")))
                    .collect(Collectors.joining("\n")),
            "table", HtmlTable.html(result.table()),
            "footer", escape(result.howMade()));
    return SLOT.matcher(template())
        .replaceAll(slot ->
            Matcher.quoteReplacement(
                Objects.requireNonNull(content.get(slot.group(1)), slot.group())));
  }

  /// Escapes text for the content of an element; it is not meant for attributes.
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /// The template, a file that is packed with the classes.
  private static String template() {
    try (InputStream in = Page.class.getResourceAsStream("/dev/glissade/app/page.html")) {
      byte[] bytes = Objects.requireNonNull(in, "page.html").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
