package dev.glissade.internal.kernel;

/// φ in the orders in which the vector kernels walk through it.
///
/// Rows come in tiles of four, for [Lanes#multiply]: forward, the four gates of a unit; backward,
/// four columns of W.
final class PackedWeights {

  /// The forward product of each layer, `float[L][H tiles]`, with the factors of the exponentials
  /// and the forget gate's 1 folded in.
  final float[][] gates;

  /// Wᵀ of each layer, the columns of h: `float[L][ceil(H / 4) tiles]`, without bias.
  final float[][] hiddenBackward;

  /// Wᵀ of each layer, the columns of x: `float[L][ceil(in / 4) tiles]`, without bias.
  final float[][] inputBackward;

  /// `w[H]` (`w[I]` where L = 0) and the bias, times the output scale.
  final float[] output;

  PackedWeights(LstmShape shape, float[] weights) {
    int layers = shape.layers();
    gates = new float[layers][];
    hiddenBackward = new float[layers][];
    inputBackward = new float[layers][];
    for (int layer = 0; layer < layers; layer++) {
      int in = shape.inputsOf(layer);
      gates[layer] = packGates(shape, weights, layer);
      inputBackward[layer] = packTransposed(shape, weights, layer, 0, in);
      hiddenBackward[layer] = packTransposed(shape, weights, layer, in, shape.hidden());
    }
    int from = shape.weightsOffset(layers);
    output = new float[shape.inputsOf(layers) + 1];
    for (int k = 0; k < output.length; k++) {
      output[k] = shape.outputScale() * weights[from + k];
    }
  }

  private static float[] packGates(LstmShape shape, float[] weights, int layer) {
    int h = shape.hidden();
    int columns = shape.inputsOf(layer) + h;
    float[] packed = new float[4 * h * (columns + 1)];
    int p = 0;
    for (int u = 0; u < h; u++) {
      for (int g = 0; g < 4; g++) {
        float bias = weights[shape.biasOffset(layer) + g * h + u];
        packed[p++] = factor(g) * (g == 2 ? bias + 1 : bias);
      }
      for (int k = 0; k < columns; k++) {
        for (int g = 0; g < 4; g++) {
          int row = g * h + u;
          packed[p++] = factor(g) * weights[shape.weightsOffset(layer) + row * columns + k];
        }
      }
    }
    return packed;
  }

  /// What turns z into the exponent of 2: σ(z) = 1/(1 + e^(−z)), tanh z = (1 − e^(−2z))/(1 +
  /// e^(−2z)).
  private static float factor(int gate) {
    return gate == 1 ? -2 * Lanes.LOG2_E : -Lanes.LOG2_E;
  }

  /// Columns `from` … `from + count` of W as rows, zero rows filling up the last tile.
  private static float[] packTransposed(
      LstmShape shape, float[] weights, int layer, int from, int count) {
    int h = shape.hidden();
    int columns = shape.inputsOf(layer) + h;
    int tiles = (count + 3) / 4;
    float[] packed = new float[tiles * 4 * (4 * h + 1)];
    for (int k = 0; k < count; k++) {
      int tile = k / 4 * 4 * (4 * h + 1);
      for (int r = 0; r < 4 * h; r++) {
        packed[tile + 4 + 4 * r + k % 4] =
            weights[shape.weightsOffset(layer) + r * columns + from + k];
      }
    }
    return packed;
  }
}
