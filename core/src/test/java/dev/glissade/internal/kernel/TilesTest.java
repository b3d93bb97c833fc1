package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LstmState.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every size of tile, at whatever width the vectors have, against plain loops.
class TilesTest {

  private static final int MANY = 32;

  private static final int FEW = 16;

  /// All there are, not only those for this processor.
  static List<Tiles> all() {
    return List.of(new NarrowTiles(), new WideTiles());
  }

  @Test
  void wideTilesAreForProcessorsWithManyRegisters() {
    assertThat(Tiles.fitting())
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
        int height = down * tiles.height();
        float[] packed = Unroll.uniform(inputs, height * (inputs + 1), -1, 1);
        float[] rows = Unroll.uniform(down, (inputs + height + 2) * BLOCK, -1, 1);
        float[] expected = rows.clone();
        int y = (inputs + 1) * BLOCK;
        for (int row = 0; row < height; row++) {
          int p = row / tiles.height() * tiles.height() * (inputs + 1) + row % tiles.height();
          for (int lane = 0; lane < BLOCK; lane++) {
            float sum = packed[p];
            for (int k = 0; k < inputs; k++) {
              sum = Math.fma(packed[p + (k + 1) * tiles.height()], rows[k * BLOCK + lane], sum);
            }
            expected[y + row * BLOCK + lane] = sum;
          }
        }
        tiles.multiply(packed, down, rows, 0, inputs, y);
        assertThat(rows).isEqualTo(expected);
      }
    }
  }

  /// Partial sums, a vector for each pair of a row and a column, are added to.
  @ParameterizedTest
  @MethodSource("all")
  void outerProductsOfOneTile(Tiles tiles) {
    int width = Lanes.WIDTH;
    for (int steps : new int[] {1, 2, 3, 20}) {
      int stride = (tiles.height() + tiles.width() + 1) * BLOCK;
      int x = tiles.height() * BLOCK;
      int s = steps * stride;
      int count = tiles.sums(1, 1);
      float[] rows = Unroll.uniform(steps, s + (count + 1) * width, -1, 1);
      float[] expected = rows.clone();
      for (int sum = 0; sum < count; sum++) {
        int row = sum / tiles.width() * BLOCK;
        int column = x + sum % tiles.width() * BLOCK;
        for (int i = 0; i < steps * BLOCK; i++) {
          int at = i / BLOCK * stride + i % BLOCK;
          int lane = s + sum * width + i % width;
          expected[lane] = Math.fma(rows[row + at], rows[column + at], expected[lane]);
        }
      }
      tiles.outerProducts(rows, 0, x, stride, steps, s);
      assertThat(rows).isEqualTo(expected);
    }
  }

  /// No two elements share a sum, and none lies beyond the end.
  @ParameterizedTest
  @MethodSource("all")
  void everyElementHasASumOfItsOwn(Tiles tiles) {
    for (int rows : new int[] {4, 12, 20, 80}) {
      for (int columns : new int[] {1, 3, 21, 22, 40}) {
        int[] sums =
            IntStream.range(0, rows * columns)
                .map(i -> tiles.sum(columns, i / columns, i % columns))
                .toArray();
        assertThat(Arrays.stream(sums).distinct().toArray()).hasSize(rows * columns);
        assertThat(Arrays.stream(sums).max().orElseThrow()).isLessThan(tiles.sums(rows, columns));
      }
    }
  }
}
