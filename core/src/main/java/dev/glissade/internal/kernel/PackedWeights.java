package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.Tiles.TILE;

/// φ in the orders in which the vector kernels walk through it.
///
/// Rows come in tiles of [Tiles#TILE], for [Tiles#multiply]; zero rows fill up the last one.
final class PackedWeights {

  /// The weights W and b of each layer, with the factors of the exponentials and the forget gate's
  /// 1 folded in.
  final float[][] gates; // [L][tiles of 4H rows]

  /// The transposed columns of h of each layer's W, without a bias.
  final float[][] hiddenBackward; // [L][tiles of H rows]

  /// The transposed columns of x of each layer's W, without a bias.
  final float[][] inputBackward; // [L][tiles of in rows]

  /// The output's `w[H]` (`w[I]` where L = 0) and its bias, times the output scale.
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
    float[] packed = new float[Tiles.count(4 * h) * TILE * (columns + 1)];
    for (int row = 0; row < 4 * h; row++) {
      int gate = row / h;
      int to = row / TILE * TILE * (columns + 1) + row % TILE;
      float bias = weights[shape.biasOffset(layer) + row];
      packed[to] = factor(gate) * (gate == 2 ? bias + 1 : bias);
      for (int k = 0; k < columns; k++) {
        float weight = weights[shape.weightsOffset(layer) + row * columns + k];
        packed[to + TILE * (k + 1)] = factor(gate) * weight;
      }
    }
    return packed;
  }

  /// The factor that turns z into the exponent of 2: σ(z) = 1/(1 + e^(−z)), tanh z = (1 −
  /// e^(−2z))/(1 + e^(−2z)).
  private static float factor(int gate) {
    return gate == 1 ? -2 * Lanes.LOG2_E : -Lanes.LOG2_E;
  }

  /// Packs the columns `from` … `from + count` of W as rows.
  private static float[] packTransposed(
      LstmShape shape, float[] weights, int layer, int from, int count) {
    int rows = 4 * shape.hidden();
    int columns = shape.inputsOf(layer) + shape.hidden();
    float[] packed = new float[Tiles.count(count) * TILE * (rows + 1)];
    for (int k = 0; k < count; k++) {
      int to = k / TILE * TILE * (rows + 1) + k % TILE;
      for (int row = 0; row < rows; row++) {
        packed[to + TILE * (row + 1)] =
            weights[shape.weightsOffset(layer) + row * columns + from + k];
      }
    }
    return packed;
  }
}
