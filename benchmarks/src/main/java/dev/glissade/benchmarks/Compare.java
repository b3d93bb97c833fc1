package dev.glissade.benchmarks;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/// `benchmarks/compare [--json FILE]`: runs [LstmBenchmark] and [PeakMemory], prints a table and
/// the ratios, and writes both as JSON.
public final class Compare {

  private static final int LARGE = 15_910;

  /// What is compared takes turns: a machine is not equally fast from one minute to the next.
  private static final List<String> ORDER =
      List.of(
          "vector",
          "libtorch",
          "libtorch-units-first",
          "scalar",
          "vector",
          "libtorch",
          "libtorch-units-first");

  /// @param what `forward` or `forwardBackward`
  /// @param cpuNanos per coordinate and step, processor time of the best iteration
  /// @param wallNanos per coordinate and step, by the clock, mean of the iterations of the best
  ///   turn
  /// @param allocatedBytes on the Java heap, per unroll
  private record Row(
      String what,
      String implementation,
      int coordinates,
      double cpuNanos,
      double wallNanos,
      double allocatedBytes) {

    String key() {
      return what + implementation + coordinates;
    }

    /// The better of two measurements of the same.
    Row best(Row other) {
      return new Row(
          what,
          implementation,
          coordinates,
          Math.min(cpuNanos, other.cpuNanos),
          Math.min(wallNanos, other.wallNanos),
          Math.min(allocatedBytes, other.allocatedBytes));
    }
  }

  private Compare() {}

  /// Runs the comparison.
  public static void main(String[] arguments)
      throws RunnerException, IOException, InterruptedException {
    boolean asJson = arguments.length == 2 && arguments[0].equals("--json");
    if (arguments.length > 0 && !asJson) {
      System.err.println("usage: benchmarks/compare [--json FILE]");
      System.exit(2);
    }
    Map<String, Row> best = new LinkedHashMap<>();
    for (String implementation : ORDER) {
      System.err.printf(Locale.ROOT, "timing %s …%n", name(implementation));
      for (Row row : time(implementation)) {
        best.merge(row.key(), row, Row::best);
      }
    }
    List<Row> rows = List.copyOf(best.values());
    System.err.println("measuring memory …");
    long peak = peakBytes();
    Map<String, Double> ratios = ratios(rows);
    print(rows, ratios, peak);
    if (asJson) {
      write(rows, ratios, peak, new File(arguments[1]));
    }
  }

  private static List<Row> time(String implementation) throws RunnerException, IOException {
    return Timing.of(LstmBenchmark.class, Map.of("implementation", implementation)).stream()
        .map(Compare::row)
        .toList();
  }

  private static Row row(Timing timing) {
    Map<String, String> parameters = timing.parameters();
    int coordinates = Integer.parseInt(parameters.getOrDefault("coordinates", ""));
    double each = (double) coordinates * LstmBenchmark.STEPS;
    return new Row(
        timing.method(),
        parameters.getOrDefault("implementation", ""),
        coordinates,
        timing.cpuNanos() / each,
        timing.wallNanos() / each,
        timing.allocatedBytes());
  }

  private static Map<String, Double> ratios(List<Row> rows) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (String what : List.of("forward", "forwardBackward")) {
      double vector = nanos(rows, what, "vector");
      ratios.put(what, nanos(rows, what, "libtorch") / vector);
      String name = Character.toUpperCase(what.charAt(0)) + what.substring(1);
      ratios.put("unitsFirst" + name, nanos(rows, what, "libtorch-units-first") / vector);
      ratios.put("scalar" + name, nanos(rows, what, "scalar") / vector);
    }
    return ratios;
  }

  private static double nanos(List<Row> rows, String what, String implementation) {
    return rows.stream()
        .filter(row -> row.what.equals(what) && row.coordinates == LARGE)
        .filter(row -> row.implementation.equals(implementation))
        .findFirst()
        .orElseThrow()
        .cpuNanos;
  }

  /// Of [PeakMemory], run in a JVM of its own.
  private static long peakBytes() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Xmx400m",
                "-cp",
                System.getProperty("java.class.path"),
                PeakMemory.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the memory measurement failed");
    }
    return Long.parseLong(output.strip());
  }

  private static void print(List<Row> rows, Map<String, Double> ratios, long peak) {
    String line = "%-16s %-22s %7s %22s %12s %16s%n";
    System.out.printf(
        Locale.ROOT,
        line,
        "",
        "",
        "N",
        "ns per coordinate·step",
        "by the clock",
        "bytes allocated");
    for (Row row : rows) {
      System.out.printf(
          Locale.ROOT,
          line,
          row.what,
          row.implementation,
          row.coordinates,
          String.format(Locale.ROOT, "%.1f", row.cpuNanos),
          String.format(Locale.ROOT, "%.1f", row.wallNanos),
          String.format(Locale.ROOT, "%.0f", row.allocatedBytes));
    }
    System.out.printf(
        Locale.ROOT,
        "%nHow many times faster than … are the vector kernels (%s), N = %d?%n",
        name("vector"),
        LARGE);
    System.out.printf(
        Locale.ROOT,
        "  libtorch, one row a coordinate: forward %.1f, forward and backward %.1f%n",
        ratios.get("forward"),
        ratios.get("forwardBackward"));
    System.out.printf(
        Locale.ROOT,
        "  libtorch with units first, a layout tuned for it: forward %.1f, forward and backward"
            + " %.1f%n",
        ratios.get("unitsFirstForward"),
        ratios.get("unitsFirstForwardBackward"));
    System.out.printf(
        Locale.ROOT,
        "  scalar: forward %.1f, forward and backward %.1f%n",
        ratios.get("scalarForward"),
        ratios.get("scalarForwardBackward"));
    System.out.printf(
        Locale.ROOT,
        "Peak memory of an unroll, T = %d, N = %d: %d MB%n",
        PeakMemory.STEPS,
        PeakMemory.COORDINATES,
        peak / 1_000_000);
  }

  private static String name(String implementation) {
    UnrollInputs inputs = UnrollInputs.random(LstmBenchmark.SHAPE, 1, 1, 1);
    try (UnrollRunner runner = UnrollRunner.create(implementation, inputs)) {
      return runner.implementationName();
    }
  }

  private static void write(List<Row> rows, Map<String, Double> ratios, long peak, File file)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(file, JsonEncoding.UTF8)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeArrayFieldStart("results");
      for (Row row : rows) {
        json.writeStartObject();
        json.writeStringField("what", row.what);
        json.writeStringField("implementation", row.implementation);
        json.writeNumberField("N", row.coordinates);
        json.writeNumberField("T", LstmBenchmark.STEPS);
        json.writeNumberField("nsPerCoordinateStep", row.cpuNanos);
        json.writeNumberField("wallNsPerCoordinateStep", row.wallNanos);
        json.writeNumberField("allocatedBytesPerOp", row.allocatedBytes);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectFieldStart("ratios");
      for (Map.Entry<String, Double> ratio : ratios.entrySet()) {
        json.writeNumberField(ratio.getKey(), ratio.getValue());
      }
      json.writeEndObject();
      json.writeObjectFieldStart("peakMemory");
      json.writeNumberField("N", PeakMemory.COORDINATES);
      json.writeNumberField("T", PeakMemory.STEPS);
      json.writeNumberField("bytes", peak);
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
