package dev.glissade.meta;

import dev.glissade.BlockFilter;
import dev.glissade.LearnedOptimizer;
import dev.glissade.Objective;
import dev.glissade.file.JsonObject;
import java.util.List;

/// An estimator of ∇L(φ), one unroll of an episode after the other.
///
/// An estimator is a value. What it keeps during an episode belongs to the [Worker]s that it makes,
/// one for each shard of the objectives: on whatever thread or machine they are.
public interface GradientEstimator {

  /// The number T of steps in one unroll, ≥ 1.
  int unroll();

  /// This estimator with another unroll.
  GradientEstimator withUnroll(int steps);

  /// The kind of estimator, in lower case, by which [GradientEstimators] knows it.
  String kind();

  /// The settings that decide the estimator, unroll and kind aside.
  JsonObject settings();

  /// Fails unless the estimator can train members of this family.
  ///
  /// @throws IllegalArgumentException if not, with a remedy
  void check(LearnedOptimizer<?> family);

  /// Whether the objectives must offer Hessian-vector products.
  default boolean needsSecondDerivatives() {
    return false;
  }

  /// Whether an unroll is best a whole episode.
  default boolean suitsWholeEpisodes() {
    return false;
  }

  /// How many runs it makes of each objective, side by side.
  default int runs() {
    return 1;
  }

  /// How many floats it keeps of an unroll, at least, so that one can tell beforehand whether there
  /// is memory enough.
  ///
  /// @param coordinates N of all objectives together
  /// @param state floats in the optimizer's state for these
  /// @param keepsStates whether the way back wants the state at every step, as
  ///   [dev.glissade.learned.DifferentiableRule#keepsStates] has it
  default long floatsKept(long coordinates, long state, boolean keepsStates) {
    return state;
  }

  /// Starts an episode on objectives that are run side by side.
  ///
  /// @param objectives of one shard; one only if the meta-loss is no sum, or the family mixes
  ///   everything
  /// @param weights φ, only read
  Worker start(Assignment assignment, List<Objective> objectives, float[] weights);

  /// What a worker works on, whatever the objectives.
  ///
  /// @param family the optimizers that are trained
  /// @param trained the blocks of φ that are trained; the derivatives by others are not needed
  /// @param estimator which makes the workers
  /// @param loss what the meta-loss is a sum of
  /// @param scale factor of the sum, such as 1/B
  record Assignment(
      LearnedOptimizer<?> family,
      BlockFilter trained,
      GradientEstimator estimator,
      MetaLoss loss,
      double scale) {

    /// Starts an episode on the objectives of one shard.
    public Worker start(List<Objective> objectives, float[] weights) {
      return estimator.start(this, objectives, weights);
    }
  }

  /// One shard of an episode in progress.
  interface Worker {

    /// Moves on by T steps with the optimizer φ and estimates the gradient of the scaled sum over
    /// the T points reached and over the objectives.
    ///
    /// @param weights φ, only read
    /// @param seed of whatever randomness the estimator uses
    Estimate advance(float[] weights, long seed);
  }

  /// What one unroll of one shard gave.
  ///
  /// @param loss the scaled sum
  /// @param gradient of it by φ, `float[φ]`
  /// @param nonFiniteCount how many evaluations gave NaN or infinity
  @SuppressWarnings("ArrayRecordComponent") // handed over to who adds them up
  record Estimate(double loss, float[] gradient, long nonFiniteCount) {}
}
