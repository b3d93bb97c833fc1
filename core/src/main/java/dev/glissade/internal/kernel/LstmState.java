package dev.glissade.internal.kernel;

import dev.glissade.OptimizerState;
import java.util.List;

/// The hidden and cell states of all coordinates, in blocks of [#BLOCK] coordinates: a structure of
/// arrays inside each block, so that vector lanes run across coordinates.
///
/// @param shape of the network
/// @param coordinates N
/// @param values `float[ceil(N / BLOCK)][L][2: h, c][H][BLOCK]`, flat; the last block is padded
@SuppressWarnings("ArrayRecordComponent") // live, as states are
public record LstmState(LstmShape shape, int coordinates, float[] values)
    implements OptimizerState {

  /// The number of coordinates in a block: four vectors of 512 bits.
  public static final int BLOCK = 64;

  /// The zero state of N coordinates.
  public static LstmState zero(LstmShape shape, int coordinates) {
    int size = Math.toIntExact((long) blocks(coordinates) * blockSize(shape));
    return new LstmState(shape, coordinates, new float[size]);
  }

  /// The number of blocks of so many coordinates.
  static int blocks(int coordinates) {
    return (int) ((coordinates + BLOCK - 1L) / BLOCK);
  }

  /// The number of blocks.
  int blocks() {
    return blocks(coordinates);
  }

  /// The number of coordinates in a block.
  int count(int block) {
    return Math.min(BLOCK, coordinates - block * BLOCK);
  }

  /// The number of floats in one block of states.
  public static int blockSize(LstmShape shape) {
    return shape.layers() * 2 * shape.hidden() * BLOCK;
  }

  /// The index in [#values] of the hidden state of (layer, unit) of a coordinate.
  public int hiddenIndex(int layer, int unit, int coordinate) {
    int block = coordinate / BLOCK;
    return block * blockSize(shape)
        + (layer * 2 * shape.hidden() + unit) * BLOCK
        + coordinate % BLOCK;
  }

  /// The index in [#values] of the cell state of (layer, unit) of a coordinate.
  public int cellIndex(int layer, int unit, int coordinate) {
    return hiddenIndex(layer, unit, coordinate) + shape.hidden() * BLOCK;
  }

  /// The states of some coordinates, copied.
  ///
  /// @param indices of the coordinates, of which those from `from` on are taken
  public LstmState select(int[] indices, int from, int count) {
    LstmState selected = zero(shape, count);
    StateRows block = StateRows.ofBlock(shape);
    for (int first = 0; first < count; first += BLOCK) {
      float[] rows = new float[blockSize(shape)];
      block.gather(this, block, indices, from + first, Math.min(BLOCK, count - first), rows);
      block.copy(rows, 0, block, selected.values, first / BLOCK * blockSize(shape));
    }
    return selected;
  }

  @Override
  public List<float[]> arrays() {
    return List.of(values);
  }
}
