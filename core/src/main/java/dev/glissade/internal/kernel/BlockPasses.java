package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.Lanes.PARTIALS;
import static dev.glissade.internal.kernel.LstmState.BLOCK;

import java.util.Arrays;

/// The passes over one layer of one block, in the rows of a [Workspace]: what [BlockLstmKernels],
/// [AveragedForward] and [AveragedBackward] are made of.
///
/// Where a step lies in the trace is told by its offset, `step`.
final class BlockPasses {

  private final LstmShape shape;
  private final Tiles tiles;
  private final PackedWeights weights;
  private final BlockLayout layout;

  /// Passes with these weights φ, which are copied.
  BlockPasses(LstmShape shape, float[] weights, Tiles tiles, BlockLayout layout) {
    this.shape = shape;
    this.tiles = tiles;
    this.weights = new PackedWeights(shape, weights, tiles);
    this.layout = layout;
  }

  /// Copies the channels of a block to their rows, and zeros behind them.
  ///
  /// @param channels `float[C][N]`, flat
  void loadChannels(float[] channels, int block, float[] rows) {
    int coordinates = channels.length / shape.channels();
    for (int c = 0; c < shape.channels(); c++) {
      load(channels, c * coordinates, coordinates, block, rows, layout.channels + c * BLOCK);
    }
  }

  /// Copies the values of a block, of `values[offset]` to `values[offset + coordinates - 1]`, to a
  /// row, and zeros behind them.
  static void load(float[] values, int offset, int coordinates, int block, float[] rows, int row) {
    int first = block * BLOCK;
    int count = Math.min(BLOCK, coordinates - first);
    System.arraycopy(values, offset + first, rows, row, count);
    Arrays.fill(rows, row + count, row + BLOCK, 0);
  }

  /// Sets the lanes that no coordinate uses to zero, in some rows: loops may pass them by.
  ///
  /// @param size of the rows, a multiple of `BLOCK`
  /// @param count how many lanes are in use
  static void clearPadding(float[] values, int from, int size, int count) {
    for (int row = from; count < BLOCK && row < from + size; row += BLOCK) {
      Arrays.fill(values, row + count, row + BLOCK, 0);
    }
  }

  /// Turns the channels into the inputs of the first layer.
  ///
  /// @param x rows that receive them
  void preprocess(Loops loops, float[] rows, int x) {
    float p = shape.logSign();
    if (p > 0) {
      loops.lanes().logarithms(rows, layout.channels, x);
      loops.lanes().logSign(p, rows, layout.channels, x);
    }
    int done = p > 0 ? 1 : 0;
    int size = (shape.channels() - done) * BLOCK;
    System.arraycopy(rows, layout.channels + done * BLOCK, rows, x + 2 * done * BLOCK, size);
  }

  /// Computes the exponentials of all gates of a layer, from what it sees.
  private void gates(Loops loops, int layer, float[] rows, int x, int gates) {
    int h = shape.hidden();
    int inputs = shape.inputsOf(layer) + h;
    loops.tiles().multiply(weights.gates[layer], 4 * h, rows, x, inputs, gates);
    loops.lanes().exponentials(rows, gates, 4 * h);
  }

  /// Makes one step of one layer, from what it sees in the first step of the trace.
  ///
  /// @param state whose rows from `hidden` on receive h', and in which those from `cell` on are
  ///   moved on
  void forward(Loops loops, int layer, float[] rows, float[] state, int hidden, int cell) {
    int h = shape.hidden();
    int gates = layout.gates[layer];
    gates(loops, layer, rows, layout.inputs[layer], gates);
    loops.lanes().cells(rows, gates, state, cell, h);
    loops.lanes().exponentials(rows, gates, h);
    int output = gates + 3 * h * BLOCK;
    loops.lanes().hidden(rows, gates, output, layout.inputs[layer + 1], state, hidden, h);
  }

  /// Computes the updates, which take the place of λ, from what the output sees in the first step
  /// of the trace.
  void output(Loops loops, float[] rows) {
    int top = layout.inputs[shape.layers()];
    loops.lanes().output(weights.output, rows, top, shape.inputsOf(shape.layers()), layout.lambda);
  }

  /// Makes one step of one layer in the trace, with all activations.
  void record(Loops loops, int layer, float[] rows, int step) {
    int h = shape.hidden();
    int gates = step + layout.gates[layer];
    int cell = step + layout.state.cell()[layer];
    int next = cell + layout.stride;
    int tanh = step + layout.tanhCells[layer];
    int above = step + layout.inputs[layer + 1];
    int hidden = step + layout.stride + layout.state.hidden()[layer];
    gates(loops, layer, rows, step + layout.inputs[layer], gates);
    loops.lanes().recordCells(rows, gates, cell, next, tanh, h);
    loops.lanes().exponentials(rows, tanh, h);
    loops.lanes().recordHidden(rows, tanh, gates + 3 * h * BLOCK, above, hidden, h);
  }

