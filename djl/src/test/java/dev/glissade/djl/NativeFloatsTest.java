package dev.glissade.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NativeFloatsTest {

  /// The second of two blocks.
  private static final Slice SLICE =
      new ParameterLayout(
              List.of(ParameterLayout.block("first", 2), ParameterLayout.block("second", 2, 3)))
          .slice("second");

  @BeforeAll
  static void requirePytorch() {
    Classifier.requirePytorch();
  }

  /// Sets an array through its own memory.
  static void fill(NDArray array, float value) {
    FloatBuffer memory = array.toByteBuffer(true).asFloatBuffer();
    for (int i = 0; i < memory.limit(); i++) {
      memory.put(i, value);
    }
  }

  @Test
  void readsAndWritesOneSlice() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
      float[] flat = {-1, -2, 0, 0, 0, 0, 0, 0};
      NativeFloats.read("a", array, flat, SLICE);
      assertThat(flat).containsExactly(-1, -2, 1, 2, 3, 4, 5, 6);
      NativeFloats.write(new float[] {0, 0, 6, 5, 4, 3, 2, 1}, SLICE, array);
      assertThat(array.toFloatArray()).containsExactly(6, 5, 4, 3, 2, 1);
    }
  }

  /// Such as gradients that are transposed products: their buffer is a copy.
  @Test
  void readsAndWritesAnArrayWithGaps() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray whole = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(3, 2));
      NDArray array = whole.transpose();
      float[] flat = new float[8];
      NativeFloats.read("a", array, flat, SLICE);
      assertThat(flat).containsExactly(0, 0, 1, 3, 5, 2, 4, 6);
      NativeFloats.write(new float[] {0, 0, 10, 30, 50, 20, 40, 60}, SLICE, array);
      assertThat(whole.toFloatArray()).containsExactly(10, 20, 30, 40, 50, 60);
      NativeFloats.clear(array);
      assertThat(whole.toFloatArray()).containsOnly(0);
    }
  }

  @Test
  void clearsWhatIsNoNumber() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
      fill(array, Float.NaN);
      NativeFloats.clear(array);
      assertThat(array.toFloatArray()).containsOnly(0);
      fill(array, Float.NaN);
      NativeFloats.clear(array.transpose());
      assertThat(array.toFloatArray()).containsOnly(0);
    }
  }

  /// DJL gives the copy of an array with gaps to the array's manager, which lives long.
  @Test
  void copiesEndWithTheScope() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.create(new float[6], new Shape(3, 2)).transpose();
      int before = manager.getManagedArrays().size();
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NativeFloats.read("a", array, new float[8], SLICE);
        NativeFloats.write(new float[8], SLICE, array);
        NativeFloats.clear(array);
      }
      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }
}
