package dev.glissade.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.glissade.ParameterLayout.Slice;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/// The border to DJL's arrays.
///
/// On a processor, a direct buffer is the array's own memory, which one copy reads or writes. Where
/// it is not, on other devices and for arrays with gaps, an array with the new numbers is made and
/// assigned. Either way the array stays the one that it was. `NDArray.set(Buffer)` would give it
/// the buffer's memory instead, new for every call.
///
/// What these methods make lives until the caller's `NDScope` is closed.
final class NativeFloats {

  /// All elements.
  private static final String ALL = "...";

  private NativeFloats() {}

  /// Copies an array into its place in a flat vector.
  ///
  /// @param name of the parameter, for messages
  /// @throws IllegalArgumentException if it is not of as many 32-bit floats, one after the other
  static void read(String name, NDArray from, float[] to, Slice slice) {
    if (from.getDataType() != DataType.FLOAT32 || from.isSparse()) {
      throw new IllegalArgumentException(
          "'%s' is %s%s: only dense FLOAT32 can be trained, so give the model that type"
              .formatted(name, from.isSparse() ? "sparse " : "", from.getDataType()));
    }
    floats(from).get(to, slice.offset(), slice.size());
  }

  /// Copies a part of a flat vector into an array.
  static void write(float[] from, Slice slice, NDArray to) {
    if (isShared(to)) {
      floats(to).put(from, slice.offset(), slice.size());
    } else {
      assign(to, slice.of(from));
    }
  }

  /// Sets an array to 0, also where it is NaN.
  static void clear(NDArray array) {
    if (isShared(array)) {
      MemorySegment.ofBuffer(array.toByteBuffer(true)).fill((byte) 0);
    } else {
      assign(array, new float[Math.toIntExact(array.size())]);
    }
  }

  private static void assign(NDArray to, float[] values) {
    NDArray made = to.getManager().create(values, to.getShape());
    to.set(new NDIndex(ALL), made.toDevice(to.getDevice(), false));
  }

  private static FloatBuffer floats(NDArray array) {
    return array.toByteBuffer(true).asFloatBuffer();
  }

  /// Whether a direct buffer is the array's memory: two are at one place then, and two copies are
  /// not.
  private static boolean isShared(NDArray array) {
    if (array.getDevice().isGpu()) {
      return false; // and a copy is dear
    }
    ByteBuffer one = array.toByteBuffer(true);
    ByteBuffer other = array.toByteBuffer(true);
    return one.isDirect()
        && other.isDirect()
        && MemorySegment.ofBuffer(one).address() == MemorySegment.ofBuffer(other).address();
  }
}
