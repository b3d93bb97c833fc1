package dev.glissade.benchmarks;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/// `benchmarks/compare gradients|meta-steps [--json FILE]`: times whole gradients of optimizees or
/// whole meta-gradients, prints a table and the ratios, and writes both as JSON.
public final class CompareSteps {

  /// What is compared takes turns: a machine is not equally fast from one minute to the next.
  private static final int TURNS = 5;

  /// One thing to time.
  ///
  /// @param name for people
  /// @param parameters of the benchmark
  private record Case(String name, Map<String, String> parameters) {}

  /// How many times slower one is than another.
  ///
  /// @param byTheClock or else by the processor time of the calling thread
  private record Ratio(String slower, String faster, boolean byTheClock) {
    String title() {
      return "%s / %s, by %s"
          .formatted(slower, faster, byTheClock ? "the clock" : "processor time");
    }
  }

  private record Comparison(Class<?> benchmark, List<Case> cases, List<Ratio> ratios) {}

  private static final Comparison GRADIENTS =
      new Comparison(
          GradientBenchmark.class,
          List.of(
              new Case("mnist", Map.of("problem", "mnist")),
              new Case("cifar10", Map.of("problem", "cifar10")),
              new Case("cifar10 in bfloat16", Map.of("problem", "cifar10:precision=bfloat16"))),
          List.of(new Ratio("cifar10", "cifar10 in bfloat16", false)));

  private static final Comparison META_STEPS =
      new Comparison(
          MetaStepBenchmark.class,
          List.of(
              metaStep("glissade", 1, 1),
              metaStep("libtorch", 1, 1),
              metaStep("libtorch-units-first", 1, 1),
              metaStep("glissade", 1, 2),
              metaStep("glissade", 2, 1),
              metaStep("glissade", 2, 2)),
          List.of(
              new Ratio(name("libtorch", 1, 1), name("glissade", 1, 1), false),
              new Ratio(name("libtorch-units-first", 1, 1), name("glissade", 1, 1), false),
              new Ratio(name("glissade", 1, 1), name("glissade", 1, 2), true),
              new Ratio(name("glissade", 2, 1), name("glissade", 2, 2), true)));

  private CompareSteps() {}

  private static Case metaStep(String implementation, int batch, int threads) {
    return new Case(
        name(implementation, batch, threads),
        Map.of("implementation", implementation, "batch", "" + batch, "threads", "" + threads));
  }

  private static String name(String implementation, int batch, int threads) {
    return "%s, batch %d, threads %d".formatted(implementation, batch, threads);
  }

  /// Runs a comparison.
  public static void main(String[] arguments) throws RunnerException, IOException {
    List<String> given = List.of(arguments);
    boolean asJson = given.size() == 3 && given.get(1).equals("--json");
    if (given.size() != 1 && !asJson) {
      System.err.println("usage: benchmarks/compare gradients|meta-steps [--json FILE]");
      System.exit(2);
    }
    Comparison comparison = given.getFirst().equals("gradients") ? GRADIENTS : META_STEPS;
    Map<String, List<Timing>> timings = time(comparison);
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (Ratio ratio : comparison.ratios) {
      ratios.put(ratio.title(), ratio(timings, ratio));
    }
    print(timings, ratios);
    if (asJson) {
      write(timings, ratios, new File(given.get(2)));
    }
  }

  private static Map<String, List<Timing>> time(Comparison comparison)
      throws RunnerException, IOException {
    Map<String, List<Timing>> timings = new LinkedHashMap<>();
    for (int turn = 1; turn <= TURNS; turn++) {
      for (Case it : comparison.cases) {
        System.err.printf("turn %d of %d: %s …%n", turn, TURNS, it.name);
        timings
            .computeIfAbsent(it.name, _ -> new ArrayList<>())
            .addAll(Timing.of(comparison.benchmark, it.parameters));
      }
    }
    return timings;
  }

  /// The median over the turns.
  private static double ratio(Map<String, List<Timing>> timings, Ratio ratio) {
    List<Double> ratios = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      Timing slower = timings.getOrDefault(ratio.slower, List.of()).get(turn);
      Timing faster = timings.getOrDefault(ratio.faster, List.of()).get(turn);
      ratios.add(
          ratio.byTheClock
              ? slower.wallNanos() / faster.wallNanos()
              : slower.cpuNanos() / faster.cpuNanos());
    }
    return median(ratios);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static double cpuMillis(List<Timing> turns) {
    return median(turns.stream().map(Timing::cpuNanos).toList()) / 1e6;
  }

  private static double wallMillis(List<Timing> turns) {
    return median(turns.stream().map(Timing::wallNanos).toList()) / 1e6;
  }

  private static void print(Map<String, List<Timing>> timings, Map<String, Double> ratios) {
    String line = "%-44s %18s %14s%n";
    System.out.printf(line, "median of " + TURNS + " turns", "processor ms", "by the clock");
    timings.forEach((name, turns) ->
        System.out.printf(
            line, name, "%.2f".formatted(cpuMillis(turns)), "%.2f".formatted(wallMillis(turns))));
    System.out.println("\nHow many times slower, median of the turns:");
    ratios.forEach((title, ratio) -> System.out.printf("  %s: %.2f%n", title, ratio));
  }

  private static void write(
      Map<String, List<Timing>> timings, Map<String, Double> ratios, File file) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(file, JsonEncoding.UTF8)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeArrayFieldStart("results");
      for (Map.Entry<String, List<Timing>> entry : timings.entrySet()) {
        json.writeStartObject();
        json.writeStringField("what", entry.getKey());
        json.writeNumberField("cpuMillis", cpuMillis(entry.getValue()));
        json.writeNumberField("wallMillis", wallMillis(entry.getValue()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectFieldStart("ratios");
      for (Map.Entry<String, Double> ratio : ratios.entrySet()) {
        json.writeNumberField(ratio.getKey(), ratio.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
