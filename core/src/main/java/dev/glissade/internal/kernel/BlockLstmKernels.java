package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.Lanes.PARTIALS;
import static dev.glissade.internal.kernel.LstmState.BLOCK;

import dev.glissade.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The fast kernels, on the JDK's Vector API: a block of coordinates at a time, vector lanes across
/// coordinates, weights broadcast.
///
/// Forward, a layer is three passes over rows that stay in the cache: the product W[x; h] + b, the
/// exponentials of all gates, and what remains of the cell's equations. Backward, a block runs its
/// steps again with all activations kept in a trace that about fits in the second-level cache, and
/// goes back through them; every few steps it multiplies out their weight gradient, whose sums stay
/// in registers for these steps of a tile. Unrolls too long for that are cut into segments that
/// start from checkpoints; memory hardly grows with T, and not with N.
///
/// Results do not depend on the number of threads: chunks of blocks are fixed by N alone, and their
/// weight gradients are added in the order of the chunks.
public final class BlockLstmKernels implements LstmKernels {

  /// The number of blocks that make one task of the forward pass.
  private static final int FORWARD_TASK = 8;

  /// The number of blocks that make a chunk of the backward pass worth its reduction; there are
  /// [#MAX_CHUNKS] at most.
  private static final int MIN_CHUNK = 4;

  private static final int MAX_CHUNKS = 16;

  private final LstmShape shape;
  private final Loops.Source source;
  private final Tiles tiles;
  private final PackedWeights weights;
  private final BlockLayout layout;
  private final StateRows blockState;

  /// Kernels with these weights φ, which are copied, made of these loops.
  BlockLstmKernels(LstmShape shape, float[] weights, Loops.Source source) {
    this.shape = shape;
    this.source = source;
    this.tiles = source.tiles();
    this.weights = new PackedWeights(shape, weights, tiles);
    this.layout = new BlockLayout(shape, tiles);
    this.blockState = StateRows.ofBlock(shape);
  }

  /// Kernels on the JDK's Vector API, with weights φ, which are copied.
  public static BlockLstmKernels vector(LstmShape shape, float[] weights) {
    return new BlockLstmKernels(shape, weights, Loops.OfVectors.fitting());
  }

  /// Kernels in plain Java, with weights φ, which are copied.
  public static BlockLstmKernels portable(LstmShape shape, float[] weights) {
    return new BlockLstmKernels(shape, weights, new Loops.Portable());
  }

  @Override
  public String implementationName() {
    return source.name();
  }

  @Override
  public void forward(float[] channels, LstmState state, float[] update) {
    int blocks = blocks(state.coordinates());
    int tasks = (blocks + FORWARD_TASK - 1) / FORWARD_TASK;
    if (tasks == 1 || Workers.count() == 1) {
      forwardBlocks(0, blocks, channels, state, update);
    } else {
      Workers.run(
          tasks,
          task ->
              forwardBlocks(
                  task * FORWARD_TASK,
                  Math.min(blocks, (task + 1) * FORWARD_TASK),
                  channels,
                  state,
                  update));
    }
  }

  private static int blocks(int coordinates) {
    return (coordinates + BLOCK - 1) / BLOCK;
  }

  private void forwardBlocks(int from, int to, float[] channels, LstmState state, float[] update) {
    Workspace work = Workspace.get(layout);
    for (int block = from; block < to; block++) {
      int first = block * BLOCK;
      int count = Math.min(BLOCK, state.coordinates() - first);
      for (int c = 0; c < shape.channels(); c++) {
        int row = layout.channels + c * BLOCK;
        System.arraycopy(channels, c * state.coordinates() + first, work.rows, row, count);
        work.clear(row + count, BLOCK - count);
      }
      Loops loops = source.get(work, count);
      int values = block * LstmState.blockSize(shape);
      forwardBlock(loops, state.values(), values, work.rows);
      System.arraycopy(work.rows, layout.lambda, update, first, count);
      clearPadding(state.values(), values, count);
    }
  }

  /// Keeps the states of lanes that no coordinate uses at zero: loops may pass them by.
  private void clearPadding(float[] state, int from, int count) {
    int to = from + LstmState.blockSize(shape);
    for (int row = from; count < BLOCK && row < to; row += BLOCK) {
      Arrays.fill(state, row + count, row + BLOCK, 0);
    }
  }

