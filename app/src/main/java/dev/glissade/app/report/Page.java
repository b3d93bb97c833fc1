package dev.glissade.app.report;

import dev.glissade.app.terminal.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A web page of a result that needs nothing else, no other file and no network: what it comes to,
/// charts that answer, the table, how it was made. Without scripts there is all but the charts.
///
/// Charts are drawn by [uPlot](https://github.com/leeoniya/uPlot), which is put into the page.
public final class Page {

  /// A slot in the template, such as `{{title}}`.
  private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");

  /// A picture can run no script here, whoever made it.
  private static final String PICTURE =
      "<figure class=\"picture\"><img alt=\"The figures of the table as a picture\""
          + " src=\"data:image/svg+xml;base64,%s\"></figure>";

  private static final String OWN = "/dev/glissade/app/";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private Page() {}

  /// Writes the page: fills the slots of the template.
  public static String html(PageData data) {
    Map<String, String> content =
        Map.ofEntries(
            Map.entry("title", escape(data.title())),
            Map.entry("caption", escape(data.caption())),
            Map.entry("verdict", each("<p class=\"verdict\">%s</p>", escaped(data.verdict()))),
            Map.entry(
                "pictures", each(PICTURE, data.pictures().stream().map(Page::coded).toList())),
            Map.entry("table", HtmlTable.html(data.table().table())),
            Map.entry("details", HtmlTable.details(data.table().table())),
            Map.entry("galleries", sections(data.sections(), true)),
            Map.entry("sections", sections(data.sections(), false)),
            Map.entry("footer", escape(data.howMade())),
            Map.entry("command", escape(data.command())),
            Map.entry("style", resource(UPLOT + "uPlot.min.css") + resource(OWN + "page.css")),
            Map.entry("script", resource(UPLOT + "uPlot.iife.min.js") + resource(OWN + "page.js")),
            Map.entry("data", Json.inScript(data)));
    return SLOT.matcher(resource(OWN + "page.html"))
        .replaceAll(slot ->
            Matcher.quoteReplacement(
                Objects.requireNonNull(content.get(slot.group(1)), slot.group())));
  }

  /// Writes the sections with pictures, which stand at the top, or the others; scripts fill in what
  /// is drawn.
  private static String sections(List<Section> sections, boolean galleries) {
    return IntStream.range(0, sections.size())
        .filter(i -> sections.get(i).galleries().isEmpty() != galleries)
        .mapToObj(i -> section(i, sections.get(i)))
        .collect(Collectors.joining());
  }

  private static String section(int number, Section section) {
    String table = section.table().map(it -> table(number, it.table())).orElse("");
    String text = each("<p>%s</p>", escaped(section.text()));
    return """
    <section aria-labelledby="heading-%s">
    <h2 id="heading-%s">%s</h2>
    %s
    <div id="section-%s"></div>
    %s
    </section>
    """
        .formatted(number, number, escape(section.title()), text, number, table);
  }

  /// A table that is wider than a phone can be moved.
  private static String table(int number, Table table) {
    return """
    <div class="scroll" tabindex="0" role="region" aria-labelledby="heading-%s">
    %s</div>
    %s\
    """
        .formatted(number, HtmlTable.html(table), HtmlTable.details(table));
  }

  private static String each(String form, List<String> texts) {
    return texts.stream().map(form::formatted).collect(Collectors.joining("\n"));
  }

  private static List<String> escaped(List<String> texts) {
    return texts.stream().map(Page::escape).toList();
  }

  private static String coded(String svg) {
    return Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }

  /// Escapes text for the content of an element; it is not meant for attributes.
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /// A text that is packed with the classes.
  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
