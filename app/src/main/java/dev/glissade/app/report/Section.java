package dev.glissade.app.report;

import dev.glissade.app.terminal.Table;
import dev.glissade.file.JsonObject;
import java.util.List;
import java.util.Optional;

/// A part of a page below its table, or above its charts if it has pictures: some more charts,
/// small and next to each other, and what there is to say about them.
///
/// @param title its heading
/// @param text paragraphs
/// @param plots charts
/// @param table figures, if there are any
/// @param galleries pictures on their way
public record Section(
    String title,
    List<String> text,
    List<Plot> plots,
    Optional<TableData> table,
    List<Gallery> galleries) {

  public Section {
    text = List.copyOf(text);
    plots = List.copyOf(plots);
    galleries = List.copyOf(galleries);
  }

  /// A section with what is in an object, with names such as `episodes/count`.
  static Section of(String title, JsonObject object) {
    Table table = new Table(Table.Column.text("name"), Table.Column.text("value"));
    object.forEachText((name, value) -> {
      if (!value.isEmpty()) {
        table.add(name, value);
      }
    });
    return new Section(title, List.of(), List.of(), Optional.of(TableData.of(table)));
  }

  /// A section of charts and a table.
  Section(String title, List<String> text, List<Plot> plots, Optional<TableData> table) {
    this(title, text, plots, table, List.of());
  }
}
