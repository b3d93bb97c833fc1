package dev.glissade.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Rule;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Graphs in ONNX Runtime give the updates of our own kernels, over 100 steps.
class OnnxAgainstKernelsTest {

  private static final int STEPS = 100;

  /// Of the largest update of a coordinate; where a rule mixes a matrix, of any in it.
  private static final double TOLERANCE = 1e-5;

  /// Matrices that are wide and tall, and one of one row: of each there are two, so that what is
  /// kept for a block shows.
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              ParameterLayout.block("dense0/weights", 13, 7),
              ParameterLayout.block("dense0/offset", 13),
              ParameterLayout.block("dense1/weights", 3, 13),
              ParameterLayout.block("dense1/scale", 1, 11),
              ParameterLayout.block("dense2/weights", 9, 1),
              ParameterLayout.block("dense2/offset", 26)));

  /// What is given to a rule at each step.
  private interface Gradients {
    /// @param moved the sum of all updates so far
    float[] at(int step, float[] moved);
  }

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
            new Lstm(3, 4, both, 2),
            new Lstm(0, 3, both, -2),
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
    assertSameUpdates(TrainedRules.of(architecture), magnitudes());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SMOOTH")
  void whatShipsGivesTheSameUpdates(Pretrained pretrained) throws OrtException {
    assertSameUpdates(pretrained.load(), magnitudes());
  }

  /// Each side goes its own way, so that differences add up.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SMOOTH")
  void whatShipsDescendsAQuadraticAlike(Pretrained pretrained) throws OrtException {
    assertSameUpdates(
        pretrained.load(),
        (_, moved) -> {
          float[] gradient = new float[LAYOUT.size()];
          for (int n = 0; n < gradient.length; n++) {
            gradient[n] = (1 + n % 5) * (moved[n] + n % 7 - 3.1f);
          }
          return gradient;
        });
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1e-44f, 1e-38f, 1e-20f, 1e10f, 1e20f, 1e38f})
  void rulesAreTheSameAtTheEndsOfTheRange(float size) throws OrtException {
    Lstm network = new Lstm(1, 5, Preprocessing.parse("log-sign:10+adam-like:0.95"), 0.3);
    float[][] gradients = normal(7);
    for (Rule rule : OnnxExportTest.exported().toList()) {
      assertSameUpdates(
          TrainedRules.of(new Corrected(network, rule)),
          (step, _) -> {
            float[] gradient = new float[LAYOUT.size()];
            for (int n = 0; n < gradient.length; n++) {
              gradient[n] = Math.clamp(gradients[step][n], -3, 3) * size;
            }
            return gradient;
          });
    }
  }

  /// From 1e-8 to 1e4 side by side, and fading as in a descent; some are 0, one coordinate always.
  private static Gradients magnitudes() {
    float[][] gradients = normal(3);
    Random random = new Random(4);
    for (int t = 0; t < STEPS; t++) {
      for (int n = 0; n < LAYOUT.size(); n++) {
        boolean isZero = n == 5 || random.nextInt(10) == 0;
        gradients[t][n] *= isZero ? 0 : (float) Math.pow(10, n % 13 - 8 - t / 40.0);
      }
    }
    return (step, _) -> gradients[step];
  }

  private static float[][] normal(long seed) {
    Random random = new Random(seed);
    float[][] values = new float[STEPS][LAYOUT.size()];
    for (float[] row : values) {
      for (int n = 0; n < row.length; n++) {
        row[n] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  private static void assertSameUpdates(TrainedOptimizer trained, Gradients gradients)
      throws OrtException {
    float[][] ours = ours(trained.optimizer(), gradients);
    List<ExportedRule> rules = OnnxExport.of(trained, "1.0");
    float[][] theirs = theirs(rules, gradients);
    for (Slice slice : LAYOUT.slices()) {
      boolean isMatrix = ruleOf(rules, slice.block()).inputs().getFirst().shape().size() == 2;
      for (int n = slice.offset(); n < slice.end(); n++) {
        double scale =
            isMatrix ? largest(ours, slice.offset(), slice.end()) : largest(ours, n, n + 1);
        for (int t = 0; t < STEPS; t++) {
          assertThat(Math.abs(theirs[t][n] - (double) ours[t][n]))
              .as("%s, coordinate %s, step %s: %s", slice.block(), n, t, ours[t][n])
              .isLessThanOrEqualTo(TOLERANCE * scale);
        }
      }
    }
  }

  private static double largest(float[][] updates, int from, int to) {
    double largest = 0;
    for (float[] update : updates) {
      for (int n = from; n < to; n++) {
        largest = Math.max(largest, Math.abs(update[n]));
      }
    }
    return largest;
  }

  private static <S extends OptimizerState> float[][] ours(
      Optimizer<S> rule, Gradients gradients) {
    S state = rule.start(LAYOUT);
    float[][] updates = new float[STEPS][LAYOUT.size()];
    float[] moved = new float[LAYOUT.size()];
    for (int t = 0; t < STEPS; t++) {
      rule.update(Point.of(t, gradients.at(t, moved)), state, updates[t]);
      add(updates[t], moved);
    }
    return updates;
  }

  private static float[][] theirs(List<ExportedRule> rules, Gradients gradients)
      throws OrtException {
    List<RuntimeSession> sessions = RuntimeSession.ofBlocks(rules, LAYOUT);
    float[][] updates = new float[STEPS][LAYOUT.size()];
    float[] moved = new float[LAYOUT.size()];
    for (int t = 0; t < STEPS; t++) {
      float[] gradient = gradients.at(t, moved);
      for (int b = 0; b < sessions.size(); b++) {
        Slice slice = LAYOUT.slices().get(b);
        float[] update = sessions.get(b).update(slice.of(gradient));
        System.arraycopy(update, 0, updates[t], slice.offset(), slice.size());
      }
      add(updates[t], moved);
    }
    for (RuntimeSession session : sessions) {
      session.close();
    }
    return updates;
  }

  private static void add(float[] update, float[] to) {
    for (int n = 0; n < to.length; n++) {
      to[n] += update[n];
    }
  }

  /// The first rule whose blocks a block is one of, as the exported rules say.
  static ExportedRule ruleOf(List<ExportedRule> rules, Block block) {
    return rules.stream()
        .filter(rule -> rule.blocks().map(filter -> filter.matches(block)).orElse(true))
        .findFirst()
        .orElseThrow();
  }

  static Map<String, Long> extents(Block block) {
    long rows = block.shape().size() < 2 ? 1 : block.shape().getFirst();
    return Map.of("N", (long) block.size(), "rows", rows, "columns", block.size() / rows);
  }
}
