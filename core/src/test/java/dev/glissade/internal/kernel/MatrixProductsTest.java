package dev.glissade.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Seeds;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Vectors to the last bit, whatever their width: an element is the sum of its terms in their
/// order, each rounded with the sum. Plain loops to within rounding.
class MatrixProductsTest {

  /// Rows, columns: smaller than a tile, than a panel, than the depth of a pass, and beyond.
  private static final String SIZES =
      "1,1; 2,2; 3,2; 5,3; 4,4; 9,8; 20,10; 17,16; 33,31; 75,16; 40,32; 130,33; 600,20; 70,65;"
          + " 300,129";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void multiplies(boolean vectors) {
    for (int[] size : sizes()) {
      assertMultiplies(vectors, size[0], size[1]);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void multipliesToSymmetricProducts(boolean vectors) {
    for (int[] size : sizes()) {
      assertMultipliesToSymmetric(vectors, size[0], size[1]);
    }
  }

  private static MatrixProducts products(boolean vectors) {
    return vectors ? new VectorProducts() : new PlainProducts();
  }

  private static int[][] sizes() {
    return Arrays.stream(SIZES.split("; "))
        .map(size -> Arrays.stream(size.split(",")).mapToInt(Integer::parseInt).toArray())
        .toArray(int[][]::new);
  }

  private static void assertMultiplies(boolean vectors, int n, int m) {
    MatrixProducts products = products(vectors);
    float[] left = random(n * m, 1);
    float[] right = random(m * m, 2);
    Panels product = panels(products, new float[n * m], n, m);
    Arrays.fill(product.values(), 7); // what was there before does not matter
    products.multiply(panels(products, left, n, m), panels(products, right, m, m), product);
    float[] expected = new float[n * m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        float element = 0;
        for (int k = 0; k < m; k++) {
          element = Math.fma(left[i * m + k], right[k * m + j], element);
        }
        expected[i * m + j] = element;
      }
    }
    assertThat(values(product))
        .as("%d x %d", n, m)
        .containsExactly(expected, within(vectors ? 0 : 1e-6f * (n + 10)));
  }

  private static void assertMultipliesToSymmetric(boolean vectors, int n, int m) {
    MatrixProducts products = products(vectors);
    float[] values = random(n * m, 3);
    Panels matrix = panels(products, values, n, m);
    Panels product = panels(products, new float[m * m], m, m);
    Arrays.fill(product.values(), 7);
    products.multiplySymmetric(matrix, matrix, product);
    float[] expected = new float[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        float element = 0;
        for (int k = 0; k < n; k++) {
          element = Math.fma(values[k * m + i], values[k * m + j], element);
        }
        expected[i * m + j] = element;
      }
    }
    assertThat(values(product))
        .as("%d x %d", n, m)
        .containsExactly(expected, within(vectors ? 0 : 1e-6f * (n + 10)));
  }

  private static Panels panels(MatrixProducts products, float[] values, int rows, int columns) {
    Panels panels = products.zero(rows, columns);
    panels.read(values, 0, false);
    return panels;
  }

  private static float[] values(Panels panels) {
    float[] values = new float[panels.rows() * panels.columns()];
    panels.write(values, 0, false);
    return values;
  }

  private static float[] random(int count, int seed) {
    RandomGenerator random = Seeds.stream(seed, "test", count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,50", "50,3", "16,32", "33,65"})
  void panelsHoldAMatrixOrItsTranspose(int rows, int columns) {
    float[] values = random(rows * columns + 5, 4);
    Panels panels = new VectorProducts().zero(rows, columns);
    panels.read(values, 5, false);
    Panels transposed = new VectorProducts().zero(columns, rows);
    transposed.read(values, 5, true);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        float element = values[5 + i * columns + j];
        assertThat(panels.values()[panels.index(i, j)]).isEqualTo(element);
        assertThat(transposed.values()[transposed.index(j, i)]).isEqualTo(element);
      }
    }
    float[] written = Arrays.copyOf(values, 5 + rows * columns);
    Arrays.fill(written, 5, written.length, 0);
    transposed.write(written, 5, true);
    assertThat(written).isEqualTo(values);
  }

  /// Vectors are slow until they are compiled, which matters where there is little to multiply.
  @Test
  void smallProductsAreMadeByPlainLoops() {
    assertThat(MatrixProducts.create(10 * 20 * 10)).isInstanceOf(PlainProducts.class);
    if (VectorSupport.isFast()) {
      assertThat(MatrixProducts.create(16 * 75 * 16)).isInstanceOf(VectorProducts.class);
    }
  }
}