  /// Makes one step of one block; the channels and the update are rows of the workspace.
  private void forwardBlock(Loops loops, float[] state, int from, float[] rows) {
    int h = shape.hidden();
    preprocess(loops, rows, layout.inputs[0]);
    for (int layer = 0; layer < shape.layers(); layer++) {
      int hidden = from + blockState.hidden()[layer];
      int cell = from + blockState.cell()[layer];
      int gates = layout.gates[layer];
      System.arraycopy(state, hidden, rows, layout.state.hidden()[layer], h * BLOCK);
      gates(loops, layer, rows, layout.inputs[layer], gates);
      loops.lanes().cells(rows, gates, state, cell, h);
      loops.lanes().exponentials(rows, gates, h);
      int output = gates + 3 * h * BLOCK;
      loops.lanes().hidden(rows, gates, output, layout.inputs[layer + 1], state, hidden, h);
    }
    int top = layout.inputs[shape.layers()];
    loops.lanes().output(weights.output, rows, top, shape.inputsOf(shape.layers()), layout.lambda);
  }

  private void preprocess(Loops loops, float[] rows, int x) {
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
    loops.tiles().multiply(weights.gates[layer], tiles.down(4 * h), rows, x, inputs, gates);
    loops.lanes().exponentials(rows, gates, 4 * h);
  }

  @Override
  public void backward(
      LstmState start,
      float[][] channels,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient,
      @Nullable LstmState stateGradient,
      float @Nullable [] channelGradient) {
    LiveCoordinates live =
        stateGradient == null && channelGradient == null
            ? LiveCoordinates.of(coordinates, gradients, multipliers)
            : LiveCoordinates.all(coordinates, multipliers.length - 1);
    int blocks = blocks(live.coordinates().length);
    int chunks = Math.clamp(blocks / MIN_CHUNK, 1, MAX_CHUNKS);
    float[] partials = Workspace.get(layout).partials(chunks * shape.size()); // [chunks][φ]
    Unrolled unroll =
        new Unrolled(start, channels, gradients, multipliers, live, stateGradient, channelGradient);
    Workers.run(
        chunks,
        chunk -> {
          Workspace work = Workspace.get(layout);
          work.clear(layout.sums, layout.sumsSize);
          int to = (int) ((chunk + 1L) * blocks / chunks);
          for (int block = (int) ((long) chunk * blocks / chunks); block < to; block++) {
            backwardBlock(unroll, block * BLOCK, work);
          }
          reduce(work.rows, partials, chunk * shape.size());
        });
    for (int chunk = 0; chunk < chunks; chunk++) {
      for (int i = 0; i < weightGradient.length; i++) {
        weightGradient[i] += partials[chunk * weightGradient.length + i];
      }
    }
  }

  /// The arguments of [#backward], and what it goes back through.
  @SuppressWarnings("ArrayRecordComponent") // the arguments of one call
  private record Unrolled(
      LstmState start,
      float[][] channels,
      float[][] gradients,
      float[] multipliers,
      LiveCoordinates live,
      @Nullable LstmState stateGradient,
      float @Nullable [] channelGradient) {

    int[] coordinates() {
      return live.coordinates();
    }

    /// How many steps matter to the block of coordinates from `first` on.
    int steps(int first) {
      return live.steps()[first];
    }

    /// How many coordinates there are from `first` on, a block at most.
    int count(int first) {
      return Math.min(BLOCK, coordinates().length - first);
    }

    /// Copies the values from `offset` on at up to a block of coordinates, then zeros.
    void gather(float[] values, int offset, int first, float[] rows, int row) {
      int count = count(first);
      for (int i = 0; i < count; i++) {
        rows[row + i] = values[offset + coordinates()[first + i]];
      }
      Arrays.fill(rows, row + count, row + BLOCK, 0);
    }

    /// Hands out the derivatives by the state before the unroll and by the first channels.
    void deliver(int first, BlockLayout layout, float[] rows) {
      int count = count(first);
      if (stateGradient != null) {
        layout.stateDerivative.scatter(rows, stateGradient, coordinates(), first, count);
      }
      if (channelGradient != null) {
        for (int i = 0; i < count; i++) {
          deliver(coordinates()[first + i], rows, layout.below[0] + i, channelGradient);
        }
      }
    }

    private void deliver(int coordinate, float[] rows, int x, float[] derivative) {
      LstmShape shape = start.shape();
      float p = shape.logSign();
      int own = p > 0 ? x + BLOCK : x; // the derivative by channel c lies at own + c * BLOCK, but …
      for (int c = 0; c < shape.channels(); c++) {
        derivative[c * start.coordinates() + coordinate] = rows[own + c * BLOCK];
      }
      if (p > 0) { // … the first channel became two inputs
        derivative[coordinate] =
            Preprocess.backward(p, channels[0][coordinate], rows[x], rows[x + BLOCK]);
      }
    }
  }

