package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LstmState.BLOCK;

import dev.glissade.Workers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way back of [BlockLstmKernels] through one unroll where cells are averaged over all
/// coordinates.
///
/// The derivative by an average, handed on to what it was made of, is the average of the
/// derivatives. So this, too, goes step by step and layer by layer over all blocks, and each pass
/// adds up the derivatives by the global cells below.
///
/// With the states before and after a step at hand each layer can be recorded by itself. So those
/// of all steps are needed.
final class AveragedBackward {

  /// The number of blocks that make a chunk: its sums, half a megabyte, are copied in and out for
  /// each pass. There are [#MAX_CHUNKS] at most.
  private static final int MIN_CHUNK = 64;

  private static final int MAX_CHUNKS = 16;

  private final LstmShape shape;
  private final Loops.Source source;
  private final BlockLayout layout;
  private final BlockPasses passes;
  private final float[][] channels; // [≥ T][C·N]
  private final float[][] gradients; // [T + 1][N]
  private final float[] multipliers; // [T + 1]
  private final boolean toState;
  private final float @Nullable [] channelGradient; // [C·N]

  private final List<LstmState> states; // T + 1
  private final LstmState derivative; // by the state after the step that comes next
  private final float[] lambda; // [N]
  private final float[][] sums; // [chunks][sumsSize], as in the layout
  private final Averages[] averages; // [L]: of the derivatives by what the layers give

  /// The way back through an unroll, whose steps are made again unless their states are given; all
  /// is as [LstmKernels#backward] has it.
  AveragedBackward(
      AveragedForward forward,
      List<LstmState> states,
      float[][] channels,
      float[][] gradients,
      float[] multipliers,
      @Nullable LstmState stateGradient,
      float @Nullable [] channelGradient) {
    this.shape = forward.shape();
    this.source = forward.source();
    this.layout = forward.layout();
    this.passes = forward.passes();
    this.channels = channels;
    this.gradients = gradients;
    this.multipliers = multipliers;
    this.toState = stateGradient != null;
    this.channelGradient = channelGradient;
    int coordinates = states.getFirst().coordinates();
    derivative = stateGradient != null ? stateGradient : LstmState.zero(shape, coordinates);
    lambda = new float[coordinates];
    int chunks = Math.clamp(derivative.blocks() / MIN_CHUNK, 1, MAX_CHUNKS);
    sums = new float[chunks][layout.sumsSize];
    averages = new Averages[shape.layers()];
    Arrays.setAll(averages, _ -> new Averages(chunks, shape.globalCells()));
    this.states =
        states.size() == multipliers.length
            ? states
            : made(forward, states.getFirst(), channels, multipliers.length - 1);
  }

  private static List<LstmState> made(
      AveragedForward forward, LstmState start, float[][] channels, int steps) {
    List<LstmState> states = Workspace.get(forward.layout()).states(start, steps + 1);
    float[] update = new float[start.coordinates()];
    for (int t = 0; t < steps; t++) {
      forward.step(channels[t], states.get(t), states.get(t + 1), update);
    }
    return states;
  }

  /// Goes back through all steps.
  ///
  /// @param weightGradient `float[φ]`, added to
  void run(float[] weightGradient) {
    int last = states.size() - 2;
    Workers.run(sums.length, new Pass(last, shape.layers())::run);
    for (int t = last; t >= 0; t--) {
      for (int layer = shape.layers() - 1; layer >= 0; layer--) {
        averages[layer].finish(lambda.length);
        Workers.run(sums.length, new Pass(t, layer)::run);
      }
    }
    Workspace work = Workspace.get(layout);
    float[] own = new float[weightGradient.length];
    for (float[] sum : sums) {
      System.arraycopy(sum, 0, work.rows, layout.sums, layout.sumsSize);
      passes.reduce(work.rows, own, 0);
      for (int i = 0; i < own.length; i++) {
        weightGradient[i] += own[i];
      }
    }
  }

  /// A pass over all blocks, through one layer of a step; that through the last layer goes on
  /// through the output of the step before, whose derivatives are added where those by the layer's
  /// state are at hand.
  private final class Pass {

    private final int t;
    private final int layer; // L for the output alone, with which all begins
    private final boolean isLast;
    private final int size = shape.hidden() * BLOCK;

    Pass(int t, int layer) {
      this.t = t;
      this.layer = layer;
      this.isLast = layer == shape.layers() - 1;
    }

