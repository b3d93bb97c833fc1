package dev.glissade.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.glissade.BlockFilter;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Group;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Graphs in ONNX Runtime give the updates of our own kernels for the same gradients.
class OnnxAgainstKernelsTest {

  private static final int STEPS = 100;

  /// How far updates may differ, as a part of their size: in root mean square over a run, for each
  /// coordinate, or for all of a matrix where a rule mixes them.
  private static final double TOLERANCE = 1e-5;

  /// Recurrent networks that were trained for it tell gradients apart, and so enlarge rounding: for
  /// a coordinate here and there our own kernels are 3e-5 from double precision within 100 steps.
  private static final double MOST = 0.9;

  /// Matrices that are tall and wide, of one column and of one row.
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              ParameterLayout.block("dense0/weights", 7, 5),
              ParameterLayout.block("dense1/weights", 3, 6),
              ParameterLayout.block("dense2/weights", 9, 1),
              ParameterLayout.block("dense2/offset", 26)));

  private static final ParameterLayout SMALL =
      new ParameterLayout(
          List.of(ParameterLayout.block("a/weights", 3, 5), ParameterLayout.block("b/weights", 4)));

  static Stream<Architecture<?>> architectures() {
    Preprocessing logSign = Preprocessing.parse("log-sign:10");
    Preprocessing adamLike = Preprocessing.parse("adam-like:0.95");
    Preprocessing both = Preprocessing.parse("log-sign:5+adam-like:0.9");
    Lstm small = new Lstm(1, 5, new Preprocessing.Identity(), 0.3);
    Stream<Architecture<?>> networks =
        Stream.of(
            Lstm.forQuadratics(),
            new Lstm(1, 7, logSign, 0.1),
            new Lstm(2, 20, adamLike, -0.5),
            new Lstm(2, 20, adamLike, 0.1, Lstm.Output.TANH),
            new Lstm(3, 4, both, 2),
            new Lstm(0, 3, both, -2),
            new Lstm(1, 4, new Preprocessing.Timed(logSign), 0.5),
            new Lstm(2, 5, new Preprocessing.Timed(both), 0.5),
            new Grouped(
                List.of(new Group("fixed", new BlockFilter("2/"), Rule.parse("momentum=0.1"))),
                small),
            new Corrected(new Lstm(2, 20, both, 0.3), Rule.parse("adam=0.05")),
            new Corrected(new Lstm(2, 20, both, 0.3), Rule.parse("muon=0.05")));
    Stream<Architecture<?>> bases =
        OnnxExportTest.exported().map(rule -> new Corrected(small, rule));
    return Stream.concat(networks, bases);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void gradientsOfManyMagnitudesGiveTheSameUpdates(Architecture<?> architecture)
      throws OrtException {
    assertSameUpdates(TrainedRules.of(architecture), LAYOUT, magnitudes(), 1);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SMOOTH", "ART", "GENERAL"})
  void whatShipsGivesTheSameUpdates(Pretrained pretrained) throws OrtException {
    assertSameUpdates(pretrained.load(), LAYOUT, magnitudes(), MOST);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SMOOTH", "ART", "GENERAL"})
  void whatShipsGivesTheSameUpdatesOnTheWayDownAQuadratic(Pretrained pretrained)
      throws OrtException {
    TrainedOptimizer trained = pretrained.load();
    assertSameUpdates(trained, LAYOUT, onTheWayDown(trained.optimizer()), MOST);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, Float.MIN_VALUE, 1e-38f, 1e-20f, 1e15f, 1e18f, 1e38f})
  void rulesAreTheSameAtTheEndsOfTheRange(float size) throws OrtException {
    Lstm network = new Lstm(1, 5, Preprocessing.parse("log-sign:10+adam-like:0.95"), 0.3);
    float[][] gradients = normal(SMALL, 10);
    for (float[] gradient : gradients) {
      for (int n = 0; n < gradient.length; n++) {
        gradient[n] = Math.clamp(gradient[n], -3, 3) * size;
      }
    }
    for (Rule rule : OnnxExportTest.exported().toList()) {
      assertSameUpdates(TrainedRules.of(new Corrected(network, rule)), SMALL, gradients, 1);
    }
  }

  /// From 1e-8 to 1e4 side by side, and fading as in a descent; some are 0, one coordinate always.
  private static float[][] magnitudes() {
    float[][] gradients = normal(LAYOUT, STEPS);
    Random random = new Random(4);
    for (int t = 0; t < STEPS; t++) {
      for (int n = 0; n < LAYOUT.size(); n++) {
        boolean isZero = n == 5 || random.nextInt(10) == 0;
        gradients[t][n] *= isZero ? 0 : (float) Math.pow(10, n % 13 - 8 - t / 40.0);
      }
    }
    return gradients;
  }

  private static float[][] normal(ParameterLayout layout, int steps) {
    Random random = new Random(3);
    float[][] values = new float[steps][layout.size()];
    for (float[] row : values) {
      for (int n = 0; n < row.length; n++) {
        row[n] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  /// The gradients that an optimizer meets on a quadratic ½·Σ curvature·(θ − centre)².
  private static <S extends OptimizerState> float[][] onTheWayDown(Optimizer<S> rule) {
    S state = rule.start(LAYOUT);
    float[][] gradients = new float[STEPS][LAYOUT.size()];
    float[][] random = normal(LAYOUT, 2);
    float[] position = new float[LAYOUT.size()];
    float[] update = new float[LAYOUT.size()];
    for (int t = 0; t < STEPS; t++) {
      for (int n = 0; n < position.length; n++) {
        float curvature = 1 + Math.abs(random[0][n]);
        gradients[t][n] = curvature * (position[n] - 3 * random[1][n]);
      }
      rule.update(Point.of(t, gradients[t]), state, update);
      for (int n = 0; n < position.length; n++) {
        position[n] += update[n];
      }
    }
    return gradients;
  }

  /// @param part of the coordinates that must be as close as the tolerance; the others may be a
  ///   hundred times as far
  private static void assertSameUpdates(
      TrainedOptimizer trained, ParameterLayout layout, float[][] gradients, double part)
      throws OrtException {
    float[][] ours = ours(trained.optimizer(), layout, gradients);
    List<ExportedRule> rules = OnnxExport.of(trained, "1.0");
    for (Slice slice : layout.slices()) {
      ExportedRule rule = ruleOf(rules, slice);
      float[][] expected = columns(ours, slice.offset(), slice.end());
      float[][] differences = minus(theirs(rule, slice, gradients), expected);
      boolean isMatrix = rule.inputs().getFirst().shape().size() == 2; // mixes all coordinates
      int stride = isMatrix ? slice.size() : 1;
      double[] errors = new double[slice.size() / stride];
      for (int i = 0; i < errors.length; i++) {
        double size = size(columns(expected, i * stride, (i + 1) * stride));
        double error = size(columns(differences, i * stride, (i + 1) * stride));
        errors[i] = error == 0 ? 0 : error / size;
      }
      Arrays.sort(errors); // NaN is the largest
      int last = (int) Math.ceil(part * errors.length) - 1;
      assertThat(errors[last]).as("%s", slice.block()).isLessThanOrEqualTo(TOLERANCE);
      assertThat(errors[errors.length - 1])
          .as("all of %s", slice.block())
          .isLessThanOrEqualTo(100 * TOLERANCE);
    }
  }

  private static float[][] columns(float[][] rows, int from, int to) {
    return Stream.of(rows).map(row -> Arrays.copyOfRange(row, from, to)).toArray(float[][]::new);
  }

  private static float[][] minus(float[][] rows, float[][] others) {
    float[][] differences = new float[rows.length][rows[0].length];
    for (int t = 0; t < rows.length; t++) {
      for (int n = 0; n < rows[t].length; n++) {
        differences[t][n] = rows[t][n] - others[t][n];
      }
    }
    return differences;
  }

  /// The root mean square; NaN where one is.
  private static double size(float[][] rows) {
    double sum = 0;
    for (float[] row : rows) {
      for (float value : row) {
        sum += (double) value * value;
      }
    }
    return Math.sqrt(sum / rows.length / rows[0].length);
  }

  private static <S extends OptimizerState> float[][] ours(
      Optimizer<S> rule, ParameterLayout layout, float[][] gradients) {
    S state = rule.start(layout);
    float[][] updates = new float[gradients.length][layout.size()];
    for (int t = 0; t < updates.length; t++) {
      rule.update(Point.of(t, gradients[t]), state, updates[t]);
    }
    return updates;
  }

  private static float[][] theirs(ExportedRule rule, Slice slice, float[][] gradients)
      throws OrtException {
    List<float[]> updates = new ArrayList<>();
    try (RuntimeSession session = new RuntimeSession(rule)) {
      RuntimeSession.Run run = session.start(slice.block());
      for (float[] gradient : gradients) {
        updates.add(run.update(slice.of(gradient)));
      }
    }
    return updates.toArray(float[][]::new);
  }

  /// The first rule whose blocks a block is one of, as the exported rules say.
  private static ExportedRule ruleOf(List<ExportedRule> rules, Slice slice) {
    return rules.stream()
        .filter(rule -> rule.blocks().map(filter -> filter.matches(slice.block())).orElse(true))
        .findFirst()
        .orElseThrow();
  }
}
