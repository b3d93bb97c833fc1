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
/// derivatives. So all blocks go back side by side, in waves ([Wave]), and each wave adds up the
/// derivatives by the global cells that the next one needs.
///
/// With the states before and after a step at hand each layer can be recorded by itself. So those
/// of all steps are needed.
final class AveragedBackward {

  /// The number of blocks that make a chunk: its sums, a third of a megabyte, are copied in and out
  /// for each wave. There are [#MAX_CHUNKS] at most.
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
  private final int steps; // T
  private final LstmState derivative; // by each layer's state after the step that comes next
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
    this.steps = multipliers.length - 1;
    int coordinates = states.getFirst().coordinates();
    derivative = stateGradient != null ? stateGradient : LstmState.zero(shape, coordinates);
    lambda = new float[coordinates];
    int chunks = Math.clamp(derivative.blocks() / MIN_CHUNK, 1, MAX_CHUNKS);
    sums = new float[chunks][layout.sumsSize];
    averages = new Averages[shape.layers()];
    Arrays.setAll(averages, _ -> new Averages().of(chunks, shape.globalCells()));
    this.states =
        states.size() == steps + 1 ? states : made(forward, states.getFirst(), channels, steps);
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
    for (int t = steps - 1; t >= -shape.layers(); t--) {
      for (Averages each : averages) {
        each.finish(lambda.length);
      }
      Workers.run(sums.length, new Wave(t)::run);
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

  /// A pass over all blocks: through the output of a step, through the last layer of the step after
  /// it, through the layer below of the step after that, and so on, as far as there are such steps.
  ///
  /// A layer's h' is seen by the layer above in the same step, and by the layer itself in the next.
  /// Both are in the same wave, so all that comes to it comes in one; and a block's memory is
  /// walked through once for all layers.
  private final class Wave {

    private final int outputStep;
    private final int size = shape.hidden() * BLOCK;

    Wave(int outputStep) {
      this.outputStep = outputStep;
    }

    /// The step of a layer in this wave; of the output for L.
    private int step(int layer) {
      return outputStep + shape.layers() - layer;
    }

    private boolean has(int layer) {
      return step(layer) >= 0 && step(layer) < steps;
    }

    /// Goes through the blocks of a chunk, as many at a time as are multiplied out at once: they
    /// lie side by side in the trace, where a block alone has its steps.
    void run(int chunk) {
      int blocks = derivative.blocks();
      int from = (int) ((long) chunk * blocks / sums.length);
      int to = (int) ((chunk + 1L) * blocks / sums.length);
      Workspace work = Workspace.get(layout);
      Loops loops = source.get(work, Math.min(BLOCK, lambda.length));
      System.arraycopy(sums[chunk], 0, work.rows, layout.sums, layout.sumsSize);
      for (int first = from; first < to; first += layout.together) {
        int end = Math.min(to, first + layout.together);
        for (int block = first; block < end; block++) {
          back(chunk, block, loops, work, (block - first) * layout.stride);
        }
        for (int layer = 0; layer < shape.layers(); layer++) {
          if (has(layer)) {
            passes.addWeightGradient(loops, layer, 0, end - first, work.rows);
          }
        }
      }
      System.arraycopy(work.rows, layout.sums, sums[chunk], 0, layout.sumsSize);
    }

    /// Goes through a block, whose place in the trace is given; from the lowest layer up, because a
    /// record leaves h' where the layer above sees it.
    private void back(int chunk, int block, Loops loops, Workspace work, int place) {
      for (int layer = 0; layer < shape.layers(); layer++) {
        if (has(layer) || has(layer + 1)) {
          load(layer, block, work.rows);
        }
        if (has(layer)) {
          record(layer, block, loops, work.rows, place);
          layerBack(layer, block, loops, work, place);
        }
      }
      if (has(shape.layers())) {
        outputBack(block, loops, work.rows, place);
      }
      for (int layer = 0; layer < shape.layers(); layer++) {
        if (has(layer + 1)) {
          int hidden = layout.stateDerivative.hidden()[layer];
          passes.addRows(loops, work.rows, layout.below[layer + 1], hidden);
        }
        if (has(layer) || has(layer + 1)) {
          store(chunk, layer, block, work.rows);
        }
      }
    }

    private void load(int layer, int block, float[] rows) {
      int wide = derivative.hiddenIndex(layer, 0, block * BLOCK);
      float[] values = derivative.values();
      System.arraycopy(values, wide, rows, layout.stateDerivative.hidden()[layer], size);
      System.arraycopy(values, wide + size, rows, layout.stateDerivative.cell()[layer], size);
    }

    private void store(int chunk, int layer, int block, float[] rows) {
      int wide = derivative.hiddenIndex(layer, 0, block * BLOCK);
      float[] values = derivative.values();
      System.arraycopy(rows, layout.stateDerivative.hidden()[layer], values, wide, size);
      System.arraycopy(rows, layout.stateDerivative.cell()[layer], values, wide + size, size);
      BlockPasses.clearPadding(values, wide, 2 * size, derivative.count(block));
      averages[layer].add(chunk, values, wide);
    }

    /// Makes a layer's activations again, from the states before and after its step.
    private void record(int layer, int block, Loops loops, float[] rows, int place) {
      int t = step(layer);
      int hidden = derivative.hiddenIndex(layer, 0, block * BLOCK);
      if (layer == 0) {
        passes.loadChannels(channels[t], block, rows);
        passes.preprocess(loops, rows, place + layout.inputs[0]);
      } else {
        int below = derivative.hiddenIndex(layer - 1, 0, block * BLOCK);
        float[] after = states.get(t + 1).values();
        System.arraycopy(after, below, rows, place + layout.inputs[layer], size);
      }
      float[] before = states.get(t).values();
      System.arraycopy(before, hidden, rows, place + layout.state.hidden()[layer], size);
      System.arraycopy(before, hidden + size, rows, place + layout.state.cell()[layer], size);
      passes.record(loops, layer, rows, place);
    }

    private void layerBack(int layer, int block, Loops loops, Workspace work, int place) {
      float[] rows = work.rows;
      int t = step(layer);
      int count = derivative.count(block);
      boolean toChannels = layer == 0 && t == 0 && channelGradient != null;
      averages[layer].put(rows, layout.stateDerivative.hidden()[layer], count);
      work.clear(layout.below[layer + 1], size); // it is part of the derivative by h' already
      passes.back(loops, layer, rows, place, t > 0 || toState, layer > 0 || toChannels);
      if (toChannels && channelGradient != null) {
        for (int lane = 0; lane < count; lane++) {
          passes.channelsBackward(rows, lane, channels[0], block * BLOCK + lane, channelGradient);
        }
      }
    }

    /// Goes back through the output, which sees the last layer's h before the step that follows.
    private void outputBack(int block, Loops loops, float[] rows, int place) {
      int last = shape.layers() - 1;
      int top = place + layout.state.hidden()[last];
      if (!has(last)) {
        float[] end = states.get(steps).values();
        System.arraycopy(end, derivative.hiddenIndex(last, 0, block * BLOCK), rows, top, size);
      }
      int t = outputStep;
      BlockPasses.load(lambda, 0, lambda.length, block, rows, layout.lambda);
      BlockPasses.load(gradients[t + 1], 0, lambda.length, block, rows, layout.channels);
      loops.lanes().addScaled(multipliers[t + 1], rows, layout.channels, layout.lambda);
      System.arraycopy(rows, layout.lambda, lambda, block * BLOCK, derivative.count(block));
      passes.outputBackward(loops, rows, top);
    }
  }
}
