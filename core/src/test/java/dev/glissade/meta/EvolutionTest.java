package dev.glissade.meta;

import static dev.glissade.meta.TwoWeights.BOWL;
import static dev.glissade.meta.TwoWeights.FAMILY;
import static dev.glissade.meta.TwoWeights.STEPS;
import static dev.glissade.meta.TwoWeights.WEIGHTS;
import static dev.glissade.meta.TwoWeights.advance;
import static dev.glissade.meta.TwoWeights.assignment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.BlockFilter;
import dev.glissade.Descent;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.QuasiNewton;
import dev.glissade.learned.Secants;
import dev.glissade.meta.GradientEstimator.Assignment;
import dev.glissade.meta.GradientEstimator.Estimate;
import dev.glissade.meta.GradientEstimator.Worker;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Evolution strategies, plain and persistent: forward runs alone, which go on from unroll to
/// unroll, give the gradient on average.
class EvolutionTest {

  private static final double SIGMA = 0.05;

  private static List<GradientEstimator> both(double deviation) {
    return List.of(
        new EvolutionStrategies(STEPS, deviation),
        new PersistentEvolutionStrategies(STEPS, deviation));
  }

  private static Assignment ofTheRate(GradientEstimator estimator) {
    return new Assignment(
        FAMILY, new BlockFilter(LearnedDescent.RATE), estimator, MetaLoss.LOSSES, 1);
  }

  /// Which way it went on shows in the next unroll.
  @Test
  void plainEvolutionGoesOnFromTheRunAbove() {
    Watched watched = new Watched(BOWL);
    Assignment assignment = assignment(new EvolutionStrategies(STEPS, SIGMA), 1);
    Worker worker = assignment.start(List.of(watched), WEIGHTS);
    worker.advance(WEIGHTS, 1);
    int before = watched.points().size();
    worker.advance(WEIGHTS, 2);

    float[] above = Perturbation.draw(assignment, SIGMA, 1).addTo(WEIGHTS, 1);
    Descent descent = Descent.start(BOWL, FAMILY.with(above));
    descent.run(STEPS);
    assertThat(watched.points().get(before)).containsExactly(descent.parameters());
    assertThat(watched.draws().get(before)).isEqualTo(STEPS);
  }

  @Test
  void persistentEvolutionKeepsBothRunsAndAllPerturbations() {
    Assignment assignment = assignment(new PersistentEvolutionStrategies(STEPS, SIGMA), 1);
    Worker worker = assignment.start(List.of(BOWL), WEIGHTS);
    Descent above = Descent.start(BOWL, FAMILY.with(WEIGHTS));
    Descent below = Descent.start(BOWL, FAMILY.with(WEIGHTS));
    double[] total = new double[WEIGHTS.length];
    for (int unroll = 1; unroll <= 3; unroll++) {
      Estimate estimate = worker.advance(WEIGHTS, unroll);
      Perturbation epsilon = Perturbation.draw(assignment, SIGMA, unroll);
      double upper = advance(above, epsilon.addTo(WEIGHTS, 1), MetaLoss.LOSSES);
      double lower = advance(below, epsilon.addTo(WEIGHTS, -1), MetaLoss.LOSSES);
      assertThat(estimate.loss()).isCloseTo((upper + lower) / 2, within(1e-9));
      for (int i = 0; i < total.length; i++) {
        total[i] += epsilon.values()[i];
        double expected = (upper - lower) / (2 * SIGMA * SIGMA) * total[i];
        assertThat((double) estimate.gradient()[i])
            .isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
      }
    }
  }

  @Test
  void blocksThatAreNotTrainedAreLeftAlone() {
    for (GradientEstimator estimator : both(SIGMA)) {
      Assignment assignment = ofTheRate(estimator);
      Perturbation epsilon = Perturbation.draw(assignment, SIGMA, 1);
      assertThat(epsilon.values()[0]).isNotZero();
      assertThat(epsilon.values()[1]).isZero();
      Worker worker = assignment.start(List.of(BOWL), WEIGHTS);
      for (int unroll = 1; unroll <= 2; unroll++) {
        float[] gradient = worker.advance(WEIGHTS, unroll).gradient();
        assertThat(gradient[0]).isNotZero();
        assertThat(gradient[1]).isZero();
      }
    }
  }

  /// Σ over an episode of gradients by φ₀, their mean over many seeds, and its standard error.
  private record Mean(double value, double error) {

    static Mean of(GradientEstimator estimator, int unrolls, int count) {
      float[] weights = {(float) Math.log(0.1), 0};
      Assignment assignment = ofTheRate(estimator);
      double sum = 0;
      double squares = 0;
      for (int k = 0; k < count; k++) {
        Worker worker = assignment.start(List.of(new Parabola(1, 1)), weights);
        double episode = 0;
        for (int u = 0; u < unrolls; u++) {
          episode += worker.advance(weights, (long) k * unrolls + u).gradient()[0];
        }
        sum += episode;
        squares += episode * episode;
      }
      double mean = sum / count;
      return new Mean(mean, Math.sqrt((squares / count - mean * mean) / count));
    }
  }

  private static double derivative(int steps) {
    return Parabola.derivativeByLogRate(0.1, 1, steps);
  }

  /// With σ = 0.01, what smoothing the meta-loss changes is below the standard error.
  @Test
  void bothAreUnbiasedOverOneUnroll() {
    for (GradientEstimator estimator : both(0.01)) {
      Mean mean = Mean.of(estimator, 1, 3000);
      assertThat(mean.value).isCloseTo(derivative(STEPS), within(4 * mean.error));
      assertThat(mean.error).isLessThan(0.05 * Math.abs(derivative(STEPS)));
    }
  }

  @Test
  void persistentEvolutionIsUnbiasedOverAnEpisodeWherePlainEvolutionIsNot() {
    double exact = derivative(5 * STEPS);
    Mean persistent = Mean.of(new PersistentEvolutionStrategies(STEPS, 0.01), 5, 6000);
    assertThat(persistent.value).isCloseTo(exact, within(4 * persistent.error));
    assertThat(persistent.error).isLessThan(0.05 * Math.abs(exact));
    Mean plain = Mean.of(new EvolutionStrategies(STEPS, 0.01), 5, 3000);
    assertThat(Math.abs(plain.value - exact)).isGreaterThan(10 * plain.error);
  }

  @Test
  void nothingNeedsToBeDifferentiable() {
    QuasiNewton family = new QuasiNewton(Lstm.forNetworks(), 5, Secants.CONJUGATE);
    float[] weights = family.initialWeights(1);
    for (GradientEstimator estimator : both(SIGMA)) {
      estimator.check(family);
      float[] gradient =
          new Assignment(family, BlockFilter.ALL, estimator, MetaLoss.LOSSES, 1)
              .start(List.of(BOWL), weights)
              .advance(weights, 1)
              .gradient();
      assertThat(gradient).doesNotContain(0);
    }
  }
}
