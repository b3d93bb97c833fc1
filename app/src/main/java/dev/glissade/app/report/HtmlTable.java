package dev.glissade.app.report;

import dev.glissade.app.terminal.Table;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.app.terminal.Table.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A table as HTML, for a [Page].
final class HtmlTable {

  private HtmlTable() {}

  /// Writes the table with all its columns but those of long texts: a page has room for those that
  /// a terminal leaves out.
  ///
  /// @return a `table` element
  static String html(Table table) {
    return html(table, columns(table, false));
  }

  /// Writes the columns of long texts, with the first one before them; nothing if there are none.
  ///
  /// @return a `details` element, closed
  static String details(Table table) {
    List<Integer> shown = columns(table, true);
    if (shown.isEmpty()) {
      return "";
    }
    String title = table.columns().get(shown.getFirst()).title();
    shown.addFirst(0);
    return "<details><summary>%s</summary>\n<div class=\"scroll\" tabindex=\"0\">\n%s</div></details>"
        .formatted(Page.escape(title), html(table, shown));
  }

  private static List<Integer> columns(Table table, boolean details) {
    return new ArrayList<>(
        IntStream.range(0, table.columns().size())
            .filter(c -> (table.columns().get(c).kind() == Kind.DETAIL) == details)
            .boxed()
            .toList());
  }

  private static String html(Table table, List<Integer> shown) {
    List<Column> columns = table.columns();
    boolean words = columns.stream().allMatch(column -> column.kind() == Kind.TEXT);
    StringBuilder html =
        new StringBuilder(words ? "<table class=\"words\">\n<thead>" : "<table>\n<thead>");
    List<String> titles = columns.stream().map(Column::title).toList();
    html.append(row("<tr>", "th scope=\"col\"", columns, titles, shown))
        .append("</thead>\n<tbody>");
    for (Table.Row row : table.rows()) {
      String begin = row.best() ? "<tr class=\"best\">" : "<tr>";
      html.append(row(begin, "td", columns, row.cells(), shown));
    }
    return html.append("</tbody></table>\n").toString();
  }

  /// Writes a row; the column decides on the class of a cell, for the page's style sheet.
  ///
  /// @param tag of the cells, with attributes
  /// @param texts that are escaped here
  private static String row(
      String begin, String tag, List<Column> columns, List<String> texts, List<Integer> shown) {
    String end = tag.substring(0, 2);
    StringBuilder cells = new StringBuilder(begin);
    for (int c : shown) {
      cells.append(
          "<%s%s>%s</%s>".formatted(tag, style(columns.get(c)), Page.escape(texts.get(c)), end));
    }
    return cells.append("</tr>\n").toString();
  }

  private static String style(Column column) {
    return switch (column.kind()) {
      case TEXT, NUMBER -> "";
      case ASIDE -> " class=\"aside\"";
      case DETAIL -> " class=\"text\"";
    };
  }
}
