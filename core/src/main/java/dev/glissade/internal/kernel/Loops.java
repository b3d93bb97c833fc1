package dev.glissade.internal.kernel;

/// The loops over one block of coordinates.
record Loops(Lanes lanes, Tiles tiles) {

  /// Which loops kernels are made of.
  sealed interface Source {

    /// The name, for reports.
    String name();

    /// The tiles in which weights are packed.
    Tiles tiles();

    /// The loops for a block in which so many lanes are in use, in a thread's workspace.
    Loops get(Workspace work, int count);
  }

  /// Loops that use vectors: the same for all threads, over whole blocks always.
  record OfVectors(Loops loops) implements Source {

    /// Those with the tiles that fit this processor.
    static OfVectors fitting() {
      return of(VectorTiles.fitting());
    }

    static OfVectors of(VectorTiles tiles) {
      return new OfVectors(new Loops(new VectorLanes(), tiles));
    }

    /// The name, with the size of the vectors.
    static String describe() {
      return "vector " + VectorLanes.describe();
    }

    @Override
    public String name() {
      return describe();
    }

    @Override
    public Tiles tiles() {
      return loops.tiles;
    }

    @Override
    public Loops get(Workspace work, int count) {
      return loops;
    }
  }

  /// Loops in plain Java, which keep a thread's memory.
  record Portable(Tiles tiles) implements Source {

    static final String NAME = "portable";

    Portable() {
      this(new PortableTiles(LstmState.BLOCK));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Loops get(Workspace work, int count) {
      return work.portable(count);
    }
  }
}
