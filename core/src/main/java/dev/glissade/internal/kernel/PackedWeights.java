package dev.glissade.internal.kernel;

/// φ in the orders in which the block kernels walk through it, those of [Tiles#pack].
final class PackedWeights {

  /// The weights W and b of each layer, with the factors of the exponentials and the forget gate's
  /// 1 folded in.
  final float[][] gates; // [L]: 4H rows

  /// The transposed columns of h of each layer's W, without a bias.
  final float[][] hiddenBackward; // [L]: H rows

  /// The transposed columns of x of each layer's W, without a bias.
  final float[][] inputBackward; // [L]: `in` rows

  /// The output's `w[H]` (`w[I]` where L = 0) and its bias, times the output scale.
  final float[] output;

  PackedWeights(LstmShape shape, float[] weights, Tiles tiles) {
    int layers = shape.layers();
    gates = new float[layers][];
    hiddenBackward = new float[layers][];
    inputBackward = new float[layers][];
    for (int layer = 0; layer < layers; layer++) {
      int in = shape.inputsOf(layer);
      gates[layer] = packGates(shape, weights, tiles, layer);
      inputBackward[layer] = packTransposed(shape, weights, tiles, layer, 0, in);
      hiddenBackward[layer] = packTransposed(shape, weights, tiles, layer, in, shape.hidden());
    }
    int from = shape.weightsOffset(layers);
    output = new float[shape.inputsOf(layers) + 1];
    for (int k = 0; k < output.length; k++) {
      output[k] = shape.outputScale() * weights[from + k];
    }
  }

  private static float[] packGates(LstmShape shape, float[] weights, Tiles tiles, int layer) {
    int h = shape.hidden();
    int columns = shape.inputsOf(layer) + h;
    float[] matrix = new float[4 * h * (columns + 1)];
    for (int row = 0; row < 4 * h; row++) {
      int gate = row / h;
      int to = row * (columns + 1);
      float bias = weights[shape.biasOffset(layer) + row];
      matrix[to] = factor(gate) * (gate == 2 ? bias + 1 : bias);
      for (int k = 0; k < columns; k++) {
        float weight = weights[shape.weightsOffset(layer) + row * columns + k];
        matrix[to + 1 + k] = factor(gate) * weight;
      }
    }
    return tiles.pack(matrix, 4 * h);
  }

  /// The factor that turns z into the exponent of 2: σ(z) = 1/(1 + e^(−z)), tanh z = (1 −
  /// e^(−2z))/(1 + e^(−2z)).
  private static float factor(int gate) {
    return gate == 1 ? -2 * Lanes.LOG2_E : -Lanes.LOG2_E;
  }

  /// Packs the columns `from` … `from + count` of W as rows.
  private static float[] packTransposed(
      LstmShape shape, float[] weights, Tiles tiles, int layer, int from, int count) {
    int rows = 4 * shape.hidden();
    int columns = shape.inputsOf(layer) + shape.hidden();
    float[] matrix = new float[count * (rows + 1)];
    for (int k = 0; k < count; k++) {
      for (int row = 0; row < rows; row++) {
        matrix[k * (rows + 1) + 1 + row] =
            weights[shape.weightsOffset(layer) + row * columns + from + k];
      }
    }
    return tiles.pack(matrix, count);
  }
}
