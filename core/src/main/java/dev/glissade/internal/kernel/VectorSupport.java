package dev.glissade.internal.kernel;

import java.util.function.IntToDoubleFunction;

/// Whether the Vector API makes kernels fast here: looked up once, and said once if it does not.
///
/// It takes the module, and a processor with fused multiply-add. Where that instruction is missing,
/// or switched off by `-XX:-UseFMA`, Java rounds each product by way of BigDecimal, and the vector
/// kernels are hundreds of times slower than the scalar ones, which do without.
final class VectorSupport {

  private static final String MODULE = "jdk.incubator.vector";

  private static final int CALLS = 64;

  /// How much slower than a·b + c an instruction may look before it is compiled.
  private static final double SLOWER = 20;

  /// Long enough to have a loop compiled.
  private static final long PATIENCE_NANOS = 20_000_000;

  /// Why there are no vector kernels, and what to do about it; empty if there are.
  static final String OBSTACLE = obstacle();

  private VectorSupport() {}

  static boolean isFast() {
    return OBSTACLE.isEmpty();
  }

  private static String obstacle() {
    String obstacle = "";
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      obstacle = "start with ./glissade, or add --add-modules=" + MODULE + " to java";
    } else if (!hasFma()) {
      obstacle =
          "this processor has no fused multiply-add (FMA), or -XX:-UseFMA hides it: where a virtual"
              + " machine hides it, pass the host's processor through";
    }
    if (!obstacle.isEmpty()) {
      System.getLogger(VectorSupport.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "The LSTM kernels run without vector instructions, many times slower: " + obstacle);
    }
    return obstacle;
  }

  /// Times it, as no interface of Java's says: microseconds where there is the instruction.
  private static boolean hasFma() {
    long start = System.nanoTime();
    double fused = Double.POSITIVE_INFINITY;
    double plain = Double.POSITIVE_INFINITY;
    do {
      plain = Math.min(plain, nanos(i -> 1.1f * i + 0.3f));
      fused = Math.min(fused, nanos(i -> Math.fma(1.1f, i, 0.3f)));
    } while (fused > SLOWER * plain && System.nanoTime() - start < PATIENCE_NANOS);
    return fused <= SLOWER * plain;
  }

  private static double nanos(IntToDoubleFunction function) {
    double sum = 0;
    long start = System.nanoTime();
    for (int i = 1; i <= CALLS; i++) {
      sum += function.applyAsDouble(i);
    }
    // A sum of positive numbers: that it is used keeps the loop alive.
    return sum > 0 ? Math.max(1, System.nanoTime() - start) : Double.POSITIVE_INFINITY;
  }
}
