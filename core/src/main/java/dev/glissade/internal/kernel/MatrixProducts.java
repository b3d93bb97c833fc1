package dev.glissade.internal.kernel;

/// Products of matrices in [Panels], on one thread.
///
/// In which order the terms of an element are added does not depend on the width of vectors, so
/// that the bits of a product do not either.
public sealed interface MatrixProducts permits PlainProducts, VectorProducts {

  /// Where a product takes fewer multiplications, vectors gain nothing, and in a JVM that has just
  /// started they lose much: they are slow until they are compiled.
  int SMALL = 4_000;

  /// The fastest products that this JVM offers for matrices of such a size.
  ///
  /// @param multiplications how many a product takes
  static MatrixProducts create(long multiplications) {
    return multiplications < SMALL || !VectorSupport.isFast()
        ? new PlainProducts()
        : new VectorProducts();
  }

  /// A zero matrix in the panels that these products take.
  Panels zero(int rows, int columns);

  /// Computes c = a·b.
  ///
  /// @param c overwritten
  void multiply(Panels a, Panels b, Panels c);

  /// Computes c = aᵀ·b, which must be symmetric: one half is computed, and mirrored.
  ///
  /// @param c overwritten
  void multiplySymmetric(Panels a, Panels b, Panels c);
}
