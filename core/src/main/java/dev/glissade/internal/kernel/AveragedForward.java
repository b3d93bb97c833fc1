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
    int parts = (from.blocks() + PART - 1) / PART;
    Averages averages = Workspace.get(layout).averages(parts, shape.globalCells());
    boolean alone = Workers.count() == 1;
    for (int i = 0; i <= shape.layers(); i++) {
      int layer = i;
      if (alone) { // without anything to allocate
        for (int part = 0; part < parts; part++) {
          pass(layer, part, averages, channels, from, to, update);
        }
      } else {
        Workers.run(parts, part -> pass(layer, part, averages, channels, from, to, update));
      }
      averages.finish(from.coordinates());
    }
  }

  /// Goes over the blocks of a part.
  ///
  /// @param layer through which; L for the output
  private void pass(
      int layer,
      int part,
      Averages averages,
      float[] channels,
      LstmState from,
      LstmState to,
      float[] update) {
    Workspace work = Workspace.get(layout);
    Loops loops = source.get(work, Math.min(BLOCK, from.coordinates()));
    int end = Math.min(from.blocks(), (part + 1) * PART);
    for (int block = part * PART; block < end; block++) {
      if (layer == 0) {
        passes.loadChannels(channels, block, work.rows);
        passes.preprocess(loops, work.rows, layout.inputs[0]);
      } else {
        int below = to.hiddenIndex(layer - 1, 0, block * BLOCK);
        averages.put(to.values(), below, to.count(block));
        System.arraycopy(to.values(), below, work.rows, layout.inputs[layer], size());
      }
      if (layer < shape.layers()) {
        move(layer, block, loops, work.rows, from, to);
        averages.add(part, to.values(), to.hiddenIndex(layer, 0, block * BLOCK));
      } else {
        passes.output(loops, work.rows);
        System.arraycopy(work.rows, layout.lambda, update, block * BLOCK, to.count(block));
      }
    }
  }

  /// Moves a layer of a block on, from what it sees.
  @SuppressWarnings("ReferenceEquality") // a state that is moved where it is need not be copied
  private void move(int layer, int block, Loops loops, float[] rows, LstmState from, LstmState to) {
    int hidden = to.hiddenIndex(layer, 0, block * BLOCK);
    int cell = hidden + size();
    System.arraycopy(from.values(), hidden, rows, layout.state.hidden()[layer], size());
    if (from != to) {
      System.arraycopy(from.values(), cell, to.values(), cell, size());
    }
    passes.forward(loops, layer, rows, to.values(), hidden, cell);
    BlockPasses.clearPadding(to.values(), hidden, 2 * size(), to.count(block));
  }

  /// The number of floats in the H rows of a block.
  private int size() {
    return shape.hidden() * BLOCK;
  }
}
