package dev.glissade.app.report;

import dev.glissade.app.terminal.Table;
import java.util.List;

/// A table as a part of a JSON file.
///
/// @param columns from left to right
/// @param rows from top to bottom
public record TableData(List<Table.Column> columns, List<Table.Row> rows) {

  public TableData {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// The content of a table.
  static TableData of(Table table) {
    return new TableData(table.columns(), table.rows());
  }

  /// The table with this content.
  Table table() {
    Table table = new Table(columns);
    rows.forEach(table::add);
    return table;
  }
}
