package dev.glissade.app.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A builder of comma-separated values, row by row. Numbers that are not finite, and an empty text,
/// are empty; texts with a comma, a quote or a line feed are quoted.
public final class Csv {

  private final StringBuilder text = new StringBuilder();

  /// A file with these columns and no rows.
  public Csv(String... columns) {
    this(List.of(columns));
  }

  /// A file with these columns and no rows.
  public Csv(List<String> columns) {
    row(columns.stream());
  }

  /// Adds a row of texts and numbers, one for each column. Numbers have all their digits, and a
  /// point in every locale.
  public Csv row(Object... values) {
    return row(Stream.of(values));
  }

  private Csv row(Stream<?> values) {
    text.append(values.map(Csv::cell).collect(Collectors.joining(",", "", "\n")));
    return this;
  }

  private static String cell(Object value) {
    return value instanceof Double number && !Double.isFinite(number)
        ? ""
        : quoted(value.toString());
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /// The text of the file.
  public String text() {
    return text.toString();
  }
}
