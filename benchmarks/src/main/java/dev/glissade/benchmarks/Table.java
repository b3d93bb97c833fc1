package dev.glissade.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table in Markdown, as docs/benchmarks.md has them, with its columns aligned for the terminal:
/// words on the left, numbers on the right.
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  /// A table with these headings.
  Table(String... headings) {
    row(headings);
  }

  /// Adds a row, which has as many cells as there are headings.
  void row(String... cells) {
    rows.add(List.of(cells));
  }

  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    String[] rules = new String[columns];
    for (int c = 0; c < columns; c++) {
      rules[c] = "-".repeat(Math.max(2, widths[c] - 1)) + (c == 0 ? "-" : ":");
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      append(rows.get(r), widths, text);
      if (r == 0) {
        append(Arrays.asList(rules), widths, text);
      }
    }
    return text.toString();
  }

  private static void append(List<String> row, int[] widths, StringBuilder text) {
    for (int c = 0; c < row.size(); c++) {
      String padding = " ".repeat(Math.max(0, widths[c] - row.get(c).length()));
      text.append("| ").append(c == 0 ? row.get(c) + padding : padding + row.get(c)).append(' ');
    }
    text.append("|\n");
  }
}
