package dev.glissade.app.report;

import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.evaluation.Responses;
import dev.glissade.evaluation.Responses.History;
import dev.glissade.evaluation.Responses.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table of what a learned optimizer answers to simple gradients, which `inspect` prints.
public final class ResponseTable {

  /// The bars of a sparkline, from low to high.
  private static final String BARS = "▁▂▃▄▅▆▇█";

  /// The steps that have a column, from 1: powers of two, as far as histories go.
  private static final int[] SHOWN = {1, 2, 4, 8, 16, 32};

  private ResponseTable() {}

  /// Prints the answers to one kind of history, a row for each magnitude, with a heading.
  public static void print(Console console, Responses responses, History history) {
    String what =
        switch (history) {
          case CONSTANT -> "the same gradient at every step";
          case ALTERNATING -> "a gradient that changes its sign at every step";
        };
    console.print(
        "\n@|bold Effective learning rate (−update / gradient) under %s|@".formatted(what));
    List<Column> columns = new ArrayList<>(List.of(Column.number("gradient", 0)));
    for (int step : SHOWN) {
      columns.add(Column.number("step " + step, step == 2 || step == 8 ? 1 : 0));
    }
    columns.add(Column.text("steps 1 … 32", 2));
    Table table = new Table(columns.toArray(Column[]::new));
    for (Response response : responses.responses(history)) {
      List<String> cells = new ArrayList<>(List.of(Numbers.digits(response.magnitude(), 3)));
      for (int step : SHOWN) {
        cells.add(Numbers.digits(response.rates().get(step - 1), 3));
      }
      cells.add(sparkline(Charts.values(response.rates())));
      table.add(cells.toArray());
    }
    table.print(console);
  }

  /// Draws a bar for each value, from 0 or the lowest value to the highest.
  ///
  /// @param values finite
  /// @return as many characters as there are values
  public static String sparkline(double[] values) {
    double low = Math.min(0, Arrays.stream(values).min().orElse(0));
    double high = Math.max(0, Arrays.stream(values).max().orElse(0));
    StringBuilder line = new StringBuilder();
    for (double value : values) {
      double part = high > low ? (value - low) / (high - low) : 0;
      line.append(BARS.charAt((int) Math.round(part * (BARS.length() - 1))));
    }
    return line.toString();
  }
}
