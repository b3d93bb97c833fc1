package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LstmState.BLOCK;

import java.util.Arrays;

/// The places where the states of one block lie in an array of rows.
///
/// @param units H
/// @param hidden per layer, the first of the H rows of h: `int[L]`
/// @param cell per layer, the first of the H rows of c: `int[L]`
@SuppressWarnings("ArrayRecordComponent") // inside this package only, and never changed
record StateRows(int units, int[] hidden, int[] cell) {

  /// The places in a block of [LstmState].
  static StateRows ofBlock(LstmShape shape) {
    int h = shape.hidden();
    int[] hidden = new int[shape.layers()];
    int[] cell = new int[shape.layers()];
    for (int layer = 0; layer < hidden.length; layer++) {
      hidden[layer] = layer * 2 * h * BLOCK;
      cell[layer] = hidden[layer] + h * BLOCK;
    }
    return new StateRows(h, hidden, cell);
  }

  /// Copies a whole block from one array to another, or within one.
  void copy(float[] from, int offset, StateRows target, float[] to, int targetOffset) {
    for (int layer = 0; layer < hidden.length; layer++) {
      int length = units * BLOCK;
      System.arraycopy(
          from, offset + hidden[layer], to, targetOffset + target.hidden[layer], length);
      System.arraycopy(from, offset + cell[layer], to, targetOffset + target.cell[layer], length);
    }
  }

  /// Reads the states of `coordinates[first]` … into the lanes of `rows`; what remains of the block
  /// becomes zero.
  ///
  /// @param block [#ofBlock] of the state's shape
  void gather(
      LstmState state, StateRows block, int[] coordinates, int first, int count, float[] rows) {
    if (isWholeBlock(coordinates, first, count)) {
      int from = state.hiddenIndex(0, 0, coordinates[first]);
      block.copy(state.values(), from, this, rows, 0);
      return;
    }
    for (int layer = 0; layer < hidden.length; layer++) {
      Arrays.fill(rows, hidden[layer], hidden[layer] + units * BLOCK, 0);
      Arrays.fill(rows, cell[layer], cell[layer] + units * BLOCK, 0);
      for (int lane = 0; lane < count; lane++) {
        int h = state.hiddenIndex(layer, 0, coordinates[first + lane]);
        int c = state.cellIndex(layer, 0, coordinates[first + lane]);
        for (int u = 0; u < units; u++) {
          rows[hidden[layer] + u * BLOCK + lane] = state.values()[h + u * BLOCK];
          rows[cell[layer] + u * BLOCK + lane] = state.values()[c + u * BLOCK];
        }
      }
    }
  }

  /// Writes the lanes of `rows` to the states of `coordinates[first]` …
  void scatter(float[] rows, LstmState state, int[] coordinates, int first, int count) {
    for (int layer = 0; layer < hidden.length; layer++) {
      for (int lane = 0; lane < count; lane++) {
        int h = state.hiddenIndex(layer, 0, coordinates[first + lane]);
        int c = state.cellIndex(layer, 0, coordinates[first + lane]);
        for (int u = 0; u < units; u++) {
          state.values()[h + u * BLOCK] = rows[hidden[layer] + u * BLOCK + lane];
          state.values()[c + u * BLOCK] = rows[cell[layer] + u * BLOCK + lane];
        }
      }
    }
  }

  private static boolean isWholeBlock(int[] coordinates, int first, int count) {
    return count == BLOCK
        && coordinates[first] % BLOCK == 0
        && coordinates[first + BLOCK - 1] == coordinates[first] + BLOCK - 1;
  }
}