    /// Goes through the blocks of a chunk, as many at a time as are multiplied out at once.
    void run(int chunk) {
      int blocks = derivative.blocks();
      int from = (int) ((long) chunk * blocks / sums.length);
      int to = (int) ((chunk + 1L) * blocks / sums.length);
      Workspace work = Workspace.get(layout);
      Loops loops = source.get(work, Math.min(BLOCK, lambda.length));
      int own = layout.sumsOf(layer);
      int length = layout.sumsOf(isLast ? layer + 2 : layer + 1) - own;
      System.arraycopy(sums[chunk], own - layout.sums, work.rows, own, length);
      for (int first = from; first < to; first += layout.together) {
        int end = Math.min(to, first + layout.together);
        for (int block = first; block < end; block++) {
          back(chunk, block, loops, work, (block - first) * layout.stride);
        }
        if (layer < shape.layers()) {
          passes.addWeightGradient(loops, layer, 0, end - first, work.rows);
        }
      }
      System.arraycopy(work.rows, own, sums[chunk], own - layout.sums, length);
    }

    private void back(int chunk, int block, Loops loops, Workspace work, int step) {
      float[] rows = work.rows;
      if (layer == shape.layers()) {
        int top = derivative.hiddenIndex(layer - 1, 0, block * BLOCK);
        System.arraycopy(states.get(t + 1).values(), top, rows, layout.inputs[layer], size);
        outputBack(t, block, loops, rows, layout.inputs[layer]);
      } else {
        record(block, loops, rows, step);
        layerBack(chunk, block, loops, work, step);
      }
      if (layer > 0) {
        int below = layout.stateDerivative.hidden()[layer - 1];
        int wide = derivative.hiddenIndex(layer - 1, 0, block * BLOCK);
        System.arraycopy(derivative.values(), wide, rows, below, size);
        passes.addRows(loops, rows, layout.below[layer], below);
        System.arraycopy(rows, below, derivative.values(), wide, size);
        BlockPasses.clearPadding(derivative.values(), wide, size, derivative.count(block));
        averages[layer - 1].add(chunk, derivative.values(), wide);
      }
    }

    /// Goes back through the output of a step.
    ///
    /// @param top rows of what it sees
    private void outputBack(int t, int block, Loops loops, float[] rows, int top) {
      int coordinates = lambda.length;
      BlockPasses.load(lambda, 0, coordinates, block, rows, layout.lambda);
      BlockPasses.load(gradients[t + 1], 0, coordinates, block, rows, layout.channels);
      loops.lanes().addScaled(multipliers[t + 1], rows, layout.channels, layout.lambda);
      System.arraycopy(rows, layout.lambda, lambda, block * BLOCK, derivative.count(block));
      passes.outputBackward(loops, rows, top);
    }

    /// Makes the layer's activations again, from the states before and after the step.
    private void record(int block, Loops loops, float[] rows, int step) {
      int hidden = derivative.hiddenIndex(layer, 0, block * BLOCK);
      if (layer == 0) {
        passes.loadChannels(channels[t], block, rows);
        passes.preprocess(loops, rows, step + layout.inputs[0]);
      } else {
        int below = derivative.hiddenIndex(layer - 1, 0, block * BLOCK);
        float[] after = states.get(t + 1).values();
        System.arraycopy(after, below, rows, step + layout.inputs[layer], size);
      }
      float[] before = states.get(t).values();
      System.arraycopy(before, hidden, rows, step + layout.state.hidden()[layer], size);
      System.arraycopy(before, hidden + size, rows, step + layout.state.cell()[layer], size);
      passes.record(loops, layer, rows, step);
    }

    private void layerBack(int chunk, int block, Loops loops, Workspace work, int step) {
      int count = derivative.count(block);
      float[] rows = work.rows;
      float[] values = derivative.values();
      int wide = derivative.hiddenIndex(layer, 0, block * BLOCK);
      int hidden = layout.stateDerivative.hidden()[layer];
      int cell = layout.stateDerivative.cell()[layer];
      System.arraycopy(values, wide, rows, hidden, size);
      System.arraycopy(values, wide + size, rows, cell, size);
      averages[layer].put(rows, hidden, count);
      work.clear(layout.below[layer + 1], size); // it is part of the derivative by h' already
      boolean toChannels = t == 0 && channelGradient != null;
      passes.back(loops, layer, rows, step, t > 0 || toState, layer > 0 || toChannels);
      if (isLast && t > 0) {
        outputBack(t - 1, block, loops, rows, step + layout.state.hidden()[layer]);
        passes.addRows(loops, rows, layout.below[layer + 1], hidden);
      }
      System.arraycopy(rows, hidden, values, wide, size);
      System.arraycopy(rows, cell, values, wide + size, size);
      BlockPasses.clearPadding(values, wide, 2 * size, count);
      if (isLast) {
        averages[layer].add(chunk, values, wide);
      }
      if (layer == 0 && t == 0 && channelGradient != null) {
        for (int lane = 0; lane < count; lane++) {
          passes.channelsBackward(rows, lane, channels[0], block * BLOCK + lane, channelGradient);
        }
      }
    }
  }
}
