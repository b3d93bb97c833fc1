package dev.glissade.torch.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.glissade.file.JsonObject;
import dev.glissade.file.Safetensors;
import dev.glissade.torch.Tensors;
import dev.glissade.torch.TestImages;
import dev.glissade.torch.data.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Feature networks against activations that were computed elsewhere, and files that are not right.
class FeatureNetworksTest {

  private static final double TOLERANCE = 1e-3; // relative, as the file of expectations says

  @TempDir Path folder;

  @Test
  void activationsOfTheNetworkThatShipsAreThoseOfPlainLoops() throws IOException {
    FeatureNetwork network =
        FeatureNetworks.DISTILLED.load(new DataFolder(Path.of("nowhere")), Pooling.MAX);
    int extent = network.minExtent();
    Map<String, double[]> expected = new PlainDistilled().activations(pattern(extent), extent);
    try (PointerScope _ = new PointerScope()) {
      Map<String, Tensor> found =
          network.activations(Tensors.of(pattern(extent), 1, 3, extent, extent), network.layers());
      assertThat(found).containsOnlyKeys(expected.keySet());
      found.forEach((layer, activation) ->
          compare(layer, values(activation), expected.getOrDefault(layer, new double[0])));
    }
  }

  private static void compare(String layer, float[] actual, double[] expected) {
    assertThat(actual).as(layer).hasSameSizeAs(expected);
    double largest = Arrays.stream(expected).max().orElse(0);
    assertThat(largest).as(layer).isPositive();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as("%s[%s]", layer, i)
          .isCloseTo(expected[i], within(1e-4 * largest));
    }
  }

  /// Those that ship, and those that are there, with the folder of the file of expectations.
  static Stream<Arguments> inPlace() {
    return Arrays.stream(FeatureNetworks.values())
        .flatMap(which ->
            which
                .dataSet()
                .map(TestImages::real)
                .orElse(Stream.of(new DataFolder(Path.of("nowhere"))))
                .map(folder -> Arguments.of(which, folder)));
  }

  static Stream<Arguments> downloads() {
    return inPlace().filter(arguments -> arguments.get()[0] != FeatureNetworks.DISTILLED);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("downloads")
  void activationsAreThoseOfAnIndependentImplementation(FeatureNetworks which, DataFolder data)
      throws IOException {
    Map<String, String> expected =
        flat(data.of(which.dataSet().orElseThrow()).resolve("expected_activations.json"));
    String prefix = "/cases/0";
    int extent = Integer.parseInt(expected.getOrDefault(prefix + "/N", ""));
    FeatureNetwork network = which.load(data, Pooling.MAX);
    try (PointerScope _ = new PointerScope()) {
      Map<String, Tensor> found =
          network.activations(Tensors.of(pattern(extent), 1, 3, extent, extent), network.layers());
      assertThat(found).hasSameSizeAs(network.layers());
      found.forEach((layer, activation) ->
          compare(prefix + "/activations/" + layer, values(activation), expected));
    }
  }

  private static void compare(String prefix, float[] actual, Map<String, String> expected) {
    double mean = 0;
    double max = 0;
    for (float value : actual) {
      mean += value / actual.length;
      max = Math.max(max, value);
    }
    assertClose(mean, number(expected, prefix + "/mean"));
    double largest = number(expected, prefix + "/max");
    assertClose(max, largest);
    String samples = prefix + "/samples/";
    List<String> keys = expected.keySet().stream().filter(key -> key.startsWith(samples)).toList();
    assertThat(keys).as(samples).hasSize(4);
    for (String key : keys) {
      int index = Integer.parseInt(key.substring(samples.length()));
      assertThat((double) actual[index])
          .as(key)
          .isCloseTo(number(expected, key), within(TOLERANCE * largest));
    }
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(TOLERANCE * Math.abs(expected)));
  }

  private static double number(Map<String, String> values, String key) {
    assertThat(values).containsKey(key);
    return Double.parseDouble(values.getOrDefault(key, ""));
  }

  private static float[] values(Tensor tensor) {
    float[] values = new float[(int) tensor.numel()];
    tensor.contiguous().data_ptr_float().get(values);
    return values;
  }

  /// The pattern of the file of expectations, `[3][extent][extent]`, from 0 to 1.
  private static float[] pattern(int extent) {
    float[] pixels = new float[3 * extent * extent];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % extent;
      int y = i / extent % extent;
      int c = i / (extent * extent);
      pixels[i] = (37 * c + 11 * y + 7 * x + 5 * (x * y % 13)) % 256 / 255f;
    }
    return pixels;
  }

  /// The scalars of a JSON file by their path.
  private static Map<String, String> flat(Path file) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      while (json.nextToken() != null) {
        JsonToken token = json.currentToken();
        if (token.isScalarValue()) {
          values.put(json.getParsingContext().pathAsPointer().toString(), json.getText());
        }
      }
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("inPlace")
  void theLayersOfNeuralArtExistAtTheSmallestExtent(FeatureNetworks which, DataFolder data)
      throws IOException {
    FeatureNetwork network = which.load(data, Pooling.AVERAGE);
    int extent = network.minExtent();
    float[] grey = new float[3 * extent * extent];
    try (PointerScope _ = new PointerScope()) {
      Tensor pixels = Tensors.of(grey, 1, 3, extent, extent);
      assertThat(network.activations(pixels, which.styleLayers()).keySet())
          .containsExactlyInAnyOrderElementsOf(which.styleLayers());
      assertThat(network.activations(pixels, List.of(which.contentLayer())))
          .containsOnlyKeys(which.contentLayer());
      assertThatThrownBy(() -> network.activations(pixels, List.of("relu9_1")))
          .hasMessageContaining("unknown layer 'relu9_1'");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "DISTILLED", mode = EnumSource.Mode.EXCLUDE)
  void missingWeightsAreNamedWithTheirFolder(FeatureNetworks which) {
    assertThatThrownBy(() -> which.load(new DataFolder(folder), Pooling.MAX))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the weights of %s are missing: put ".formatted(which.label()))
        .hasMessageContaining(".safetensors into " + folder.resolve(which.dataSet().orElseThrow()));
    assertThat(which.isInPlace(new DataFolder(folder))).isFalse();
  }

  @Test
  void theWeightsOfAnotherNetworkAreRefused() throws IOException {
    write(Map.of("conv1.weight", Safetensors.Tensor.of(List.of(64, 3, 5, 5), new float[4800])));
    assertThatThrownBy(this::load)
        .hasMessageContaining("squeezenet_v1.1_features.safetensors: conv1.weight has shape")
        .hasMessageContaining("[64, 3, 5, 5], expected [64, 3, 3, 3]")
        .hasMessageEndingWith("check it with ./glissade data verify");
    write(Map.of());
    assertThatThrownBy(this::load).hasMessageContaining("tensor 'conv1.weight' is missing");
  }

  @Test
  void weightsThatAreNoNumbersAreRefused() throws IOException {
    float[] weights = new float[64 * 27];
    weights[5] = Float.NaN;
    write(Map.of("conv1.weight", Safetensors.Tensor.of(List.of(64, 3, 3, 3), weights)));
    assertThatThrownBy(this::load).hasMessageContaining("conv1.weight holds NaN");
  }

  private void load() throws IOException {
    FeatureNetworks.SQUEEZENET.load(new DataFolder(folder), Pooling.MAX);
  }

  private void write(Map<String, Safetensors.Tensor> tensors) throws IOException {
    Path file = folder.resolve("squeezenet/squeezenet_v1.1_features.safetensors");
    Files.createDirectories(file.getParent());
    new Safetensors(JsonObject.empty(), tensors).write(file);
  }
}
