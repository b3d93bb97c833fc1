package dev.glissade.benchmarks;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.Point;
import dev.glissade.internal.Vectors;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `benchmarks/compare rules [--json FILE]`: one step of every hand-designed rule against libtorch,
/// and of a corrected rule against the network and the rules that it is made of, all in this JVM on
/// one thread.
public final class CompareRules {

  private static final double RATE = 1e-3;

  /// More than the caches near the processor hold, and what they do hold.
  private static final List<ParameterLayout> SIZES = List.of(matrix(1000, 1000), matrix(100, 200));

  /// Matrices of the networks that we train, and a large one.
  private static final List<ParameterLayout> MATRICES =
      List.of(matrix(784, 20), matrix(75, 16), matrix(20, 10), matrix(512, 512));

  /// @param update the update alone, microseconds
  /// @param moved the update and its addition to θ
  /// @param libtorch a step of libtorch's, which includes the addition
  private record Row(String rule, String size, double update, double moved, double libtorch) {

    double ratio() {
      return libtorch / moved;
    }
  }

  /// @param corrected a step of `pretrained:mnist-robust`, microseconds
  /// @param plain a step of `pretrained:mnist`
  /// @param bases a step of the rules that the first corrects
  private record Correction(double corrected, double plain, double bases) {

    double ratio() {
      return corrected / (plain + bases);
    }
  }

  private CompareRules() {}

  /// Runs it.
  public static void main(String[] arguments) throws IOException {
    List<String> given = List.of(arguments);
    boolean asJson = given.size() == 3 && given.get(1).equals("--json");
    if (given.size() != 1 && !asJson) {
      System.err.println("usage: benchmarks/compare rules [--json FILE]");
      System.exit(2);
    }
    List<Row> rows = new ArrayList<>();
    for (ParameterLayout size : SIZES) {
      for (Baseline baseline : LibtorchRule.baselines()) {
        rows.add(row(baseline, size));
      }
    }
    for (ParameterLayout matrix : MATRICES) {
      rows.add(row(Baselines.find("muon"), matrix));
    }
    Correction correction = correction();
    Machine machine = Machine.current();
    System.out.printf(Locale.ROOT, "%s%n%n%s%n%s", machine, table(rows), table(correction));
    if (asJson) {
      write(machine, rows, correction, new File(given.get(2)));
    }
  }

  private static ParameterLayout matrix(int rows, int columns) {
    return ParameterLayout.of("weights", rows, columns);
  }

  private static Row row(Baseline baseline, ParameterLayout layout) {
    String size = layout.blocks().getFirst().shape().toString();
    System.err.printf(Locale.ROOT, "%s %s …%n", baseline.name(), size);
    float[] gradient = gradient(layout.size());
    try (LibtorchRule libtorch = new LibtorchRule(baseline.name(), layout, RATE)) {
      libtorch.gradient(gradient);
      List<Double> micros =
          Turns.micros(
              List.of(
                  update(baseline.at(RATE), layout, gradient),
                  move(baseline.at(RATE), layout, gradient),
                  libtorch::step));
      return new Row(baseline.name(), size, micros.get(0), micros.get(1), micros.get(2));
    }
  }

  private static Correction correction() {
    System.err.println("corrected rules …");
    List<Block> matrices =
        List.of(
            ParameterLayout.block("weights0", 784, 20), ParameterLayout.block("weights1", 20, 10));
    List<Block> others =
        List.of(ParameterLayout.block("bias0", 20), ParameterLayout.block("bias1", 10));
    List<Block> all =
        List.of(matrices.getFirst(), others.getFirst(), matrices.getLast(), others.getLast());
    List<Double> micros =
        Turns.micros(
            List.of(
                update(pretrained("mnist-robust"), all),
                update(pretrained("mnist"), all),
                update(Baselines.find("muon").at(RATE), matrices),
                update(Baselines.find("adam").at(RATE), others)));
    return new Correction(micros.get(0), micros.get(1), micros.get(2) + micros.get(3));
  }

  private static Optimizer<?> pretrained(String name) {
    return Pretrained.named(name).load().optimizer();
  }

  private static Runnable update(Optimizer<?> optimizer, List<Block> blocks) {
    ParameterLayout layout = new ParameterLayout(blocks);
    return update(optimizer, layout, gradient(layout.size()));
  }

  private static <S extends OptimizerState> Runnable update(
      Optimizer<S> optimizer, ParameterLayout layout, float[] gradient) {
    return steps(optimizer, layout, gradient, new float[layout.size()], new float[layout.size()]);
  }

  private static Runnable move(Optimizer<?> optimizer, ParameterLayout layout, float[] gradient) {
    float[] parameters = new float[layout.size()];
    float[] update = new float[layout.size()];
    Runnable step = steps(optimizer, layout, gradient, parameters, update);
    return () -> {
      step.run();
      Vectors.add(update, parameters);
    };
  }

  private static <S extends OptimizerState> Runnable steps(
      Optimizer<S> optimizer,
      ParameterLayout layout,
      float[] gradient,
      float[] parameters,
      float[] update) {
    S state = optimizer.start(layout);
    long[] steps = new long[1];
    return () ->
        optimizer.update(
            new Point.Known(steps[0]++, Double.NaN, parameters, gradient), state, update);
  }

  private static float[] gradient(int coordinates) {
    return UnrollInputs.random(LstmBenchmark.SHAPE, coordinates, 1, 1).gradients()[0];
  }

  private static Table table(List<Row> rows) {
    Table table =
        new Table("rule", "size", "update, µs", "and θ moved, µs", "libtorch, µs", "times faster");
    for (Row row : rows) {
      table.row(
          row.rule,
          row.size,
          decimal("%,.1f", row.update),
          decimal("%,.1f", row.moved),
          decimal("%,.1f", row.libtorch),
          decimal("%.2f", row.ratio()));
    }
    return table;
  }

  private static Table table(Correction it) {
    Table table =
        new Table("", "mnist-robust, µs", "mnist, µs", "Muon and Adam, µs", "first / others");
    table.row(
        "a step of 15,910 coordinates",
        decimal("%,.0f", it.corrected),
        decimal("%,.0f", it.plain),
        decimal("%,.0f", it.bases),
        decimal("%.2f", it.ratio()));
    return table;
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static void write(Machine machine, List<Row> rows, Correction correction, File file)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(file, JsonEncoding.UTF8)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("machine", machine.toString());
      json.writeArrayFieldStart("rules");
      for (Row row : rows) {
        json.writeStartObject();
        json.writeStringField("rule", row.rule);
        json.writeStringField("size", row.size);
        json.writeNumberField("updateMicros", row.update);
        json.writeNumberField("movedMicros", row.moved);
        json.writeNumberField("libtorchMicros", row.libtorch);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectFieldStart("corrected");
      json.writeNumberField("mnistRobustMicros", correction.corrected);
      json.writeNumberField("mnistMicros", correction.plain);
      json.writeNumberField("basesMicros", correction.bases);
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
