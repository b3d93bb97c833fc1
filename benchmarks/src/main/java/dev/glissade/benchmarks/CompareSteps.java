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
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/// `benchmarks/compare gradients|meta-steps|shares [--json FILE]`: times whole gradients of
/// optimizees, whole meta-gradients, or updates of a learned optimizer beside the gradients that
/// they need; prints a table and what follows, and writes both as JSON.
public final class CompareSteps {

  /// What is compared takes turns: a machine is not equally fast from one minute to the next.
  private static final int TURNS = 5;

  /// One thing to time.
  ///
  /// @param name for people
  /// @param parameters of the benchmark
  private record Case(String name, Class<?> benchmark, Map<String, String> parameters) {}

  /// What is said of two of the things.
  private sealed interface Figure {
    String title();

    /// The names of both.
    String first();

    String second();

    double of(Timing first, Timing second);
  }

  /// How many times slower the first is than the second.
  ///
  /// @param byTheClock or else by the processor time of the calling thread
  private record Ratio(String first, String second, boolean byTheClock) implements Figure {
    @Override
    public String title() {
      return "times slower: %s / %s, by %s"
          .formatted(first, second, byTheClock ? "the clock" : "processor time");
    }

    @Override
    public double of(Timing slower, Timing faster) {
      return byTheClock
          ? slower.wallNanos() / faster.wallNanos()
          : slower.cpuNanos() / faster.cpuNanos();
    }
  }

  /// How much of both together the first takes, in per cent, by processor time.
  private record Share(String first, String second) implements Figure {
    @Override
    public String title() {
      return "per cent of both: %s beside %s, by processor time".formatted(first, second);
    }

    @Override
    public double of(Timing part, Timing rest) {
      return 100 * part.cpuNanos() / (part.cpuNanos() + rest.cpuNanos());
    }
  }

  private record Comparison(List<Case> cases, List<Figure> figures) {}

  private static final Comparison GRADIENTS =
      new Comparison(
          List.of(
              gradient("mnist", "mnist"),
              gradient("cifar10", "cifar10"),
              gradient("cifar10 in bfloat16", "cifar10:precision=bfloat16")),
          List.of(new Ratio("cifar10", "cifar10 in bfloat16", false)));

  private static final Comparison META_STEPS =
      new Comparison(
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

  private static final String UPDATE = "update of 49,152 coordinates";
  private static final String DISTILLED = "gradient of art, 128×128, distilled";
  private static final String VGG19 = "gradient of art, 128×128, vgg19";

  private static final Comparison SHARES =
      new Comparison(
          List.of(
              new Case(UPDATE, OptimizerStepBenchmark.class, Map.of()),
              gradient(DISTILLED, "art:size=128,weights=distilled"),
              gradient(VGG19, "art:size=128,weights=vgg19")),
          List.of(new Share(UPDATE, DISTILLED), new Share(UPDATE, VGG19)));

  private CompareSteps() {}

  private static Case gradient(String name, String problem) {
    return new Case(name, GradientBenchmark.class, Map.of("problem", problem));
  }

  private static Case metaStep(String implementation, int batch, int threads) {
    return new Case(
        name(implementation, batch, threads),
        MetaStepBenchmark.class,
        Map.of("implementation", implementation, "batch", "" + batch, "threads", "" + threads));
  }

  private static String name(String implementation, int batch, int threads) {
    return "%s, batch %s, threads %s".formatted(implementation, batch, threads);
  }

  /// Runs a comparison.
  public static void main(String[] arguments) throws RunnerException, IOException {
    List<String> given = List.of(arguments);
    boolean asJson = given.size() == 3 && given.get(1).equals("--json");
    if (given.size() != 1 && !asJson) {
      System.err.println("usage: benchmarks/compare gradients|meta-steps|shares [--json FILE]");
      System.exit(2);
    }
    Comparison comparison =
        switch (given.getFirst()) {
          case "gradients" -> GRADIENTS;
          case "shares" -> SHARES;
          default -> META_STEPS;
        };
    Map<String, List<Timing>> timings = time(comparison);
    Map<String, Double> figures = new LinkedHashMap<>();
    for (Figure figure : comparison.figures) {
      figures.put(figure.title(), median(timings, figure));
    }
    print(timings, figures);
    if (asJson) {
      write(timings, figures, new File(given.get(2)));
    }
  }

  private static Map<String, List<Timing>> time(Comparison comparison)
      throws RunnerException, IOException {
    Map<String, List<Timing>> timings = new LinkedHashMap<>();
    for (int turn = 1; turn <= TURNS; turn++) {
      for (Case it : comparison.cases) {
        System.err.printf(Locale.ROOT, "turn %d of %d: %s …%n", turn, TURNS, it.name);
        timings
            .computeIfAbsent(it.name, _ -> new ArrayList<>())
            .addAll(Timing.of(it.benchmark, it.parameters));
      }
    }
    return timings;
  }

  /// The median over the turns.
  private static double median(Map<String, List<Timing>> timings, Figure figure) {
    List<Double> values = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      Timing first = timings.getOrDefault(figure.first(), List.of()).get(turn);
      Timing second = timings.getOrDefault(figure.second(), List.of()).get(turn);
      values.add(figure.of(first, second));
    }
    return median(values);
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

  private static void print(Map<String, List<Timing>> timings, Map<String, Double> figures) {
    System.out.printf(
        Locale.ROOT, "%s%n%nMilliseconds, median of %s turns:%n%n", Machine.current(), TURNS);
    Table table = new Table("", "processor", "by the clock");
    timings.forEach(
        (name, turns) -> table.row(name, decimal(cpuMillis(turns)), decimal(wallMillis(turns))));
    System.out.println(table);
    System.out.println("Medians of the turns:");
    figures.forEach((title, value) -> System.out.println("  " + title + ": " + decimal(value)));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static void write(
      Map<String, List<Timing>> timings, Map<String, Double> figures, File file)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(file, JsonEncoding.UTF8)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("machine", Machine.current().toString());
      json.writeArrayFieldStart("results");
      for (Map.Entry<String, List<Timing>> entry : timings.entrySet()) {
        json.writeStartObject();
        json.writeStringField("what", entry.getKey());
        json.writeNumberField("cpuMillis", cpuMillis(entry.getValue()));
        json.writeNumberField("wallMillis", wallMillis(entry.getValue()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectFieldStart("figures");
      for (Map.Entry<String, Double> figure : figures.entrySet()) {
        json.writeNumberField(figure.getKey(), figure.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
