package dev.glissade.benchmarks;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/// `benchmarks/compare [--json FILE]`: runs [LstmBenchmark] and one [UnrollCost], prints the tables
/// of docs/benchmarks.md, and writes their figures as JSON.
public final class Compare {

  private static final int SMALL = 1_280;
  private static final int LARGE = 15_910;

  /// An unroll whose activations, all kept as autograd keeps them, would take 48 GB.
  private static final int LONG_STEPS = 1_000;

  private static final int LONG_COORDINATES = 50_000;

  /// What is compared, by its name in [LstmBenchmark], with what the kernels are then faster than.
  private static final Map<String, String> PEERS = peers();

  /// What is compared takes turns: a machine is not equally fast from one minute to the next.
  private static final List<String> TURNS =
      List.of(
          "vector",
          "libtorch",
          "libtorch-units-first",
          "portable",
          "scalar",
          "vector",
          "libtorch",
          "libtorch-units-first");

  private enum Way {
    FORWARD("forward", "forward"),
    BOTH("forwardBackward", "forward + backward");

    /// The method of [LstmBenchmark].
    private final String method;

    private final String title;

    Way(String method, String title) {
      this.method = method;
      this.title = title;
    }
  }

  private record Key(Way way, String implementation, int coordinates) {}

  /// The cost of an unroll.
  ///
  /// @param cpuNanos per coordinate and step, processor time of the best iteration
  /// @param wallNanos per coordinate and step, by the clock, mean of the iterations of the best
  ///   turn
  /// @param allocatedBytes on the Java heap, per unroll
  private record Cost(double cpuNanos, double wallNanos, double allocatedBytes) {
    /// The better of two measurements of the same.
    Cost best(Cost other) {
      return new Cost(
          Math.min(cpuNanos, other.cpuNanos),
          Math.min(wallNanos, other.wallNanos),
          Math.min(allocatedBytes, other.allocatedBytes));
    }
  }

  private Compare() {}

  private static Map<String, String> peers() {
    Map<String, String> peers = new LinkedHashMap<>();
    peers.put("libtorch", "libtorch, one row a coordinate: the usual layout");
    peers.put("libtorch-units-first", "libtorch, units first: a layout tuned for it");
    peers.put("portable", "the portable kernels, which serve without the Vector API");
    peers.put("scalar", "the scalar twin, which is plain on purpose");
    return peers;
  }

  /// Runs the comparison.
  public static void main(String[] arguments) throws RunnerException, IOException {
    boolean asJson = arguments.length == 2 && arguments[0].equals("--json");
    if (arguments.length > 0 && !asJson) {
      System.err.println("usage: benchmarks/compare [--width 128|256|512] [--json FILE]");
      System.exit(2);
    }
    Machine machine = Machine.current();
    System.err.println(machine);
    Map<Key, Cost> costs = new LinkedHashMap<>();
    int turn = 0;
    for (String implementation : TURNS) {
      System.err.printf(Locale.ROOT, "turn %s of %s: %s …%n", ++turn, TURNS.size(), implementation);
      time(implementation, costs);
    }
    System.err.println("measuring memory …");
    long peak = UnrollCost.measure(LONG_COORDINATES, LONG_STEPS, 1).peakBytes();
    print(machine, costs, peak);
    if (asJson) {
      write(machine, costs, peak, new File(arguments[1]));
    }
  }

  private static void time(String implementation, Map<Key, Cost> costs)
      throws RunnerException, IOException {
    for (Timing timing : Timing.of(LstmBenchmark.class, Map.of("implementation", implementation))) {
      int coordinates = Integer.parseInt(timing.parameters().getOrDefault("coordinates", ""));
      double each = (double) coordinates * LstmBenchmark.STEPS;
      Way way = timing.method().equals(Way.FORWARD.method) ? Way.FORWARD : Way.BOTH;
      costs.merge(
          new Key(way, implementation, coordinates),
          new Cost(timing.cpuNanos() / each, timing.wallNanos() / each, timing.allocatedBytes()),
          Cost::best);
    }
  }

