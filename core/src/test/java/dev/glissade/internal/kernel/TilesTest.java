package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.Lanes.PARTIALS;
import static dev.glissade.internal.kernel.Lanes.PARTS;
import static dev.glissade.internal.kernel.LstmState.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every size of tile, at whatever width the vectors have, against plain loops.
class TilesTest {

  private static final int MANY = 32;

  private static final int FEW = 16;

  /// All there are, not only those for this processor.
  static List<Tiles> all() {
    return List.of(new NarrowTiles(), new WideTiles(), new PortableTiles(BLOCK));
  }

  @Test
  void wideTilesAreForProcessorsWithManyRegisters() {
    assertThat(VectorTiles.fitting())
        .isInstanceOf(Registers.COUNT == MANY ? WideTiles.class : NarrowTiles.class);
  }

  @Test
  void x86HasManyRegistersWithVectorsOf512BitsOnly() {
    assertThat(Registers.count("amd64", 512)).isEqualTo(MANY);
    for (String x86 : List.of("amd64", "x86_64")) {
      assertThat(Registers.count(x86, 256)).isEqualTo(FEW);
      assertThat(Registers.count(x86, 128)).isEqualTo(FEW);
    }
  }

  @Test
  void armHasManyRegistersAtAnyWidth() {
    for (int bits : new int[] {128, 256, 512}) {
      assertThat(Registers.count("aarch64", bits)).isEqualTo(MANY);
    }
  }

  /// y = W·x + b for all rows of whole tiles; what lies around y stays as it was.
  @ParameterizedTest
  @MethodSource("all")
  void product(Tiles tiles) {
    for (int inputs : new int[] {0, 1, 2, 7, 22, 40}) {
      for (int down : new int[] {1, 2, 4}) {
        assertProduct(tiles, BLOCK, inputs, down * tiles.height());
      }
    }
  }

  /// Where few lanes are in use, the others, too, stay as they were.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 10, 16})
  void portableProductOfFewLanes(int lanes) {
    for (int inputs : new int[] {0, 1, 2, 7, 22, 40}) {
      for (int count : new int[] {1, 20, 80}) {
        assertProduct(new PortableTiles(lanes), lanes, inputs, count);
      }
    }
  }

  private static void assertProduct(Tiles tiles, int lanes, int inputs, int count) {
    float[] matrix = Unroll.uniform(inputs, count * (inputs + 1), -1, 1);
    float[] rows = Unroll.uniform(count, (inputs + count + 2) * BLOCK, -1, 1);
    float[] expected = rows.clone();
    int y = (inputs + 1) * BLOCK;
    for (int row = 0; row < count; row++) {
      int p = row * (inputs + 1);
      for (int lane = 0; lane < lanes; lane++) {
        float sum = matrix[p];
        for (int k = 0; k < inputs; k++) {
          sum = Math.fma(matrix[p + 1 + k], rows[k * BLOCK + lane], sum);
        }
        expected[y + row * BLOCK + lane] = sum;
      }
    }
    tiles.multiply(tiles.pack(matrix, count), count, rows, 0, inputs, y);
    assertThat(rows).isEqualTo(expected);
  }

  /// Sixteen partial sums for each pair of a row and a column are added to, in the order of steps
  /// and coordinates.
  @ParameterizedTest
  @MethodSource("all")
  void outerProducts(Tiles tiles) {
    for (int height : new int[] {4, 12, 80}) {
      for (int columns : new int[] {1, 3, 22}) {
        for (int steps : new int[] {1, 2, 3, 20}) {
          int s = steps * (height + columns + 10) * BLOCK;
          int size = s + tiles.sums(height, columns) + BLOCK;
          float[] rows = Unroll.uniform(steps, size, -1, 1);
          assertOuterProducts(tiles, rows, height, columns, steps, s);
        }
      }
    }
  }

  private static void assertOuterProducts(
      Tiles tiles, float[] rows, int height, int columns, int steps, int s) {
    int stride = s / steps;
    int x = height * BLOCK;
    float[] actual = rows.clone();
    tiles.addOuterProducts(actual, 0, height, x, columns, stride, steps, s);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < columns; column++) {
        int sums = s + tiles.sum(height, columns, row, column);
        for (int part = 0; part < PARTIALS; part++) {
          int at = sums + part * tiles.sumStride(height, columns);
          float expected = rows[at];
          for (int i = 0; i < steps * PARTS; i++) {
            int lane = Lanes.offset(i, stride) + part;
            expected =
                Math.fma(rows[row * BLOCK + lane], rows[x + column * BLOCK + lane], expected);
          }
          assertThat(actual[at]).isEqualTo(expected);
        }
      }
    }
  }

  /// No two partial sums share a place, and none lies beyond the end.
  @ParameterizedTest
  @MethodSource("all")
  void everyElementHasSumsOfItsOwn(Tiles tiles) {
    for (int rows : new int[] {4, 12, 20, 80}) {
      for (int columns : new int[] {1, 3, 21, 22, 40}) {
        int stride = tiles.sumStride(rows, columns);
        int[] sums =
            IntStream.range(0, rows * columns * PARTIALS)
                .map(i -> {
                  int element = i / PARTIALS;
                  int first = tiles.sum(rows, columns, element / columns, element % columns);
                  return first + i % PARTIALS * stride;
                })
                .toArray();
        assertThat(Arrays.stream(sums).distinct().toArray()).hasSize(sums.length);
        assertThat(Arrays.stream(sums).max().orElseThrow()).isLessThan(tiles.sums(rows, columns));
      }
    }
  }
}
