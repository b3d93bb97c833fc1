package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LstmState.BLOCK;

import dev.glissade.Workers;
import java.util.Arrays;
import java.util.List;
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
  private final BlockLayout layout;
  private final BlockPasses passes;
  private final StateRows blockState;
  private final AveragedForward averaged; // in use where there are global cells

  /// Kernels with these weights φ, which are copied, made of these loops.
  BlockLstmKernels(LstmShape shape, float[] weights, Loops.Source source) {
    this.shape = shape;
    this.source = source;
    this.layout = new BlockLayout(shape, source.tiles());
    this.passes = new BlockPasses(shape, weights, source.tiles(), layout);
    this.blockState = StateRows.ofBlock(shape);
    this.averaged = new AveragedForward(shape, source, layout, passes);
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
    if (shape.globalCells() > 0) {
      averaged.step(channels, state, state, update);
      return;
    }
    int blocks = state.blocks();
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

  private void forwardBlocks(int from, int to, float[] channels, LstmState state, float[] update) {
    Workspace work = Workspace.get(layout);
    for (int block = from; block < to; block++) {
      int count = state.count(block);
      passes.loadChannels(channels, block, work.rows);
      Loops loops = source.get(work, count);
      int values = block * LstmState.blockSize(shape);
      forwardBlock(loops, state.values(), values, work.rows);
      System.arraycopy(work.rows, layout.lambda, update, block * BLOCK, count);
      BlockPasses.clearPadding(state.values(), values, LstmState.blockSize(shape), count);
    }
  }

  /// Makes one step of one block; the channels and the update are rows of the workspace.
  private void forwardBlock(Loops loops, float[] state, int from, float[] rows) {
    passes.preprocess(loops, rows, layout.inputs[0]);
    for (int layer = 0; layer < shape.layers(); layer++) {
      int hidden = from + blockState.hidden()[layer];
      int cell = from + blockState.cell()[layer];
      int size = shape.hidden() * BLOCK;
      System.arraycopy(state, hidden, rows, layout.state.hidden()[layer], size);
      passes.forward(loops, layer, rows, state, hidden, cell);
    }
    passes.output(loops, rows);
  }

  @Override
  public void backward(
      List<LstmState> states,
      float[][] channels,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient,
      @Nullable LstmState stateGradient,
      float @Nullable [] channelGradient) {
    if (shape.globalCells() > 0) {
      new AveragedBackward(
              averaged, states, channels, gradients, multipliers, stateGradient, channelGradient)
          .run(weightGradient);
      return;
    }
    LiveCoordinates live =
        stateGradient == null && channelGradient == null
            ? LiveCoordinates.of(coordinates, gradients, multipliers)
            : LiveCoordinates.all(coordinates, multipliers.length - 1);
    int blocks = LstmState.blocks(live.coordinates().length);
    int chunks = Math.clamp(blocks / MIN_CHUNK, 1, MAX_CHUNKS);
    float[] partials = Workspace.get(layout).partials(chunks * shape.size()); // [chunks][φ]
    Unrolled unroll =
        new Unrolled(
            states.getFirst(),
            channels,
            gradients,
            multipliers,
            live,
            stateGradient,
            channelGradient);
    Workers.run(
        chunks,
        chunk -> {
          Workspace work = Workspace.get(layout);
          work.clear(layout.sums, layout.sumsSize);
          int to = (int) ((chunk + 1L) * blocks / chunks);
          for (int block = (int) ((long) chunk * blocks / chunks); block < to; block++) {
            backwardBlock(unroll, block * BLOCK, work);
          }
          passes.reduce(work.rows, partials, chunk * shape.size());
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
    void deliver(int first, BlockPasses passes, BlockLayout layout, float[] rows) {
      int count = count(first);
      if (stateGradient != null) {
        layout.stateDerivative.scatter(rows, stateGradient, coordinates(), first, count);
      }
      if (channelGradient != null) {
        for (int lane = 0; lane < count; lane++) {
          int coordinate = coordinates()[first + lane];
          passes.channelsBackward(rows, lane, channels[0], coordinate, channelGradient);
        }
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
    unroll.deliver(first, passes, layout, rows);
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
    passes.preprocess(loops, rows, step + layout.inputs[0]);
    for (int layer = 0; layer < shape.layers(); layer++) {
      passes.record(loops, layer, rows, step);
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
    passes.outputBackward(loops, rows, step + layout.inputs[shape.layers()]);
    for (int layer = shape.layers() - 1; layer >= 0; layer--) {
      passes.back(loops, layer, rows, step, toState, layer > 0 || toChannels);
    }
  }

  /// Adds the contributions to the weight gradient of some steps in the trace, which have not left
  /// the cache yet.
  private void addWeightGradients(Loops loops, int first, int steps, float[] rows) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      passes.addWeightGradient(loops, layer, first * layout.stride, steps, rows);
    }
  }
}
