package dev.glissade.app.cli;

import dev.glissade.file.JsonObject;
import dev.glissade.file.Safetensors;
import dev.glissade.file.Safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Random weights in the form of SqueezeNet's: pictures can be made with them, if not good ones.
final class FakeWeights {

  private static final int[] SQUEEZED = {16, 16, 32, 32, 48, 48, 64, 64}; // fire2 to fire9

  private FakeWeights() {}

  /// Writes them to a data folder.
  static void write(Path data) throws IOException {
    write(data, 64);
  }

  /// @param channels of the first layer; 64 are right
  static void write(Path data, int channels) throws IOException {
    RandomGenerator random = new SplittableRandom(1);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    add(tensors, random, "conv1", 3, channels, 3);
    int in = 64;
    for (int i = 0; i < SQUEEZED.length; i++) {
      String name = "fire" + (i + 2);
      int narrow = SQUEEZED[i];
      add(tensors, random, name + ".squeeze1x1", in, narrow, 1);
      add(tensors, random, name + ".expand1x1", narrow, 4 * narrow, 1);
      add(tensors, random, name + ".expand3x3", narrow, 4 * narrow, 3);
      in = 8 * narrow;
    }
    Path file = data.resolve("squeezenet/squeezenet_v1.1_features.safetensors");
    new Safetensors(JsonObject.empty(), tensors).write(file);
  }

  private static void add(
      Map<String, Tensor> tensors,
      RandomGenerator random,
      String name,
      int in,
      int out,
      int kernel) {
    float[] weights = new float[out * in * kernel * kernel];
    double deviation = Math.sqrt(2.0 / (in * kernel * kernel)); // keeps activations of one size
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian(0, deviation);
    }
    tensors.put(name + ".weight", Tensor.of(List.of(out, in, kernel, kernel), weights));
    tensors.put(name + ".bias", Tensor.of(List.of(out), new float[out]));
  }
}
