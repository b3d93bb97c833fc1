package dev.glissade.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/// A way for whole arrays between floats and their bits: through one memory that is seen as both.
///
/// `Float.floatToRawIntBits` inside a loop keeps the compiler of JDK 25 from using vectors for it.
final class FloatBits {

  private final FloatBuffer floats;
  private final IntBuffer ints;

  /// For so many at a time.
  FloatBits(int size) {
    ByteBuffer bytes = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.nativeOrder());
    floats = bytes.asFloatBuffer();
    ints = bytes.asIntBuffer();
  }

  void toInts(float[] from, int[] to, int count) {
    floats.put(0, from, 0, count);
    ints.get(0, to, 0, count);
  }

  void toFloats(int[] from, float[] to, int count) {
    ints.put(0, from, 0, count);
    floats.get(0, to, 0, count);
  }
}