  /// Adds what the coordinates `first` … of the list contribute to the sums of the workspace.
  private void backwardBlock(Unrolled unroll, int first, Workspace work) {
    int steps = unroll.steps(first);
    int segments = layout.segments(steps);
    int size = LstmState.blockSize(shape);
    StateRows state = layout.state;
    float[] rows = work.rows;
    work.reserveCheckpoints((segments - 1) * size);
    work.clear(layout.derivatives, layout.derivativesSize);
    int count = unroll.count(first);
    Loops loops = source.get(work, count);
    state.gather(unroll.start, blockState, unroll.coordinates(), first, count, rows);
    if (unroll.stateGradient != null) {
      layout.stateDerivative.gather(
          unroll.stateGradient, blockState, unroll.coordinates(), first, count, rows);
    }
    for (int s = 0; s < segments - 1; s++) {
      state.copy(rows, 0, blockState, work.checkpoints, s * size);
      int length = record(loops, unroll, s, first, rows);
      state.copy(rows, length * layout.stride, state, rows, 0);
    }
    for (int s = segments - 1; s >= 0; s--) {
      if (s < segments - 1) {
        blockState.copy(work.checkpoints, s * size, state, rows, 0);
      }
      record(loops, unroll, s, first, rows);
      goBack(loops, unroll, s, first, rows);
    }
    unroll.deliver(first, layout, rows);
  }

  /// Runs the steps of a segment, from the state at the start of the trace.
  ///
  /// @return how many steps these are
  private int record(Loops loops, Unrolled unroll, int segment, int first, float[] rows) {
    int from = layout.segmentStart(segment, unroll.steps(first));
    int to = layout.segmentStart(segment + 1, unroll.steps(first));
    for (int t = from; t < to; t++) {
      for (int c = 0; c < shape.channels(); c++) {
        int offset = c * unroll.start.coordinates();
        unroll.gather(unroll.channels[t], offset, first, rows, layout.channels + c * BLOCK);
      }
      recordStep(loops, rows, (t - from) * layout.stride);
    }
    return to - from;
  }

  private void recordStep(Loops loops, float[] rows, int step) {
    int h = shape.hidden();
    preprocess(loops, rows, step + layout.inputs[0]);
    for (int layer = 0; layer < shape.layers(); layer++) {
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
  }

  /// Goes back through the steps of a segment that has been recorded.
  private void goBack(Loops loops, Unrolled unroll, int segment, int first, float[] rows) {
    int from = layout.segmentStart(segment, unroll.steps(first));
    int to = layout.segmentStart(segment + 1, unroll.steps(first));
    for (int t = to - 1; t >= from; t--) {
      unroll.gather(unroll.gradients[t + 1], 0, first, rows, layout.channels);
      loops.lanes().addScaled(unroll.multipliers[t + 1], rows, layout.channels, layout.lambda);
      boolean toState = t > 0 || unroll.stateGradient != null;
      boolean toChannels = t == 0 && unroll.channelGradient != null;
      stepBack(loops, rows, (t - from) * layout.stride, toState, toChannels);
      if ((t - from) % layout.together == 0) {
        addWeightGradients(loops, t - from, Math.min(layout.together, to - t), rows);
      }
    }
  }

  private void stepBack(Loops loops, float[] rows, int step, boolean toState, boolean toChannels) {
    int h = shape.hidden();
    int layers = shape.layers();
    loops
        .lanes()
        .outputBackward(
            weights.output,
            rows,
            step + layout.inputs[layers],
            shape.inputsOf(layers),
            layout.lambda,
            layout.below[layers],
            layout.outputSums);
    for (int layer = layers - 1; layer >= 0; layer--) {
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
      if (layer > 0 || toChannels) {
        int in = shape.inputsOf(layer);
        multiplyTransposed(
            loops, weights.inputBackward[layer], in, rows, gates, layout.below[layer]);
      }
    }
  }

  private void multiplyTransposed(
      Loops loops, float[] packed, int count, float[] rows, int dz, int to) {
    loops.tiles().multiply(packed, tiles.down(count), rows, dz, 4 * shape.hidden(), to);
  }

  /// Adds the contributions to the weight gradient of some steps in the trace, which have not left
  /// the cache yet.
  private void addWeightGradients(Loops loops, int first, int steps, float[] rows) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      addWeightGradient(loops, layer, first * layout.stride, steps, rows);
    }
  }

  /// Adds dz·[x; h]ᵀ and dz of the steps from one on to the sums.
  private void addWeightGradient(Loops loops, int layer, int step, int steps, float[] rows) {
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
  private void reduce(float[] rows, float[] weightGradient, int w) {
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
