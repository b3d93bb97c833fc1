package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LstmState.BLOCK;

import dev.glissade.Workers;

/// The forward pass of [BlockLstmKernels] where cells are averaged over all coordinates.
///
/// No block can run ahead of the others: a step is one pass over all blocks for each layer, and one
/// for the output. Each pass adds up the global cells that it computes, and puts the averages of
/// those of the layer below in their place.
record AveragedForward(
    LstmShape shape, Loops.Source source, BlockLayout layout, BlockPasses passes) {

  /// The number of blocks that make a part of a sum, and a task.
  private static final int PART = 8;

  /// Makes one step.
  ///
  /// @param from the state before it
  /// @param to receives the state after it; may be `from`
  void step(float[] channels, LstmState from, LstmState to, float[] update) {
    int blocks = from.blocks();
    int parts = (blocks + PART - 1) / PART;
    Averages averages = new Averages(parts, shape.globalCells());
    for (int layer = 0; layer <= shape.layers(); layer++) {
      Pass pass = new Pass(this, layer, averages, channels, from, to, update);
      Workers.run(parts, part -> pass.run(part, Math.min(blocks, (part + 1) * PART)));
      averages.finish(from.coordinates());
    }
  }

  /// A pass over all blocks.
  ///
  /// @param layer which; L for the output
  @SuppressWarnings("ArrayRecordComponent") // the arguments of one call
  private record Pass(
      AveragedForward forward,
      int layer,
      Averages averages,
      float[] channels,
      LstmState from,
      LstmState to,
      float[] update) {

    void run(int part, int end) {
      Workspace work = Workspace.get(forward.layout);
      Loops loops = forward.source.get(work, Math.min(BLOCK, from.coordinates()));
      for (int block = part * PART; block < end; block++) {
        run(part, block, loops, work.rows);
      }
    }

    private void run(int part, int block, Loops loops, float[] rows) {
      BlockLayout layout = forward.layout;
      BlockPasses passes = forward.passes;
      int size = forward.shape.hidden() * BLOCK;
      int count = from.count(block);
      if (layer == 0) {
        passes.loadChannels(channels, block, rows);
        passes.preprocess(loops, rows, layout.inputs[0]);
      } else {
        int below = to.hiddenIndex(layer - 1, 0, block * BLOCK);
        averages.put(to.values(), below, count);
        System.arraycopy(to.values(), below, rows, layout.inputs[layer], size);
      }
      if (layer == forward.shape.layers()) {
        passes.output(loops, rows);
        System.arraycopy(rows, layout.lambda, update, block * BLOCK, count);
        return;
      }
      int hidden = to.hiddenIndex(layer, 0, block * BLOCK);
      int cell = hidden + size;
      System.arraycopy(from.values(), hidden, rows, layout.state.hidden()[layer], size);
      System.arraycopy(from.values(), cell, to.values(), cell, size);
      passes.forward(loops, layer, rows, to.values(), hidden, cell);
      BlockPasses.clearPadding(to.values(), hidden, 2 * size, count);
      averages.add(part, to.values(), hidden);
    }
  }
}
