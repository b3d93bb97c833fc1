package dev.glissade.torch.internal;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// A flat vector that Java and libtorch both see. Going between it and a `float[]` is one plain
/// copy; tensors made by [#view] share its memory, which is freed when the vector is garbage.
public sealed interface NativeVector {

  /// Overwrites all elements with others.
  void put(float[] values);

  /// Copies all elements out, rounded to `float`.
  void get(float[] values);

  /// Sets all elements to zero.
  void clear();

  /// A tensor over the elements from `offset` on. It is not tied to any scope.
  Tensor view(long offset, long... shape);

  /// A vector of zeros in single or double precision.
  static NativeVector of(int size, torch.ScalarType type) {
    Natives.require();
    return switch (type) {
      case Float -> new OfFloat(Scopes.keep(() -> new FloatPointer(size)));
      case Double -> new OfDouble(Scopes.keep(() -> new DoublePointer(size)));
      default -> throw new IllegalArgumentException("Float or Double expected, got " + type);
    };
  }

  /// A vector in single precision.
  record OfFloat(FloatPointer pointer, FloatBuffer elements) implements NativeVector {
    OfFloat(FloatPointer pointer) {
      this(pointer, pointer.asBuffer());
      clear();
    }

    @Override
    public void put(float[] values) {
      elements.put(0, values);
    }

    @Override
    public void get(float[] values) {
      elements.get(0, values);
    }

    @Override
    public void clear() {
      Pointer.memset(pointer, 0, pointer.capacity() * Float.BYTES);
    }

    @Override
    public Tensor view(long offset, long... shape) {
      return Scopes.keep(() -> torch.from_blob(pointer.getPointer(offset), shape));
    }
  }

  /// A vector in double precision.
  record OfDouble(DoublePointer pointer, DoubleBuffer elements) implements NativeVector {
    OfDouble(DoublePointer pointer) {
      this(pointer, pointer.asBuffer());
      clear();
    }

    @Override
    public void put(float[] values) {
      for (int i = 0; i < values.length; i++) {
        elements.put(i, values[i]);
      }
    }

    @Override
    public void get(float[] values) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) elements.get(i);
      }
    }

    @Override
    public void clear() {
      Pointer.memset(pointer, 0, pointer.capacity() * Double.BYTES);
    }

    @Override
    public Tensor view(long offset, long... shape) {
      return Scopes.keep(() ->
          torch.from_blob(
              pointer.getPointer(offset), shape, new TensorOptions(torch.ScalarType.Double)));
    }
  }
}
