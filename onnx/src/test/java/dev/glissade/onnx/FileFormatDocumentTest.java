package dev.glissade.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/file-format.md`: its Python, as it stands there, gives our updates, and its table says
/// what can be exported.
class FileFormatDocumentTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern CODE = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

  private static final int STEPS = 30;
  private static final int COORDINATES = 26;

  @TempDir Path folder;

  private static String document() throws IOException {
    return Files.readString(ROOT.resolve("docs/file-format.md"));
  }

  private static String code(int index) throws IOException {
    List<MatchResult> blocks = CODE.matcher(document()).results().toList();
    assertThat(blocks).hasSize(3);
    return blocks.get(index).group(1);
  }

  static Stream<TrainedOptimizer> lstms() {
    return Stream.of(
        Pretrained.QUADRATIC.load(),
        Pretrained.MNIST.load(),
        TrainedRules.of(new Lstm(3, 5, Preprocessing.parse("log-sign:4"), -0.5)),
        TrainedRules.of(new Lstm(1, 5, Preprocessing.parse("log-sign:4"), 0.3, Lstm.Output.TANH)),
        TrainedRules.of(new Lstm(2, 5, Preprocessing.parse("log-sign:4"), -0.5).withGlobalCells(2)),
        TrainedRules.of(new Lstm(0, 5, Preprocessing.parse("log-sign:7"), 2)));
  }

  @ParameterizedTest
  @MethodSource("lstms")
  void twentyLinesOfNumpyGiveOurUpdates(TrainedOptimizer trained) throws Exception {
    Python.require("numpy");
    Path file = folder.resolve("optimizer.safetensors");
    Path in = folder.resolve("gradients");
    Path out = folder.resolve("updates");
    trained.save(file);
    float[][] gradients = gradients();
    write(in, gradients);
    String script =
        code(0)
            + """

            import sys
            lstm, weights = load(sys.argv[1])
            gradients, state = np.fromfile(sys.argv[2], "<f4").reshape(%s, -1).astype(float), {}
            updates = np.array([update(lstm, weights, gradient, state) for gradient in gradients])
            updates.astype("<f4").tofile(sys.argv[3])
            """
                .formatted(STEPS);
    Python.run(folder, folder, script, file, in, out);
    float[][] expected = updates(trained.optimizer(), gradients);
    float[][] found = read(out);
    for (int t = 0; t < STEPS; t++) {
      for (int n = 0; n < COORDINATES; n++) {
        assertThat((double) found[t][n])
            .as("step %s, coordinate %s", t, n)
            .isCloseTo(expected[t][n], offset(expected, n));
      }
    }
  }

  private static Offset<Double> offset(float[][] updates, int coordinate) {
    double largest = 0;
    for (float[] update : updates) {
      largest = Math.max(largest, Math.abs(update[coordinate]));
    }
    return Offset.offset(1e-5 * largest);
  }

  @Test
  void theCodeIsAboutTwentyLines() throws IOException {
    assertThat(code(0).lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(22);
  }

  @Test
  void theLinesThatUseItDescend() throws Exception {
    Python.require("numpy");
    String printed = Python.run(ROOT, folder, code(0) + code(1) + "print(abs(theta).max())");
    assertThat(Double.parseDouble(printed.strip())).isBetween(0.0, 0.01);
  }

  @ParameterizedTest
  @EnumSource(
      value = Pretrained.class,
      names = {"QUADRATIC", "DIGITS"})
  void theLinesForOnnxRuntimeDescend(Pretrained pretrained) throws Exception {
    Python.require("onnxruntime");
    for (ExportedRule rule : OnnxExport.of(pretrained.load(), "1.0")) {
      Files.write(folder.resolve("mnist.onnx"), rule.toBytes());
      String printed = Python.run(folder, folder, code(2) + "print(abs(theta).max())");
      assertThat(Double.parseDouble(printed.strip())).isBetween(0.0, 0.5);
    }
  }

  /// Such as `` | `digits` | `matrices`, `rest` | a matrix; a block | yes | ``.
  @ParameterizedTest
  @EnumSource
  void theTableSaysWhatCanBeExported(Pretrained pretrained) throws IOException {
    String row =
        document()
            .lines()
            .filter(line -> line.startsWith("| `%s` |".formatted(pretrained.label())))
            .findFirst()
            .orElseThrow();
    if (row.contains("cannot be exported")) {
      assertThatThrownBy(() -> OnnxExport.of(pretrained.load(), "1.0"))
          .isInstanceOf(IllegalArgumentException.class);
      return;
    }
    List<ExportedRule> rules = OnnxExport.of(pretrained.load(), "1.0");
    String files =
        rules.size() == 1
            ? "1"
            : String.join(", ", rules.stream().map(rule -> "`" + rule.group() + "`").toList());
    String takes =
        String.join("; ", rules.stream().map(FileFormatDocumentTest::takes).distinct().toList());
    boolean readsStep =
        rules.stream()
            .anyMatch(rule -> rule.inputs().stream().anyMatch(it -> it.name().equals("step")));
    assertThat(row)
        .isEqualTo(
            "| `%s` | %s | %s | %s |"
                .formatted(pretrained.label(), files, takes, readsStep ? "yes" : "–"));
  }

  private static String takes(ExportedRule rule) {
    boolean isMatrix = rule.inputs().getFirst().shape().size() == 2;
    return rule.coupling() == Coupling.COORDINATES
        ? "any coordinates"
        : isMatrix ? "a matrix" : "a block";
  }

  @Test
  void theKindsAreThoseOfFiles() throws IOException {
    for (Pretrained pretrained : Pretrained.values()) {
      Architecture<?> architecture = pretrained.load().architecture();
      assertThat(document()).contains("| `%s` | ".formatted(architecture.kind()));
    }
  }

  private static float[][] gradients() {
    Random random = new Random(2);
    float[][] gradients = new float[STEPS][COORDINATES];
    for (float[] gradient : gradients) {
      for (int n = 1; n < COORDINATES; n++) { // the first is 0
        gradient[n] = (float) (random.nextGaussian() * Math.pow(10, n % 13 - 8));
      }
    }
    return gradients;
  }

  private static <S extends OptimizerState> float[][] updates(
      Optimizer<S> rule, float[][] gradients) {
    S state = rule.start(ParameterLayout.of("all", COORDINATES));
    float[][] updates = new float[STEPS][COORDINATES];
    for (int t = 0; t < STEPS; t++) {
      rule.update(Point.of(t, gradients[t]), state, updates[t]);
    }
    return updates;
  }

  private static void write(Path file, float[][] rows) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(STEPS * COORDINATES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float value : row) {
        bytes.putFloat(value);
      }
    }
    Files.write(file, bytes.array());
  }

  private static float[][] read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[][] rows = new float[STEPS][COORDINATES];
    for (float[] row : rows) {
      bytes.asFloatBuffer().get(row);
      bytes.position(bytes.position() + COORDINATES * Float.BYTES);
    }
    return rows;
  }
}
