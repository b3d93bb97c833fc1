package dev.glissade;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Derives independent random streams from (seed, purpose, index), so that no two uses ever share
/// one and none depends on the order in which the others are used.
public final class Seeds {

  private Seeds() {}

  /// A seed for the `index`-th use of `seed` for `purpose`.
  public static long derive(long seed, String purpose, long index) {
    long hash = mix(seed ^ 0x9e37_79b9_7f4a_7c15L);
    for (int i = 0; i < purpose.length(); i++) {
      hash = mix(hash + purpose.charAt(i));
    }
    return mix(hash + mix(index + 0x6a09_e667_f3bc_c909L));
  }

  /// A random stream for the `index`-th use of `seed` for `purpose`.
  public static RandomGenerator stream(long seed, String purpose, long index) {
    return new SplittableRandom(derive(seed, purpose, index));
  }

  /// A bijection of 64 bits in which every input bit moves every output bit: David Stafford's
  /// variant 13 of the MurmurHash3 finalizer.
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }
}
