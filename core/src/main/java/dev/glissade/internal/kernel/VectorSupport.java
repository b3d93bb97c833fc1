package dev.glissade.internal.kernel;

/// Which kernels are the fastest here: looked up once, and said once if they are not those that use
/// the Vector API.
///
/// These take a module; without it the portable kernels serve. Both want a processor with fused
/// multiply-add. Where that instruction is missing, or switched off by `-XX:-UseFMA`, Java rounds
/// each product by way of BigDecimal, and they are hundreds of times slower than the scalar ones,
/// which do without.
enum VectorSupport {
  VECTOR("", ""),

  PORTABLE(
      "without the Vector API, some four times slower",
      "start with ./glissade, or add --add-modules=jdk.incubator.vector to java"),

  SCALAR(
      "without vector instructions, many times slower",
      "this processor has no fused multiply-add (FMA), or -XX:-UseFMA hides it: where a virtual"
          + " machine hides it, pass the host's processor through");

  private static final int CALLS = 64;

  /// How much slower than a·b + c an instruction may look before it is compiled.
  private static final double SLOWER = 20;

  /// Long enough to have a loop compiled.
  private static final long PATIENCE_NANOS = 20_000_000;

  /// The fastest in this JVM.
  static final VectorSupport BEST = find();

  /// Why this is not [#VECTOR], and what to do about it; empty if it is.
  final String obstacle;

  private final String loss;

  VectorSupport(String loss, String obstacle) {
    this.loss = loss;
    this.obstacle = obstacle;
  }

  /// Whether the Vector API is fast here, once its code is compiled.
  static boolean isFast() {
    return BEST == VECTOR;
  }

  private static VectorSupport find() {
    boolean hasModule = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    VectorSupport best = hasFma() ? hasModule ? VECTOR : PORTABLE : SCALAR;
    if (best != VECTOR) {
      System.getLogger(VectorSupport.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "The LSTM kernels run " + best.loss + ": " + best.obstacle);
    }
    return best;
  }

  /// Times it, as no interface of Java's says: microseconds where there is the instruction.
  private static boolean hasFma() {
    long start = System.nanoTime();
    long fused = Long.MAX_VALUE;
    long plain = Long.MAX_VALUE;
    do {
      plain = Math.min(plain, plainNanos());
      fused = Math.min(fused, fusedNanos());
    } while (fused > SLOWER * plain && System.nanoTime() - start < PATIENCE_NANOS);
    return fused <= SLOWER * plain;
  }

  private static long plainNanos() {
    float sum = 0;
    long start = System.nanoTime();
    for (int i = 1; i <= CALLS; i++) {
      sum += 1.1f * i + 0.3f;
    }
    return nanosSince(start, sum);
  }

  private static long fusedNanos() {
    float sum = 0;
    long start = System.nanoTime();
    for (int i = 1; i <= CALLS; i++) {
      sum += Math.fma(1.1f, i, 0.3f);
    }
    return nanosSince(start, sum);
  }

  /// The time since then, which is at least 1. That a sum of positive numbers is looked at keeps
  /// its loop alive.
  private static long nanosSince(long start, float sum) {
    return sum > 0 ? Math.max(1, System.nanoTime() - start) : Long.MAX_VALUE;
  }
}
