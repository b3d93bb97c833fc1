package dev.glissade.meta;

import dev.glissade.LearnedOptimizer;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.file.JsonObject;
import dev.glissade.meta.Perturbation.Pair;
import java.util.List;

/// Evolution strategies with antithetic pairs: two runs of T steps from where the episode stands,
/// with φ + ε and with φ − ε on the same draws, and
///
/// ```
/// ∇L ≈ (L(φ + ε) − L(φ − ε)) / 2σ² · ε,   ε ~ N(0, σ²)
/// ```
///
/// which is the gradient of L smoothed by a Gaussian. Nothing goes back through the T steps, so
/// that they may be thousands, and any family can be trained: with T = a whole episode, the
/// estimate sees what an update costs at its very end, which truncated back-propagation does not.
/// It is noisy in proportion to the number of weights that are perturbed, and so suits few of them:
/// learned rates, not LSTMs.
///
/// Where a run's end matters most, the losses of the first steps can be left out of L: they differ
/// by far more, and hide what the last ones say. L is scaled so that its mean over the steps is
/// that of the losses which count.
///
/// A run in which something gave NaN or infinity counts as if it had not moved. The episode goes on
/// from the run with φ + ε.
///
/// References: T. Salimans et al., *Evolution strategies as a scalable alternative to reinforcement
/// learning*, 2017; L. Metz et al., *Understanding and correcting pathologies in the training of
/// learned optimizers*, ICML 2019.
///
/// @param unroll T ≥ 1
/// @param deviation σ > 0
/// @param skip the part of an unroll, from its start, that does not count, 0 ≤ skip < 1
public record EvolutionStrategies(int unroll, double deviation, double skip)
    implements GradientEstimator {

  static final String KIND = "evolution";

  private static final String SKIP = "skip";

  public EvolutionStrategies {
    GradientEstimators.requireUnroll(unroll);
    Perturbation.requireDeviation(deviation);
    if (!(skip >= 0 && skip < 1)) {
      throw new IllegalArgumentException("skip must be >= 0 and < 1, got " + skip);
    }
  }

  /// Evolution strategies in which all steps count.
  public EvolutionStrategies(int unroll, double deviation) {
    this(unroll, deviation, 0);
  }

  static EvolutionStrategies read(int unroll, JsonObject settings) {
    return new EvolutionStrategies(
        unroll,
        settings.real(Perturbation.DEVIATION),
        settings.has(SKIP) ? settings.real(SKIP) : 0);
  }

  @Override
  public EvolutionStrategies withUnroll(int steps) {
    return new EvolutionStrategies(steps, deviation, skip);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    JsonObject settings = JsonObject.empty().with(Perturbation.DEVIATION, deviation);
    return skip == 0 ? settings : settings.with(SKIP, skip);
  }

  @Override
  public void check(LearnedOptimizer<?> family) {} // any

  /// With φ + ε and with φ − ε.
  @Override
  public int runs() {
    return 2;
  }

  @Override
  public boolean suitsWholeEpisodes() {
    return true;
  }

  @Override
  public Worker start(Assignment assignment, List<Objective> objectives, float[] weights) {
    return worker(assignment, assignment.family(), new Batch(objectives), weights);
  }

  private <S extends OptimizerState> Worker worker(
      Assignment assignment, LearnedOptimizer<S> family, Batch batch, float[] weights) {
    Run<S> run = new Run<>(batch, family.with(weights));
    return (phi, seed) -> {
      long nonFinite = batch.nonFiniteCount();
      Perturbation epsilon = Perturbation.draw(assignment, deviation, seed);
      double scale = unroll / (double) (unroll - skipped());
      double lower = scale * losses(run.fork(), family.with(epsilon.addTo(phi, -1)), assignment);
      double upper = scale * losses(run, family.with(epsilon.addTo(phi, 1)), assignment);
      return new Pair(upper, lower)
          .estimate(assignment, deviation, epsilon, batch.nonFiniteCount() - nonFinite);
    };
  }

  private int skipped() {
    return (int) (skip * unroll);
  }

  private <S extends OptimizerState> double losses(
      Run<S> run, Optimizer<S> member, Assignment assignment) {
    return run.advance(member, unroll, skipped(), assignment.loss());
  }
}
