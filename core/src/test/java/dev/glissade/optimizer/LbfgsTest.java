package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.Seeds;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.Quadratic;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// L-BFGS against the BFGS formula for whole matrices, in `double`: the inverse Hessian is written
/// out anew at each step, from the pairs in memory.
class LbfgsTest {

  private static final int SIZE = 6;
  private static final double RATE = 0.7;

  /// @param s what a step changed in θ
  /// @param y what that changed in the gradient
  @SuppressWarnings("ArrayRecordComponent") // never changed
  private record Pair(double[] s, double[] y) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 30})
  void followsTheMatrixFormula(int memory) {
    Objective objective = Quadratic.gaussian(Seeds.stream(3, "test", 0), SIZE, 1);
    Descent descent = Descent.start(objective, new Lbfgs(RATE, memory));
    Deque<Pair> pairs = new ArrayDeque<>();
    for (int step = 0; step < 12; step++) {
      double[] x = doubles(descent.parameters());
      double[] g = doubles(descent.gradient());
      double[] expected = pairs.isEmpty() ? firstStep(g) : scaled(-RATE, times(inverse(pairs), g));
      descent.advance();
      double[] s = difference(doubles(descent.parameters()), x);
      for (int i = 0; i < SIZE; i++) {
        assertThat(s[i]).as("step %s, %s", step, i).isCloseTo(expected[i], within(3e-5));
      }
      pairs.addLast(new Pair(s, difference(doubles(descent.gradient()), g)));
      if (pairs.size() > memory) {
        pairs.removeFirst();
      }
    }
  }

  private static double[] firstStep(double[] g) {
    double sum = 0;
    for (double value : g) {
      sum += Math.abs(value);
    }
    return scaled(-RATE * Math.min(1, 1 / sum), g);
  }

  /// H ← (I − ρ·s·yᵀ)·H·(I − ρ·y·sᵀ) + ρ·s·sᵀ for each pair, the oldest first, from γ·I.
  private static double[][] inverse(Deque<Pair> pairs) {
    Pair last = pairs.getLast();
    double gamma = dot(last.s, last.y) / dot(last.y, last.y);
    double[][] h = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      h[i][i] = gamma;
    }
    for (Pair pair : pairs) {
      double rho = 1 / dot(pair.s, pair.y);
      double[] hy = times(h, pair.y);
      double factor = rho * rho * dot(pair.y, hy) + rho;
      for (int i = 0; i < SIZE; i++) {
        for (int j = 0; j < SIZE; j++) {
          h[i][j] += factor * pair.s[i] * pair.s[j] - rho * (hy[i] * pair.s[j] + pair.s[i] * hy[j]);
        }
      }
    }
    return h;
  }

  /// On a quadratic of two dimensions the inverse Hessian is soon known: no rule of first order
  /// gets there in as few steps.
  @Test
  void solvesAnIllConditionedQuadratic() {
    Objective objective =
        Quadratic.of(new float[] {10, 0, 0, 0.1f}, new float[] {1, 1}, new float[] {3, -4});
    assertThat(Descent.start(objective, new Lbfgs(1)).run(25).last()).isLessThan(1e-6);
  }

  /// A concave stretch has no inverse Hessian that leads down: its pairs must not be kept.
  @Test
  void neverStepsUphillWhereTheFunctionIsConcave() {
    Objective hill =
        Objectives.of(
            ParameterLayout.of("x", 1),
            new float[] {0.1f},
            (x, _, gradient) -> {
              gradient[0] = (float) -Math.sin(x[0]);
              return Math.cos(x[0]);
            });
    var curve = Descent.start(hill, new Lbfgs(0.5)).run(60);
    for (int t = 1; t < 4; t++) {
      assertThat(curve.loss(t)).isLessThan(curve.loss(t - 1));
    }
    assertThat(curve.last()).isCloseTo(-1, within(1e-5));
  }

  /// The step that was made counts, not the one that was proposed: another rule may have changed
  /// it.
  @Test
  void measuresTheStepThatWasMade() {
    Lbfgs rule = new Lbfgs(1);
    Lbfgs.State state = rule.start(ParameterLayout.of("x", 1));
    float[] update = new float[1];
    rule.update(new Point.Known(0, 8, new float[] {2}, new float[] {8}), state, update);
    // f = 2·x², and θ moved by −0.5, whatever was proposed
    rule.update(new Point.Known(1, 4.5, new float[] {1.5f}, new float[] {6}), state, update);
    assertThat((double) update[0]).isCloseTo(-1.5, within(1e-6));
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      product[i] = dot(matrix[i], vector);
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] scaled(double factor, double[] vector) {
    double[] scaled = vector.clone();
    for (int i = 0; i < SIZE; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = a.clone();
    for (int i = 0; i < SIZE; i++) {
      difference[i] -= b[i];
    }
    return difference;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
