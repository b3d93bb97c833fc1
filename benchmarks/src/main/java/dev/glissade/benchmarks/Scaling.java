package dev.glissade.benchmarks;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `benchmarks/compare scaling [--json FILE]`: how the cost of an unroll grows with N and T, each
/// size in a JVM of its own ([UnrollCost]); prints a table, and beside the JSON it draws a picture.
public final class Scaling {

  private static final List<Integer> COORDINATES =
      List.of(10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000);
  private static final List<Integer> STEPS = List.of(10, 100, 1_000);
  private static final List<Integer> THREADS = List.of(1, 2);

  /// The most coordinates times steps: a minute of one thread.
  private static final long MOST = 100_000_000;

  /// What one size costs.
  ///
  /// @param coordinates N
  /// @param steps T
  /// @param threads how many
  /// @param cost of an unroll
  record Row(int coordinates, int steps, int threads, UnrollCost cost) {}

  private Scaling() {}

  /// Runs it.
  public static void main(String[] arguments) throws IOException {
    List<String> given = List.of(arguments);
    boolean asJson = given.size() == 3 && given.get(1).equals("--json");
    if (given.size() != 1 && !asJson) {
      System.err.println("usage: benchmarks/compare scaling [--json FILE]");
      System.exit(2);
    }
    List<Row> rows = measure();
    Machine machine = Machine.current();
    System.out.printf(Locale.ROOT, "%s%n%n%s", machine, table(rows));
    if (asJson) {
      Path file = Path.of(given.get(2));
      write(machine, rows, file.toFile());
      String picture = file.toString().replaceFirst("\\.json$", "") + ".png";
      ScalingChart.draw(machine, rows, Path.of(picture));
    }
  }

  private static List<Row> measure() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int threads : THREADS) {
      for (int steps : STEPS) {
        for (int coordinates : COORDINATES) {
          if ((long) coordinates * steps <= MOST) {
            System.err.printf(
                Locale.ROOT, "threads %s, T = %s, N = %s …%n", threads, steps, coordinates);
            UnrollCost cost = UnrollCost.measure(coordinates, steps, threads);
            rows.add(new Row(coordinates, steps, threads, cost));
          }
        }
      }
    }
    return rows;
  }

  private static Table table(List<Row> rows) {
    Table table =
        new Table(
            "threads",
            "T",
            "N",
            "forward, ns",
            "both ways, ns",
            "peak, MB",
            "inputs and states, MB");
    for (Row row : rows) {
      table.row(
          "" + row.threads,
          decimal("%,.0f", row.steps),
          decimal("%,.0f", row.coordinates),
          decimal("%,.0f", row.cost.forwardNanos()),
          decimal("%,.0f", row.cost.bothNanos()),
          decimal("%,.0f", row.cost.peakBytes() / 1e6),
          decimal("%,.0f", UnrollCost.bytes(row.coordinates, row.steps) / 1e6));
    }
    return table;
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static void write(Machine machine, List<Row> rows, File file) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(file, JsonEncoding.UTF8)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("machine", machine.toString());
      json.writeArrayFieldStart("results");
      for (Row row : rows) {
        json.writeStartObject();
        json.writeNumberField("threads", row.threads);
        json.writeNumberField("T", row.steps);
        json.writeNumberField("N", row.coordinates);
        json.writeNumberField("forwardNsPerCoordinateStep", row.cost.forwardNanos());
        json.writeNumberField("bothNsPerCoordinateStep", row.cost.bothNanos());
        json.writeNumberField("peakBytes", row.cost.peakBytes());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }
}
