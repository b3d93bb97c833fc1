package dev.glissade.app.report;

import dev.glissade.app.terminal.Table;
import java.util.ArrayList;
import java.util.List;

/// All that a page shows, as data: a part of the JSON file, from which the page can be made again.
///
/// @param title heading
/// @param caption what the figures mean; may be empty
/// @param verdict conclusions, sentence by sentence
/// @param columns of the table
/// @param rows of the table
/// @param plots charts
/// @param pictures SVG documents of what has no chart
/// @param howMade in sentences
/// @param command gives the result again; may be empty
public record PageData(
    String title,
    String caption,
    List<String> verdict,
    List<Table.Column> columns,
    List<Table.Row> rows,
    List<Plot> plots,
    List<String> pictures,
    String howMade,
    String command) {

  public PageData {
    verdict = List.copyOf(verdict);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    plots = List.copyOf(plots);
    pictures = List.copyOf(pictures);
  }

  /// What the page of a result shows. Pictures are left out where they cannot be drawn.
  public static PageData of(Result result) {
    List<Plot> plots = new ArrayList<>();
    List<String> pictures = new ArrayList<>();
    for (Figure figure : result.figures()) {
      plots.addAll(figure.plots());
      if (figure.plots().isEmpty() && Chart.canBeDrawn()) {
        pictures.add(figure.chart().get().svg());
      }
    }
    Table table = result.table();
    return new PageData(
        result.title(),
        result.caption(),
        result.verdict(),
        table.columns(),
        table.rows(),
        plots,
        pictures,
        result.howMade(),
        result.command());
  }

  /// The table.
  Table table() {
    Table table = new Table(columns);
    rows.forEach(table::add);
    return table;
  }
}
