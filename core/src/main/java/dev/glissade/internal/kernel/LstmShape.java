package dev.glissade.internal.kernel;

/// The shape of the network m and of its weights φ.
///
/// φ is one flat array. For each layer: `W[4H][in + H]` row-major, the rows in the order of the
/// gates i, j, f, o with H rows each, the columns first the layer's input and then its hidden
/// state; then `b[4H]`. After the layers, the linear output: `w[H]` (`w[I]` where L = 0) and one
/// bias.
///
/// @param layers L ≥ 0
/// @param hidden H ≥ 1
/// @param channels C ≥ 1, how many numbers the network is given for each coordinate
/// @param logSign p > 0 of the log/sign preprocessing, which makes two inputs of the first channel;
///   0 where that is an input as it is, like all others
/// @param outputScale s, finite
/// @param globalCells G, 0 to H: how many units of each layer, the first ones, are averaged over
///   all coordinates; 0 where L = 0
public record LstmShape(
    int layers, int hidden, int channels, float logSign, float outputScale, int globalCells) {

  /// Beyond that e⁻ᵖ is no normal `float`.
  private static final float MAX_LOG_SIGN = 80;

  public LstmShape {
    if (layers < 0 || hidden < 1) {
      throw new IllegalArgumentException(
          "need layers ≥ 0 and hidden ≥ 1, got %s and %s".formatted(layers, hidden));
    }
    if (channels < 1) {
      throw new IllegalArgumentException("channels must be >= 1, got " + channels);
    }
    if (!(logSign >= 0 && logSign <= MAX_LOG_SIGN)) {
      throw new IllegalArgumentException(
          "p must be between 0 and %s, got %s".formatted(MAX_LOG_SIGN, logSign));
    }
    if (!Float.isFinite(outputScale)) {
      throw new IllegalArgumentException("the output scale must be finite, got " + outputScale);
    }
    if (globalCells < 0 || globalCells > (layers == 0 ? 0 : hidden)) {
      throw new IllegalArgumentException(
          "global cells must be from 0 to %s, got %s"
              .formatted(layers == 0 ? 0 : hidden, globalCells));
    }
  }

  /// The shape of a network without global cells.
  public LstmShape(int layers, int hidden, int channels, float logSign, float outputScale) {
    this(layers, hidden, channels, logSign, outputScale, 0);
  }

  /// The shape of a network that is given the gradient alone.
  public LstmShape(int layers, int hidden, float logSign, float outputScale) {
    this(layers, hidden, 1, logSign, outputScale);
  }

  /// The number I of inputs per coordinate.
  public int inputs() {
    return logSign > 0 ? channels + 1 : channels;
  }

  /// The number of inputs of a layer, its hidden state not counted; of the output for `layer == L`.
  public int inputsOf(int layer) {
    return layer == 0 ? inputs() : hidden;
  }

  /// The offset of the matrix W of a layer inside φ; that of `w` of the output for `layer == L`.
  public int weightsOffset(int layer) {
    int offset = 0;
    for (int l = 0; l < layer; l++) {
      offset += 4 * hidden * (inputsOf(l) + hidden + 1);
    }
    return offset;
  }

  /// The offset of the bias b of a layer inside φ; that of the output's for `layer == L`.
  public int biasOffset(int layer) {
    int rows = inputsOf(layer) + hidden;
    return weightsOffset(layer) + (layer == layers ? inputsOf(layer) : 4 * hidden * rows);
  }

  /// The length of φ, such as 5,061 for L = 2, H = 20, I = 1.
  public int size() {
    return biasOffset(layers) + 1;
  }
}
