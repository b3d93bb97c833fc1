package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.file.Safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
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

  private static final LstmConfiguration NETWORK =
      new LstmConfiguration(2, 3, new Preprocessing.LogSign(7.5), 0.1);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void loadsWhatItSavedBitForBit(int layers) throws IOException {
    LstmConfiguration network =
        new LstmConfiguration(layers, 4, new Preprocessing.Identity(), 1.0 / 3);
    float[] weights = new LstmOptimizer(network).initialWeights(3);
    Path file = folder.resolve("o.safetensors");
    new TrainedOptimizer(Architecture.of(network), weights, Map.of("problem", "quadratic"))
        .save(file);

    TrainedOptimizer loaded = TrainedOptimizer.load(file);
    assertThat(loaded.architecture()).isEqualTo(Architecture.of(network));
    assertThat(loaded.weights()).containsExactly(weights);
    assertThat(loaded.history()).isEqualTo(Map.of("problem", "quadratic"));
  }

  @Test
  void hasTheParameterCountsOfThePaper() {
    assertThat(new LstmOptimizer(LstmConfiguration.forQuadratics()).layout().size())
        .isEqualTo(5061);
    assertThat(new LstmOptimizer(LstmConfiguration.forNetworks()).layout().size()).isEqualTo(5141);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesWeightsThatAreNotFinite(float bad) throws IOException {
    Path file = folder.resolve("o.safetensors");
    float[] weights = new LstmOptimizer(NETWORK).initialWeights(3);
    weights[11] = bad;
    new TrainedOptimizer(Architecture.of(NETWORK), weights, Map.of()).save(file);
    assertThatThrownBy(() -> TrainedOptimizer.load(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'lstm0/weights' has weights that are NaN or infinite");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format | something/1 | holds no learned optimizer",
        "layers | 3 | 8 tensors expected for this architecture, found 6",
        "hidden | 4 | tensor 'lstm0/weights' of F32[16, 6] expected, found F32[12, 5]",
        "hidden | 100000000 | hidden must be from 1 to 256",
        "hidden | many | For input string",
        "preprocessing | squared | preprocessing must be 'identity', 'log-sign:P', 'adam-like:BETA'"
            + " or 'log-sign:P+adam-like:BETA', got 'squared'",
        "preprocessing | identity | tensor 'lstm0/weights' of F32[12, 4] expected",
        "outputScale | NaN | outputScale must be finite and not 0",
        "groups | conv | a group must be like 'conv=conv.*weights'",
        "groups | a=b | 12 tensors expected for this architecture, found 6"
      })
  void refusesAnotherArchitecture(String key, String value, String message) throws IOException {
    Path file = folder.resolve("o.safetensors");
    float[] weights = new LstmOptimizer(NETWORK).initialWeights(3);
    Safetensors good =
        new TrainedOptimizer(Architecture.of(NETWORK), weights, Map.of()).toSafetensors();
    Map<String, String> metadata = new HashMap<>(good.metadata());
    metadata.put(key, value);
    new Safetensors(metadata, good.tensors()).write(file);
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
    new Safetensors(Map.of(), tensors).write(file);
    assertThatThrownBy(() -> TrainedOptimizer.load(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("holds no learned optimizer");
  }
}