  /// Goes back from λ to what the output sees, and adds to the sums of the output's weights.
  ///
  /// @param top rows of what it sees
  void outputBackward(Loops loops, float[] rows, int top) {
    int layers = shape.layers();
    loops
        .lanes()
        .outputBackward(
            weights.output,
            rows,
            top,
            shape.inputsOf(layers),
            layout.lambda,
            layout.below[layers],
            layout.outputSums);
  }

  /// Goes back through one layer of a step that has been recorded.
  ///
  /// @param toState whether the derivative by h is asked for
  /// @param toInputs whether that by the inputs is
  void back(Loops loops, int layer, float[] rows, int step, boolean toState, boolean toInputs) {
    int h = shape.hidden();
    int gates = step + layout.gates[layer];
    int hidden = layout.stateDerivative.hidden()[layer];
    loops
        .lanes()
        .cellsBackward(
            rows,
            gates,
            step + layout.state.cell()[layer],
            step + layout.tanhCells[layer],
            hidden,
            layout.below[layer + 1],
            layout.stateDerivative.cell()[layer],
            h);
    if (toState) {
      multiplyTransposed(loops, weights.hiddenBackward[layer], h, rows, gates, hidden);
    }
    if (toInputs) {
      int in = shape.inputsOf(layer);
      multiplyTransposed(loops, weights.inputBackward[layer], in, rows, gates, layout.below[layer]);
    }
  }

  /// Adds the H rows from one on to those from another on.
  void addRows(Loops loops, float[] rows, int from, int to) {
    for (int row = 0; row < shape.hidden() * BLOCK; row += BLOCK) {
      loops.lanes().addScaled(1, rows, from + row, to + row);
    }
  }

  private void multiplyTransposed(
      Loops loops, float[] packed, int count, float[] rows, int dz, int to) {
    loops.tiles().multiply(packed, count, rows, dz, 4 * shape.hidden(), to);
  }

  /// Goes back from the derivatives by the inputs of one coordinate to those by its channels.
  ///
  /// @param lane of the coordinate in its block
  /// @param channels `float[C·N]`
  /// @param derivative receives them, `float[C·N]`
  void channelsBackward(
      float[] rows, int lane, float[] channels, int coordinate, float[] derivative) {
    int x = layout.below[0] + lane;
    int coordinates = channels.length / shape.channels();
    float p = shape.logSign();
    int own = p > 0 ? x + BLOCK : x; // the derivative by channel c lies at own + c * BLOCK, but …
    for (int c = 0; c < shape.channels(); c++) {
      derivative[c * coordinates + coordinate] = rows[own + c * BLOCK];
    }
    if (p > 0) { // … the first channel became two inputs
      derivative[coordinate] =
          Preprocess.backward(p, channels[coordinate], rows[x], rows[x + BLOCK]);
    }
  }

  /// Adds dz·[x; h]ᵀ and dz of the steps from one on to the sums.
  void addWeightGradient(Loops loops, int layer, int step, int steps, float[] rows) {
    int h = shape.hidden();
    int dz = step + layout.gates[layer];
    for (int row = 0; row < 4 * h; row += 4) {
      int bias = layout.biasSums[layer] + row * PARTIALS;
      loops.lanes().rowSums(rows, dz + row * BLOCK, layout.stride, steps, bias);
    }
    int x = step + layout.inputs[layer];
    int columns = shape.inputsOf(layer) + h;
    int sums = layout.weightSums[layer];
    loops.tiles().addOuterProducts(rows, dz, 4 * h, x, columns, layout.stride, steps, sums);
  }

  /// Adds up the partial sums, into the weight gradient from `w` on.
  void reduce(float[] rows, float[] weightGradient, int w) {
    int height = 4 * shape.hidden();
    for (int layer = 0; layer < shape.layers(); layer++) {
      int columns = shape.inputsOf(layer) + shape.hidden();
      int stride = tiles.sumStride(height, columns);
      int to = w + shape.weightsOffset(layer);
      for (int row = 0; row < height; row++) {
        for (int k = 0; k < columns; k++) {
          int sum = layout.weightSums[layer] + tiles.sum(height, columns, row, k);
          weightGradient[to++] = total(rows, sum, stride);
        }
      }
      for (int row = 0; row < height; row++) {
        weightGradient[to++] = total(rows, layout.biasSums[layer] + row * PARTIALS, 1);
      }
    }
    int to = w + shape.weightsOffset(shape.layers());
    for (int k = 0; k <= shape.inputsOf(shape.layers()); k++) {
      float sum = total(rows, layout.outputSums + k * PARTIALS, 1);
      weightGradient[to + k] = shape.outputScale() * sum;
    }
  }

  /// The sum of the partial sums of one element. Not `reduceLanes`: its order is not defined, so
  /// that compiled and interpreted code could differ.
  private static float total(float[] values, int from, int stride) {
    float even = 0;
    float odd = 0;
    for (int i = 0; i < PARTIALS; i += 2) {
      even += values[from + i * stride];
      odd += values[from + (i + 1) * stride];
    }
    return even + odd;
  }
}
