package dev.glissade.app.report;

import dev.glissade.app.terminal.Table;
import dev.glissade.app.terminal.Table.Column;
import java.util.ArrayList;
import java.util.List;

/// A table as HTML, for a [Page].
final class HtmlTable {

  private HtmlTable() {}

  /// Writes the table with all its columns: a page has room for those that a terminal leaves out.
  ///
  /// @return a `table` element
  static String html(Table table) {
    StringBuilder html = new StringBuilder("<table>\n");
    List<Column> columns = table.columns();
    html.append(row("<tr>", "th", columns, columns.stream().map(Column::title).toList()));
    for (Table.Row row : table.rows()) {
      html.append(row(row.best() ? "<tr class=\"best\">" : "<tr>", "td", columns, row.cells()));
    }
    return html.append("</table>").toString();
  }

  /// Writes a row; the column decides on the class of a cell, for the page's style sheet.
  ///
  /// @param tag of the cells, `th` or `td`
  /// @param texts that are escaped here
  private static String row(String begin, String tag, List<Column> columns, List<String> texts) {
    List<String> cells = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      String text = Page.escape(texts.get(c));
      cells.add("<%s%s>%s</%s>".formatted(tag, style(columns.get(c)), text, tag));
    }
    return begin + String.join("", cells) + "</tr>\n";
  }

  private static String style(Column column) {
    return switch (column.kind()) {
      case TEXT, NUMBER -> "";
      case ASIDE -> " class=\"aside\"";
      case DETAIL -> " class=\"text\"";
    };
  }
}
