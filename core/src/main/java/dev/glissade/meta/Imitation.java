package dev.glissade.meta;

import dev.glissade.LearnedOptimizer;
import dev.glissade.Objective;
import dev.glissade.OptimizerState;
import dev.glissade.Seeds;
import dev.glissade.file.JsonObject;
import java.util.List;
import java.util.Optional;

/// Back-propagation through time that learns a part of the episodes from a teacher: a rule or
/// another learned optimizer makes the steps, and the loss says how far the learned optimizer's
/// updates, on the same gradients, are from the teacher's. All other episodes are [TruncatedBptt]'s
/// own.
///
/// An episode of the teacher goes to where the optimizer would not yet come by itself, and its loss
/// has the same slope late as early. Which episodes are the teacher's is decided at random, for
/// each shard.
///
/// Reference: T. Chen et al., *Training stronger baselines for learning to optimize*, NeurIPS 2020,
/// section 3.2.
///
/// @param own of the episodes that are not the teacher's
/// @param teacher whose updates are learned
/// @param share of the episodes that are the teacher's, from 0 to 1; 0.3 in the reference
public record Imitation(TruncatedBptt own, Imitated teacher, double share)
    implements GradientEstimator {

  /// The share of the reference.
  public static final double USUAL_SHARE = 0.3;

  static final String KIND = "imitation";
  private static final String TEACHER = "teacher";
  private static final String SHARE = "share";

  public Imitation {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be from 0 to 1, got " + share);
    }
  }

  static Imitation read(int unroll, JsonObject settings) {
    return new Imitation(
        TruncatedBptt.read(unroll, settings),
        Imitated.fromJson(settings.object(TEACHER)),
        settings.real(SHARE));
  }

  @Override
  public int unroll() {
    return own.unroll();
  }

  @Override
  public Imitation withUnroll(int steps) {
    return new Imitation(own.withUnroll(steps), teacher, share);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return own.settings().with(TEACHER, teacher.toJson()).with(SHARE, share);
  }

  @Override
  public void check(LearnedOptimizer<?> family) {
    own.check(family);
  }

  @Override
  public long floatsKept(long coordinates, long state, boolean keepsStates) {
    return own.floatsKept(coordinates, state, keepsStates) + (unroll() + 1L) * coordinates;
  }

  @Override
  public Worker start(Assignment assignment, List<Objective> objectives, float[] weights) {
    return new Undecided(this, assignment, objectives, weights.clone());
  }

  /// A worker that decides with its first seed whose episode it is.
  private static final class Undecided implements Worker {
    private final Imitation estimator;
    private final Assignment assignment;
    private final List<Objective> objectives;
    private final float[] weights; // φ at the start
    private Optional<Worker> decided = Optional.empty();

    Undecided(
        Imitation estimator, Assignment assignment, List<Objective> objectives, float[] weights) {
      this.estimator = estimator;
      this.assignment = assignment;
      this.objectives = objectives;
      this.weights = weights;
    }

    @Override
    public Estimate advance(float[] phi, long seed) {
      Worker worker = decided.orElseGet(() -> decide(seed));
      decided = Optional.of(worker);
      return worker.advance(phi, seed);
    }

    private Worker decide(long seed) {
      return Seeds.stream(seed, "imitation", 0).nextDouble() < estimator.share
          ? apprentice(assignment.family())
          : estimator.own.start(assignment, objectives, weights);
    }

    private <S extends OptimizerState> Worker apprentice(LearnedOptimizer<S> family) {
      double scale = assignment.scale() * objectives.size();
      return new Apprentice<>(estimator, scale, family, weights, new Batch(objectives));
    }
  }
}
