package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NormalEquationsTest {

  /// Whatever the order of the samples and the noise that is the same for ±x.
  @Test
  void whatSamplesAreMadeOfIsFound() {
    double[] made = {2, -1, 0.5};
    RandomGenerator random = new Random(1);
    NormalEquations equations = new NormalEquations(3);
    for (int i = 0; i < 100; i++) {
      double[] x = {random.nextGaussian(), random.nextGaussian() + 3, 1};
      double y = made[0] * x[0] + made[1] * x[1] + made[2];
      double noise = random.nextGaussian();
      equations.add(x, y + noise);
      equations.add(x, y - noise);
    }
    assertThat(equations.solve(1e-12)).containsExactly(made, within(1e-6));
  }

  /// Σx² = 8, n = 2: w = 8·3 / (8 + λ·2).
  @Test
  void theRidgeCountsOnceASample() {
    NormalEquations equations = new NormalEquations(1);
    equations.add(new double[] {2}, 6);
    equations.add(new double[] {-2}, -6);
    assertThat(equations.solve(4)[0]).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void withoutASampleForAnUnknownItStaysSmall() {
    NormalEquations equations = new NormalEquations(2);
    equations.add(new double[] {1, 0}, 1);
    assertThat(equations.solve(1e-5)[1]).isZero();
  }
}
