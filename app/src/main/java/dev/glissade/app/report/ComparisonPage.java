package dev.glissade.app.report;

import dev.glissade.app.report.ComparisonReport.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/// A comparison as one web page that needs nothing else: the picture, the table, how it was made.
public final class ComparisonPage {

  private ComparisonPage() {}

  /// The page.
  ///
  /// @param verdict what it comes to, one sentence
  /// @param svg the picture of the curves
  public static String write(ComparisonReport report, String verdict, String svg) {
    StringBuilder rows = new StringBuilder();
    for (Line line : report.ranking()) {
      rows.append(row(line, line.name().equals(report.best())));
    }
    return template()
        .replace("{{problem}}", escape(report.problem()))
        .replace("{{verdict}}", escape(verdict))
        .replace("{{steps}}", Integer.toString(report.steps()))
        .replace("{{instances}}", Integer.toString(report.instances()))
        .replace("{{seed}}", Long.toString(report.seed()))
        .replace("{{kernels}}", escape(report.kernels()))
        .replace("{{rows}}", rows)
        .replace("{{picture}}", svg.substring(svg.indexOf("<svg")));
  }

  private static String row(Line line, boolean best) {
    String settings = line.settings().toString();
    return """
    <tr class="%s"><td>%s</td><td>%s</td><td>%s … %s</td><td>%s</td><td>%s</td><td>%s</td>\
    <td>%d</td><td class="settings">%s</td></tr>
    """
        .formatted(
            best ? "best" : "",
            escape(line.name()),
            number(line.last().mean()),
            number(line.last().ci95()[0]),
            number(line.last().ci95()[1]),
            number(line.last().median()),
            number(line.sum()),
            line.stepsToBestBaseline().isPresent()
                ? Integer.toString(line.stepsToBestBaseline().getAsInt())
                : "never",
            line.diverged(),
            escape(settings.substring(1, settings.length() - 1)));
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "diverged";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String template() {
    try (InputStream in =
        ComparisonPage.class.getResourceAsStream("/dev/glissade/app/comparison.html")) {
      byte[] bytes = Objects.requireNonNull(in, "comparison.html").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
