package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.glissade.BlockFilter;
import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.StatefulOptimizer;
import dev.glissade.Workers;
import dev.glissade.learned.GridSmoothing.Grids;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What smooths is what it says it is, and a rule in smoothed coordinates is that rule on the
/// function of these coordinates.
class SmoothedTest {

  private static final BlockFilter PIXELS = new BlockFilter("pixels");

  private static float[] random(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int n = 0; n < size; n++) {
      values[n] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] smoothed(GridSmoothing smoothing, ParameterLayout layout, float[] vector) {
    float[] result = vector.clone();
    smoothing.apply(Grids.of(layout, PIXELS), result);
    return result;
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(n -> (double) a[n] * b[n]).sum();
  }

  /// (I + ℓ²·L) along one axis: what smoothing takes back.
  private static float[] roughened(float[] values, int rows, int columns, boolean along) {
    float[] result = values.clone();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        for (int step : new int[] {-1, 1}) {
          int r = along ? row : row + step;
          int c = along ? column + step : column;
          if (r >= 0 && r < rows && c >= 0 && c < columns) {
            int at = row * columns + column;
            result[at] += 2.5f * (values[at] - values[r * columns + c]);
          }
        }
      }
    }
    return result;
  }

  @ParameterizedTest
  @CsvSource({"3, 5", "5, 3", "1, 4", "4, 1", "2, 2", "1, 1"})
  void solvesAlongBothAxes(int rows, int columns) {
    float[] rough = random(rows * columns, 1);
    ParameterLayout layout = ParameterLayout.of("pixels", rows, columns);
    float[] smooth = smoothed(new GridSmoothing(2.5, 0), layout, rough);
    float[] back = roughened(roughened(smooth, rows, columns, true), rows, columns, false);
    assertThat(back).containsExactly(rough, within(1e-5f));
    float[] mixed = smoothed(new GridSmoothing(2.5, 0.25), layout, rough);
    for (int n = 0; n < rough.length; n++) {
      assertThat(mixed[n]).isCloseTo((smooth[n] + 0.25f * rough[n]) / 1.25f, within(1e-5f));
    }
  }

  /// A gradient is multiplied with the transposed matrix, which is the same only then.
  @Test
  void isSymmetric() {
    ParameterLayout layout = ParameterLayout.of("pixels", 3, 7, 4);
    GridSmoothing smoothing = new GridSmoothing(1.5, 0.1);
    float[] a = random(layout.size(), 1);
    float[] b = random(layout.size(), 2);
    assertThat(dot(a, smoothed(smoothing, layout, b)))
        .isCloseTo(dot(smoothed(smoothing, layout, a), b), within(1e-4));
  }

  /// Only within a grid, and only in the blocks that are named.
  @Test
  void keepsColoursAndOtherBlocksApart() {
    ParameterLayout layout =
        new ParameterLayout(
            List.of(ParameterLayout.block("offset", 2), ParameterLayout.block("pixels", 2, 3, 2)));
    float[] vector = {5, -7, 2, 2, 2, 2, 2, 2, 1, 0, 0, 0, 0, 0};
    float[] smooth = smoothed(new GridSmoothing(3, 0), layout, vector);
    assertThat(smooth).startsWith(5, -7);
    for (int n = 2; n < 8; n++) {
      assertThat(smooth[n]).isCloseTo(2, within(1e-6f)); // a constant, beside another grid
    }
    for (int n = 8; n < 14; n++) {
      assertThat(smooth[n]).isBetween(0.01f, 0.99f);
    }
  }

  /// Grids of several sizes take turns in the same room. The bits are those of a room for each.
  @Test
  void gridsDoNotDisturbEachOther() {
    ParameterLayout layout =
        new ParameterLayout(
            List.of(
                ParameterLayout.block("pixels/a", 2, 3, 5),
                ParameterLayout.block("offset", 3),
                ParameterLayout.block("pixels/b", 4),
                ParameterLayout.block("pixels/c", 2, 1, 6, 2)));
    GridSmoothing smoothing = new GridSmoothing(2.5, 0.25);
    float[] vector = random(layout.size(), 1);
    float[] smooth = smoothed(smoothing, layout, vector);
    assertThat(Arrays.hashCode(smooth)).isEqualTo(-822009716);
    for (ParameterLayout.Slice slice : layout.slices()) {
      int end = slice.offset() + slice.size();
      float[] alone = Arrays.copyOfRange(vector, slice.offset(), end);
      assertThat(smoothed(smoothing, new ParameterLayout(List.of(slice.block())), alone))
          .containsExactly(Arrays.copyOfRange(smooth, slice.offset(), end));
    }
  }

  /// Not even a hundredth of a copy of the gradient.
  @Test
  void aStepAllocatesNoArrays() {
    ParameterLayout layout = ParameterLayout.of("pixels", 3, 100, 100);
    Smoothed architecture = new Smoothed(new Lstm(0, 1, new Preprocessing.Identity(), 1), PIXELS);
    var run = StatefulOptimizer.start(architecture.with(architecture.initialWeights(1)), layout);
    Point at = Point.of(0, random(layout.size(), 1));
    float[] update = new float[layout.size()];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      Workers.with(
          1,
          () -> {
            run.update(at, update);
            return update;
          });
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isLessThan(layout.size() * Float.BYTES / 100);
  }

  /// Σ dₙ·(θₙ − cₙ)² on a picture, or the same as a function of z.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Bowl(ParameterLayout layout, float[] start, GridSmoothing smoothing, boolean ofZ)
      implements Objective {

    @Override
    public float[] initialParameters() {
      return ofZ ? new float[start.length] : start.clone();
    }

    @Override
    public double evaluate(float[] parameters, long draw, float[] gradient) {
      float[] theta = parameters;
      if (ofZ) {
        theta = smoothed(smoothing, layout, parameters);
        for (int n = 0; n < theta.length; n++) {
          theta[n] += start[n];
        }
      }
      double loss = 0;
      float[] slopes = new float[theta.length];
      for (int n = 0; n < theta.length; n++) {
        double difference = theta[n] - Math.sin(n);
        loss += (1 + n % 3) * difference * difference;
        slopes[n] = (float) (2 * (1 + n % 3) * difference);
      }
      if (ofZ) {
        slopes = smoothed(smoothing, layout, slopes);
      }
      System.arraycopy(slopes, 0, gradient, 0, slopes.length);
      return loss;
    }
  }

  @Test
  void isTheRuleOnTheFunctionOfSmoothedCoordinates() {
    QuasiNewton inner =
        new QuasiNewton(new Lstm(0, 1, new Preprocessing.Identity(), 1), 4, Secants.NEWEST);
    Smoothed rule = new Smoothed(inner, PIXELS);
    float[] weights = rule.initialWeights(1);
    weights[weights.length - 2] = (float) Math.log(1.5); // reach
    weights[weights.length - 1] = (float) Math.log(0.2); // plain
    GridSmoothing smoothing = new GridSmoothing(2.25, 0.2);
    ParameterLayout layout = ParameterLayout.of("pixels", 2, 4, 3);
    float[] start = random(layout.size(), 3);
    Descent own = Descent.start(new Bowl(layout, start, smoothing, false), rule.with(weights));
    Descent other =
        Descent.start(
            new Bowl(layout, start, smoothing, true), inner.with(inner.initialWeights(1)));
    double before = own.loss();
    for (int step = 0; step < 8; step++) {
      assertThat(own.loss()).as("%s", step).isCloseTo(other.loss(), within(1e-2 * other.loss()));
      own.advance();
      other.advance();
    }
    assertThat(own.loss()).isLessThan(before / 2);
  }
}
