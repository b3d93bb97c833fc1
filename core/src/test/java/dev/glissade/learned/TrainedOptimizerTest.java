package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.file.JsonObject;
import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.file.Safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A learned optimizer survives its file bit for bit; a file that holds another thing is refused.
class TrainedOptimizerTest {

  private static final Lstm NETWORK = new Lstm(2, 3, new Preprocessing.LogSign(7.5), 0.1);
  private static final JsonObject HISTORY = JsonObject.empty().with("problem", "quadratic");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void loadsWhatItSavedBitForBit(int layers) throws IOException {
    Lstm network = new Lstm(layers, 4, new Preprocessing.Identity(), 1.0 / 3);
    float[] weights = network.initialWeights(3);
    Path file = folder.resolve("o.safetensors");
    TrainedOptimizer saved = new TrainedOptimizer(network, weights, HISTORY);
    saved.save(file);

    TrainedOptimizer loaded = TrainedOptimizer.load(file);
    assertThat(loaded.architecture()).isEqualTo(network);
    assertThat(loaded.weights()).containsExactly(weights);
    assertThat(loaded.history()).isEqualTo(HISTORY);
    assertThat(loaded).isEqualTo(saved).hasSameHashCodeAs(saved);
  }

  @Test
  void hasTheParameterCountsOfThePaper() {
    assertThat(Lstm.forQuadratics().layout().size()).isEqualTo(5061);
    assertThat(Lstm.forNetworks().layout().size()).isEqualTo(5141);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void refusesAnotherNumberOfWeights(int more) {
    float[] weights = new float[NETWORK.layout().size() + more];
    assertThatThrownBy(() -> new TrainedOptimizer(NETWORK, weights, HISTORY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LSTM 2 × 3 has 160 weights, got " + weights.length);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesWeightsThatAreNotFinite(float bad) throws IOException {
    float[] weights = NETWORK.initialWeights(3);
    weights[11] = bad;
    assertThatThrownBy(() -> new TrainedOptimizer(NETWORK, weights, HISTORY))
        .hasMessageContaining("must have finite weights");

    Path file = folder.resolve("o.safetensors");
    Safetensors good = good();
    Map<String, Tensor> tensors = new LinkedHashMap<>(good.tensors());
    tensors.put("lstm0/weights", Tensor.of(List.of(12, 5), Arrays.copyOf(weights, 60)));
    new Safetensors(good.metadata(), tensors).write(file);
    assertThatThrownBy(() -> TrainedOptimizer.load(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'lstm0/weights' has weights that are NaN or infinite");
  }

  /// What is given and what is asked for is not what is kept.
  @Test
  void keepsItsWeightsToItself() {
    float[] weights = NETWORK.initialWeights(3);
    float[] before = weights.clone();
    TrainedOptimizer trained = new TrainedOptimizer(NETWORK, weights, HISTORY);
    weights[0]++;
    trained.weights()[1]++;
    trained.weightsFor(NETWORK)[2]++;
    assertThat(trained.weights()).containsExactly(before);
  }

  private static Safetensors good() {
    return new TrainedOptimizer(NETWORK, NETWORK.initialWeights(3), HISTORY).toSafetensors();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kind | \"gru\" | architecture: unknown architecture 'gru'; known: corrected, grouped,"
            + " hopping, lstm",
        "kind | 3 | architecture: 'kind' must be a text of one line, got 3",
        "layers | 3 | 8 tensors expected for this architecture, found 6",
        "hidden | 4 | tensor 'lstm0/weights' of F32[16, 6] expected, found F32[12, 5]",
        "hidden | 100000000 | hidden must be from 1 to 256",
        "hidden | \"many\" | 'hidden' must be a whole number, got \"many\"",
        "hidden | null | 'hidden' is missing",
        "inputs | \"squared\" | preprocessing must be 'identity', 'log-sign:P', 'adam-like:BETA'"
            + " or 'log-sign:P+adam-like:BETA', each with '+time' or without, got 'squared'",
        "inputs | \"identity\" | tensor 'lstm0/weights' of F32[12, 4] expected",
        "outputScale | 0.0 | outputScale must be finite and not 0",
      })
  void refusesAnotherArchitecture(String key, String value, String message) throws IOException {
    JsonObject wrong = JsonObject.parse("{\"%s\": %s}".formatted(key, value));
    String text = NETWORK.toJson().toString();
    JsonObject lacking =
        JsonObject.parse(
            text.replaceFirst("\"%s\":[^,}]+".formatted(key), "\"%s\":null".formatted(key)));
    assertRefused("architecture", lacking.plus(wrong).toString(), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format | something/1 | holds no learned optimizer of this version",
        "architecture | {\"kind | its metadata have no readable 'architecture'",
        "history | [] | its metadata have no readable 'history': a JSON object is expected"
      })
  void refusesOtherMetadata(String key, String value, String message) throws IOException {
    assertRefused(key, value, message);
  }

  private void assertRefused(String key, String value, String message) throws IOException {
    Path file = folder.resolve("o.safetensors");
    JsonObject metadata = good().metadata().with(key, value);
    new Safetensors(metadata, good().tensors()).write(file);
    assertThatThrownBy(() -> TrainedOptimizer.load(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesAFileOfOtherTensors() throws IOException {
    Path file = folder.resolve("vgg.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv1", Tensor.of(List.of(1), new float[1]));
    new Safetensors(JsonObject.empty(), tensors).write(file);
    assertThatThrownBy(() -> TrainedOptimizer.load(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("holds no learned optimizer");
  }
}
