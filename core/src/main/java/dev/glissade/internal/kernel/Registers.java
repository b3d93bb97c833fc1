package dev.glissade.internal.kernel;

import java.util.Set;

/// How many vector registers the processor has: what no interface of Java's says, but the
/// architecture and the size of the vectors do.
final class Registers {

  private static final int FEW = 16;
  private static final int MANY = 32;

  /// The names of x86 with 64 bits, as Java has them.
  private static final Set<String> X86 = Set.of("amd64", "x86_64");

  /// The number here, for the vectors of [VectorLanes].
  static final int COUNT = count(System.getProperty("os.arch"), VectorLanes.FLOATS.vectorBitSize());

  private Registers() {}

  /// The number on an architecture, as `os.arch` names it. On x86 the second half came with the
  /// vectors of 512 bits (AVX-512); others that have vectors have 32 registers at any size (NEON
  /// and SVE, RISC-V).
  static int count(String architecture, int bits) {
    return X86.contains(architecture) && bits < 512 ? FEW : MANY;
  }
}
