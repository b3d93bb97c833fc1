package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.Point;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The directions of Muon's updates are those of the momentum, all nearly equally long: checked
/// against matrices that are made from known singular vectors.
class MuonTest {

  private static final double RATE = 0.3;

  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource({"2,2", "3,7", "7,3", "16,75", "1,9", "9,1"})
  void makesAllSingularValuesNearlyOne(int rows, int columns) {
    int rank = Math.min(rows, columns);
    Random random = new Random(rows * 100L + columns);
    double[][] left = orthonormal(rank, rows, random);
    double[][] right = orthonormal(rank, columns, random);
    float[] gradient = new float[rows * columns];
    for (int k = 0; k < rank; k++) {
      double singular = 5.0 / (1 + k % 4); // at least a quarter of the largest
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += (float) (singular * left[k][i / columns] * right[k][i % columns]);
      }
    }
    float[] update = firstUpdate(ParameterLayout.of("w", rows, columns), gradient);
    double length = -RATE * Math.sqrt(Math.max(rows, columns));
    for (int k = 0; k < rank; k++) {
      for (int l = 0; l < rank; l++) {
        double value = 0;
        for (int i = 0; i < update.length; i++) {
          value += left[k][i / columns] * update[i] * right[l][i % columns] / length;
        }
        assertThat(value)
            .as("between %d and %d", k, l)
            .isBetween(k == l ? 0.65 : -1e-4, k == l ? 1.25 : 1e-4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void blocksAreOrthogonalisedOnTheirOwn(int which) {
    Block matrix = ParameterLayout.block("kernel", 2, 2, 3);
    Block vector = ParameterLayout.block("bias", 4);
    List<Block> blocks = which == 0 ? List.of(matrix, vector) : List.of(vector, matrix);
    float[] gradient = new float[16];
    Random random = new Random(5);
    for (int i = 0; i < 16; i++) {
      gradient[i] = (float) random.nextGaussian();
    }
    float[] whole = firstUpdate(new ParameterLayout(blocks), gradient);
    int from = 0;
    for (Block block : blocks) {
      int to = from + block.size();
      float[] own = Arrays.copyOfRange(gradient, from, to);
      assertThat(Arrays.copyOfRange(whole, from, to))
          .containsExactly(firstUpdate(new ParameterLayout(List.of(block)), own));
      from = to;
    }
  }

  /// A vector's update has the direction of the gradient and the root mean square η.
  @ParameterizedTest
  @CsvSource({"1e-6", "1", "1e18", "2e37"})
  void theScaleOfTheGradientDoesNotMatter(float scale) {
    float[] update = firstUpdate(ParameterLayout.of("b", 2), new float[] {3 * scale, -4 * scale});
    assertThat((double) update[0]).isCloseTo(-RATE * Math.sqrt(2) * 0.6, within(1e-6));
    assertThat((double) update[1]).isCloseTo(RATE * Math.sqrt(2) * 0.8, within(1e-6));
  }

  /// Below ‖u‖ = ε = 1e-7 the update shrinks in proportion.
  @ParameterizedTest
  @CsvSource({"1e-9", "1e-20", "1e-37"})
  void gradientsBelowEpsilonMoveLess(float gradient) {
    // u = (1 + μ)·g for a velocity of 0 before, and one row of one column has the factor 1
    float update = firstUpdate(ParameterLayout.of("b"), new float[] {gradient})[0];
    assertThat((double) update)
        .isCloseTo(-RATE * 1.95 * gradient / 1e-7, Percentage.withPercentage(0.01));
  }

  /// Root mean squares of the updates after gradients have become 0, from a reference of its own,
  /// in numpy, which clamps the norm at 1e-7.
  @ParameterizedTest
  @CsvSource({
    "1, 0.0185243",
    "300, 0.0185243",
    "400, 0.0185121",
    "500, 1.149068e-3",
    "1000, 8.363622e-15"
  })
  void endsWhereGradientsDo(int step, double expected) {
    ParameterLayout layout = ParameterLayout.of("w", 2, 2);
    Muon muon = new Muon(0.02);
    Muon.State state = muon.start(layout);
    float[] update = new float[4];
    for (int t = 1; t <= step; t++) {
      float[] gradient = t == 1 ? new float[] {1, 0.5f, -0.25f, 2} : new float[4];
      muon.update(Point.of(t - 1, gradient), state, update);
    }
    double squares = 0;
    for (float u : update) {
      squares += (double) u * u;
    }
    assertThat(Math.sqrt(squares / 4)).isCloseTo(expected, Percentage.withPercentage(0.1));
  }

  private static float[] firstUpdate(ParameterLayout layout, float[] gradient) {
    Muon muon = new Muon(RATE);
    float[] update = new float[gradient.length];
    muon.update(Point.of(0, gradient), muon.start(layout), update);
    return update;
  }

  /// Random orthonormal vectors, by Gram and Schmidt.
  private static double[][] orthonormal(int count, int size, Random random) {
    double[][] vectors = new double[count][size];
    for (int k = 0; k < count; k++) {
      Arrays.setAll(vectors[k], _ -> random.nextGaussian());
      for (int l = 0; l < k; l++) {
        double along = dot(vectors[k], vectors[l]);
        for (int i = 0; i < size; i++) {
          vectors[k][i] -= along * vectors[l][i];
        }
      }
      double length = Math.sqrt(dot(vectors[k], vectors[k]));
      for (int i = 0; i < size; i++) {
        vectors[k][i] /= length;
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
