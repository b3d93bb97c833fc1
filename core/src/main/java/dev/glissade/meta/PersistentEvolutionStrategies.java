package dev.glissade.meta;

import dev.glissade.LearnedOptimizer;
import dev.glissade.Objective;
import dev.glissade.OptimizerState;
import dev.glissade.file.JsonObject;
import dev.glissade.internal.Vectors;
import dev.glissade.meta.Perturbation.Pair;
import java.util.List;

/// Persistent evolution strategies: antithetic pairs whose two runs last for a whole episode, each
/// with the sum ξ of all the perturbations that it has met,
///
/// ```
/// ξ ← ξ + ε,   ε ~ N(0, σ²)
/// ∇L ≈ (L(φ + ε) − L(φ − ε)) / 2σ² · ξ
/// ```
///
/// where L is the meta-loss of the present unroll only. Because what earlier perturbations do to it
/// is counted as well, the sum over an episode's unrolls is unbiased although each is short: there
/// is an update after every unroll, and no truncation. Any family can be trained.
///
/// A run in which something gave NaN or infinity counts as if it had not moved.
///
/// Reference: P. Vicol, L. Metz, J. Sohl-Dickstein, *Unbiased gradient estimation in unrolled
/// computation graphs with persistent evolution strategies*, ICML 2021, algorithm 2.
///
/// @param unroll T ≥ 1
/// @param deviation σ > 0
public record PersistentEvolutionStrategies(int unroll, double deviation)
    implements GradientEstimator {

  static final String KIND = "persistent-evolution";

  public PersistentEvolutionStrategies {
    GradientEstimators.requireUnroll(unroll);
    Perturbation.requireDeviation(deviation);
  }

  static PersistentEvolutionStrategies read(int unroll, JsonObject settings) {
    return new PersistentEvolutionStrategies(unroll, settings.real(Perturbation.DEVIATION));
  }

  @Override
  public PersistentEvolutionStrategies withUnroll(int steps) {
    return new PersistentEvolutionStrategies(steps, deviation);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return JsonObject.empty().with(Perturbation.DEVIATION, deviation);
  }

  @Override
  public void check(LearnedOptimizer<?> family) {} // any

  /// With φ + ε and with φ − ε.
  @Override
  public int runs() {
    return 2;
  }

  @Override
  public Worker start(Assignment assignment, List<Objective> objectives, float[] weights) {
    return worker(assignment, assignment.family(), new Batch(objectives), weights);
  }

  private <S extends OptimizerState> Worker worker(
      Assignment assignment, LearnedOptimizer<S> family, Batch batch, float[] weights) {
    Run<S> plus = new Run<>(batch, family.with(weights));
    Run<S> minus = plus.fork();
    Perturbation total = new Perturbation(new float[weights.length]); // ξ
    return (phi, seed) -> {
      long nonFinite = batch.nonFiniteCount();
      Perturbation epsilon = Perturbation.draw(assignment, deviation, seed);
      Vectors.add(epsilon.values(), total.values());
      double upper = plus.advance(family.with(epsilon.addTo(phi, 1)), unroll, assignment.loss());
      double lower = minus.advance(family.with(epsilon.addTo(phi, -1)), unroll, assignment.loss());
      return new Pair(upper, lower)
          .estimate(assignment, deviation, total, batch.nonFiniteCount() - nonFinite);
    };
  }
}
