package dev.glissade.internal.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The memory in which one thread works, kept from call to call so that nothing is allocated.
final class Workspace {

  private static final ThreadLocal<Workspace> OF_THREAD = ThreadLocal.withInitial(Workspace::new);

  /// The array that [BlockLayout] describes. One array, so that all of it is aligned alike.
  float[] rows = {};

  /// The states of one block at the starts of the segments: `float[segments][blockSize]`.
  float[] checkpoints = {};

  /// The weight gradients of all chunks, `float[chunks][φ]`; those of the calling thread count.
  private float[] partials = {};

  /// The states after the steps of an unroll, where they are kept: `float[T][blocks·blockSize]`.
  private float[][] states = {};

  /// The averages of a step, whose threads are given those of the calling one.
  private final Averages averages = new Averages();

  private final PortableLanes lanes = new PortableLanes(LstmState.BLOCK);

  private final PortableTiles tiles = new PortableTiles(LstmState.BLOCK);

  private final Loops portable = new Loops(lanes, tiles);

  private Workspace() {}

  /// The workspace of the calling thread, large enough for a layout.
  static Workspace get(BlockLayout layout) {
    Workspace work = OF_THREAD.get();
    work.rows = grown(work.rows, layout.size);
    return work;
  }

  /// The portable loops for a block in which so many lanes are in use: over these alone where they
  /// are few. They are the same for all blocks that a thread works on, one after the other.
  Loops portable(int count) {
    int worked = count <= Lanes.PARTIALS ? count : LstmState.BLOCK;
    lanes.use(worked);
    tiles.use(worked);
    return portable;
  }

  void reserveCheckpoints(int size) {
    checkpoints = grown(checkpoints, size);
  }

  float[] partials(int size) {
    partials = grown(partials, size);
    return partials;
  }

  Averages averages(int parts, int cells) {
    return averages.of(parts, cells);
  }

  /// States for an unroll: its start, and room for so many, that included.
  List<LstmState> states(LstmState start, int count) {
    if (states.length < count) {
      int before = states.length;
      states = Arrays.copyOf(states, count);
      Arrays.fill(states, before, count, new float[0]);
    }
    List<LstmState> all = new ArrayList<>();
    all.add(start);
    for (int t = 1; t < count; t++) {
      states[t] = grown(states[t], start.values().length);
      all.add(new LstmState(start.shape(), start.coordinates(), states[t]));
    }
    return all;
  }

  /// Sets some of [#rows] to zero.
  void clear(int from, int size) {
    Arrays.fill(rows, from, from + size, 0);
  }

  private static float[] grown(float[] array, int size) {
    return array.length >= size ? array : new float[size];
  }
}