  private static Cost cost(Map<Key, Cost> costs, Way way, String implementation, int coordinates) {
    Cost cost = costs.get(new Key(way, implementation, coordinates));
    if (cost == null) {
      throw new IllegalStateException("not timed: " + implementation);
    }
    return cost;
  }

  /// How many times slower a peer is than the vector kernels.
  private static double ratio(Map<Key, Cost> costs, Way way, String peer) {
    return cost(costs, way, peer, LARGE).cpuNanos / cost(costs, way, "vector", LARGE).cpuNanos;
  }

  private static void print(Machine machine, Map<Key, Cost> costs, long peak) {
    System.out.printf(
        Locale.ROOT,
        "%s%n%nNanoseconds of processor time per coordinate and step, one thread, T = %s:%n%n",
        machine,
        LstmBenchmark.STEPS);
    System.out.println(nanos(costs));
    Table ratios = new Table("times faster, N = 15,910", Way.FORWARD.title, Way.BOTH.title);
    PEERS.forEach((peer, title) ->
        ratios.row(
            "than " + title,
            decimal("%.2f", ratio(costs, Way.FORWARD, peer)),
            decimal("%.2f", ratio(costs, Way.BOTH, peer))));
    System.out.println(ratios);
    System.out.printf(
        Locale.ROOT,
        "Allocated per unroll of N = 15,910: %s bytes forward, %s with the way back.%n",
        decimal("%.0f", cost(costs, Way.FORWARD, "vector", LARGE).allocatedBytes),
        decimal("%.0f", cost(costs, Way.BOTH, "vector", LARGE).allocatedBytes));
    System.out.printf(
        Locale.ROOT,
        "Peak memory of an unroll of T = %s, N = %s: %s MB.%n",
        LONG_STEPS,
        LONG_COORDINATES,
        peak / 1_000_000);
  }

  private static Table nanos(Map<Key, Cost> costs) {
    List<String> implementations = new ArrayList<>(List.of("vector"));
    implementations.addAll(PEERS.keySet());
    List<String> headings = new ArrayList<>(List.of("", "N"));
    headings.addAll(implementations);
    Table table = new Table(headings.toArray(String[]::new));
    for (Way way : Way.values()) {
      for (int coordinates : List.of(SMALL, LARGE)) {
        List<String> row = new ArrayList<>(List.of(way.title, decimal("%,.0f", coordinates)));
        implementations.forEach(
            it -> row.add(decimal("%,.0f", cost(costs, way, it, coordinates).cpuNanos)));
        table.row(row.toArray(String[]::new));
      }
    }
    return table;
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static void write(Machine machine, Map<Key, Cost> costs, long peak, File file)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(file, JsonEncoding.UTF8)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("machine", machine.toString());
      json.writeArrayFieldStart("results");
      for (Map.Entry<Key, Cost> entry : costs.entrySet()) {
        json.writeStartObject();
        json.writeStringField("what", entry.getKey().way.method);
        json.writeStringField("implementation", entry.getKey().implementation);
        json.writeNumberField("N", entry.getKey().coordinates);
        json.writeNumberField("T", LstmBenchmark.STEPS);
        json.writeNumberField("nsPerCoordinateStep", entry.getValue().cpuNanos);
        json.writeNumberField("wallNsPerCoordinateStep", entry.getValue().wallNanos);
        json.writeNumberField("allocatedBytesPerOp", entry.getValue().allocatedBytes);
        json.writeEndObject();
      }
      json.writeEndArray();
      for (Way way : Way.values()) {
        json.writeObjectFieldStart(way.method + "TimesFaster");
        for (String peer : PEERS.keySet()) {
          json.writeNumberField(peer, ratio(costs, way, peer));
        }
        json.writeEndObject();
      }
      json.writeObjectFieldStart("peakMemory");
      json.writeNumberField("N", LONG_COORDINATES);
      json.writeNumberField("T", LONG_STEPS);
      json.writeNumberField("bytes", peak);
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
