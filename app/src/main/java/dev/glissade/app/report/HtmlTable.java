package dev.glissade.app.report;

import java.util.List;

/// A table of a [Page].
final class HtmlTable {

  /// How the cells of a column look.
  enum Kind {
    NUMBER(""),
    /// A number to compare with.
    ASIDE("aside"),
    /// Running text.
    TEXT("text");

    private final String style;

    Kind(String style) {
      this.style = style;
    }
  }

  /// A column.
  record Column(String title, Kind kind) {}

  private final List<Column> columns;
  private final StringBuilder rows = new StringBuilder();

  HtmlTable(List<Column> columns) {
    this.columns = List.copyOf(columns);
    rows.append("<tr>");
    for (Column column : columns) {
      cell("th", column, column.title);
    }
    rows.append("</tr>\n");
  }

  /// Adds a row.
  ///
  /// @param best whether it stands out
  /// @param cells one for each column, as plain text
  void add(boolean best, List<String> cells) {
    rows.append(best ? "<tr class=\"best\">" : "<tr>");
    for (int c = 0; c < columns.size(); c++) {
      cell("td", columns.get(c), cells.get(c));
    }
    rows.append("</tr>\n");
  }

  private void cell(String tag, Column column, String text) {
    String style = column.kind.style.isEmpty() ? "" : " class=\"%s\"".formatted(column.kind.style);
    rows.append("<%s%s>%s</%s>".formatted(tag, style, Page.escape(text), tag));
  }

  String html() {
    return "<table>\n" + rows + "</table>";
  }
}
