package dev.glissade.torch.features;

import dev.glissade.file.Safetensors;
import dev.glissade.torch.internal.ShippedFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The distilled VGG-19 in plain loops: 1×1 without ReLU, then 3×3 convolutions over reflected
/// borders with ReLU, and the maximum of 2×2 between stages.
final class PlainDistilled {

  private static final int[] CONVOLUTIONS = {2, 2, 4, 4, 1};

  private final Safetensors weights;

  PlainDistilled() throws IOException {
    ShippedFile file = new ShippedFile("features/distilled.safetensors");
    weights = Safetensors.parse(file.path(), file.bytes());
  }

  /// An image by channels, rows and columns.
  @SuppressWarnings("ArrayRecordComponent") // never changed
  private record Image(int channels, int extent, double[] values) {
    double at(int c, int y, int x) {
      return values[(c * extent + reflect(y)) * extent + reflect(x)];
    }

    private int reflect(int i) {
      return i < 0 ? -i : i >= extent ? 2 * (extent - 1) - i : i;
    }
  }

  /// The activations of all layers by name.
  Map<String, double[]> activations(float[] pixels, int extent) {
    double[] values = new double[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i];
    }
    Map<String, double[]> found = new LinkedHashMap<>();
    Image x = convolve(new Image(3, extent, values), "conv0", 1, false);
    for (int stage = 1; stage <= CONVOLUTIONS.length; stage++) {
      if (stage > 1) {
        x = pool(x);
      }
      for (int i = 1; i <= CONVOLUTIONS[stage - 1]; i++) {
        x = convolve(x, "conv%s_%s".formatted(stage, i), 3, true);
        found.put("relu%s_%s".formatted(stage, i), x.values());
      }
    }
    return found;
  }

  private Image convolve(Image x, String name, int kernel, boolean relu) {
    float[] bias = weights.floats(name + ".bias");
    float[] weight = weights.floats(name + ".weight"); // [out][in][kernel][kernel]
    int n = x.extent();
    double[] y = new double[bias.length * n * n];
    for (int i = 0; i < y.length; i++) {
      int out = i / (n * n);
      double sum = bias[out];
      for (int j = 0; j < x.channels() * kernel * kernel; j++) {
        int in = j / (kernel * kernel);
        int row = i / n % n + j / kernel % kernel - kernel / 2;
        int column = i % n + j % kernel - kernel / 2;
        sum += weight[out * x.channels() * kernel * kernel + j] * x.at(in, row, column);
      }
      y[i] = relu ? Math.max(0, sum) : sum;
    }
    return new Image(bias.length, n, y);
  }

  private static Image pool(Image x) {
    int n = x.extent() / 2;
    double[] y = new double[x.channels() * n * n];
    for (int i = 0; i < y.length; i++) {
      int c = i / (n * n);
      int row = 2 * (i / n % n);
      int column = 2 * (i % n);
      y[i] =
          Math.max(
              Math.max(x.at(c, row, column), x.at(c, row, column + 1)),
              Math.max(x.at(c, row + 1, column), x.at(c, row + 1, column + 1)));
    }
    return new Image(x.channels(), n, y);
  }
}
