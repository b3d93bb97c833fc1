package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LstmState.BLOCK;

/// The places where everything lies while the block kernels work on one block: offsets into the one
/// array of a [Workspace]. Rows are `BLOCK` floats.
final class BlockLayout {

  /// The aim for the size of a trace: the paper's 20 steps of its network. Where the second-level
  /// cache has 1 MB, traces of half that size take longer, because of the segments.
  private static final int TRACE_BYTES = 1_800_000;

  /// The aim for what is multiplied out at once: what the second-level cache has not lost yet, also
  /// where a trace is more. It makes whole unrolls 3 to 5 % faster where that cache has 1 MB.
  private static final int PRODUCT_BYTES = 450_000;

  /// The offset of the first row. The elements of an array lie 16 bytes behind its header, so this
  /// puts rows on cache lines wherever large arrays are aligned (as in G1), which is worth 15 %.
  private static final int FIRST = 12;

  /// Offset of the channels, a row each; [#lambda] is that of a row of λ or of updates.
  final int channels;

  final int lambda;

  /// Derivatives by the inputs of each layer, rows `[in]`, filled up to whole tiles; by what the
  /// output sees for `below[L]`.
  final int[] below; // [L + 1]

  /// Derivatives by h and c.
  final StateRows stateDerivative;

  /// Offset of all derivatives, λ included; [#derivativesSize] is how many floats they are.
  final int derivatives;

  final int derivativesSize;

  /// Partial sums: of W, as [Tiles#sum] has them; of b, `[4H][PARTIALS]`; of the output, `[in +
  /// 1][PARTIALS]`.
  final int[] weightSums; // [L]

  final int[] biasSums; // [L]
  final int outputSums;

  /// Offset of all sums; [#sumsSize] is how many floats they are.
  final int sums;

  final int sumsSize;

  /// Trace: what each layer sees, the rows `[in: x][H: h]`; `inputs[L]` is what the output sees.
  final int[] inputs; // [L + 1]

  /// Trace: the gates, rows `[4: i, j, f, o][H]`; going backward, the derivatives by z.
  final int[] gates; // [L]

  /// Trace: h and c before the step; h is part of [#inputs].
  final StateRows state;

  /// Trace: tanh(c) after the step, rows `[H]`.
  final int[] tanhCells; // [L]

  /// Trace: from a row of one step to the same row of the next.
  final int stride;

  /// The most steps in a trace; longer unrolls are cut into segments.
  final int segment;

  /// The number of steps whose weight gradient is multiplied out at once.
  final int together;

  /// The number of floats in the whole array.
  final int size;

  private final Tiles tiles;

  /// The next free offset while the layout is made.
  private int next = FIRST;

  /// The layout for a shape, with these tiles.
  BlockLayout(LstmShape shape, Tiles tiles) {
    this.tiles = tiles;
    int layers = shape.layers();
    int h = shape.hidden();

    channels = take(shape.channels());
    derivatives = next;
    lambda = take(1);
    below = new int[layers + 1];
    stateDerivative = new StateRows(h, new int[layers], new int[layers]);
    for (int layer = 0; layer < layers; layer++) {
      below[layer] = takeTiles(shape.inputsOf(layer));
      stateDerivative.hidden()[layer] = takeTiles(h);
      stateDerivative.cell()[layer] = take(h);
    }
    below[layers] = take(Math.max(2, shape.inputsOf(layers)));
    derivativesSize = next - derivatives;

    sums = next;
    weightSums = new int[layers];
    biasSums = new int[layers];
    for (int layer = 0; layer < layers; layer++) {
      weightSums[layer] = takeFloats(tiles.sums(4 * h, shape.inputsOf(layer) + h));
      biasSums[layer] = takeFloats(4 * h * Lanes.PARTIALS);
    }
    outputSums = takeFloats((shape.inputsOf(layers) + 1) * Lanes.PARTIALS);
    sumsSize = next - sums;

    int trace = next;
    inputs = new int[layers + 1];
    gates = new int[layers];
    state = new StateRows(h, new int[layers], new int[layers]);
    tanhCells = new int[layers];
    for (int layer = 0; layer < layers; layer++) {
      inputs[layer] = take(shape.inputsOf(layer));
      state.hidden()[layer] = take(h);
      gates[layer] = takeTiles(4 * h);
      state.cell()[layer] = take(h);
      tanhCells[layer] = take(h);
    }
    inputs[layers] = take(shape.inputsOf(layers));
    // An odd number of rows: equal rows of successive steps then spread over all cache sets.
    stride = BLOCK * ((next - trace) / BLOCK | 1);
    int bytes = Float.BYTES * BLOCK * traceRows(shape);
    segment = Math.max(4, TRACE_BYTES / bytes - 1);
    together = Math.max(1, PRODUCT_BYTES / bytes);
    size = trace + stride * (segment + 1);
  }

  /// About how many rows a trace has for each step: the same for all tiles, because the order of
  /// sums goes by it.
  private static int traceRows(LstmShape shape) {
    int rows = shape.inputsOf(shape.layers()) + 1;
    for (int layer = 0; layer < shape.layers(); layer++) {
      rows += shape.inputsOf(layer) + 7 * shape.hidden();
    }
    return rows;
  }

  private int take(int rows) {
    int offset = next;
    next += rows * BLOCK;
    return offset;
  }

  private int takeFloats(int count) {
    return take((count + BLOCK - 1) / BLOCK);
  }

  private int takeTiles(int rows) {
    return take(tiles.down(rows) * tiles.height());
  }

  /// How many segments an unroll is cut into.
  int segments(int steps) {
    return (steps + segment - 1) / segment;
  }

  /// The first step of a segment; of one beyond the last, the number of steps.
  int segmentStart(int index, int steps) {
    return (int) ((long) index * steps / segments(steps));
  }
}
