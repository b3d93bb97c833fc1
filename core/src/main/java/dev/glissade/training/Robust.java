package dev.glissade.training;

import dev.glissade.BlockFilter;
import dev.glissade.ParameterLayout;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Group;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.Curriculum;
import dev.glissade.meta.Curriculum.Percent;
import dev.glissade.meta.Curriculum.Stage;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.MetaLoss;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.optimizer.Baselines;
import java.util.List;

/// The recipe for optimizers that meet other networks than they were trained on, for more steps.
///
/// The problem is mixed with its variants; the LSTMs correct hand-designed rules, Muon for the
/// matrices of a network and Adam for all else, and learn their rates as functions of the step;
/// meta-gradients go back through whole short episodes; losses count by their logarithms, so that
/// neither the first steps nor the hardest variant outweigh all else; and the episodes grow ten
/// times as long in the course of the training.
///
/// Reference for the last: T. Chen et al., *Training stronger baselines for learning to optimize*,
/// NeurIPS 2020.
public final class Robust {

  private static final int LONGEST = 1000;
  private static final int GROWTH = 10;
  private static final int BATCH = 3;

  /// The blocks that are the matrices of a network, by their names.
  private static final BlockFilter MATRICES = new BlockFilter("weights");

  private Robust() {}

  /// A training with the settings of the recipe, on episodes of at least 1,000 steps.
  public static MetaTraining of(MetaTraining training) {
    return of(training, steps(training.episodes().steps()));
  }

  /// The number of steps in the longest episodes, for a problem whose runs usually have so many.
  public static int steps(int usual) {
    return Math.max(LONGEST, usual);
  }

  /// A training with the settings of the recipe.
  ///
  /// @param steps of the longest episodes, ≥ 1
  public static MetaTraining of(MetaTraining training, int steps) {
    return of(training, steps, largestDivisor(steps, steps / GROWTH));
  }

  /// A training with the settings of the recipe.
  ///
  /// @param steps of the longest episodes, ≥ 1
  /// @param unroll which divides them
  public static MetaTraining of(MetaTraining training, int steps, int unroll) {
    Episodes episodes =
        training
            .episodes()
            .withCurriculum(growing(steps, unroll))
            .withBatch(Math.max(BATCH, training.episodes().batch()))
            .withLoss(MetaLoss.LOGARITHMS);
    double fraction = training.estimator() instanceof TruncatedBptt(_, double part) ? part : 1;
    return training
        .withVariety(training.variety().withMix(training.problem().variants()))
        .withFamily(architecture(training))
        .withEstimator(new TruncatedBptt(unroll, fraction))
        .withEpisodes(episodes)
        .withOuter(Outer.adam(0.005).withClip(training.outer().clip()))
        .withValidation(training.validation().withEvery(50));
  }

  /// A curriculum in which six episodes in ten are a tenth as long, two a fifth, one half as long.
  private static Curriculum growing(int steps, int unroll) {
    List<Stage> stages =
        List.of(
            new Stage(wholeUnrolls(steps / GROWTH, unroll), new Percent(60)),
            new Stage(wholeUnrolls(steps / 5, unroll), new Percent(20)),
            new Stage(wholeUnrolls(steps / 2, unroll), new Percent(10)));
    return new Curriculum(stages, steps);
  }

  private static int largestDivisor(int steps, int bound) {
    int divisor = Math.max(1, bound);
    while (steps % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  private static int wholeUnrolls(int steps, int unroll) {
    return Math.max(1, steps / unroll) * unroll;
  }

  private static Architecture<?> architecture(MetaTraining training) {
    Preprocessing inputs =
        new Preprocessing.Both(new Preprocessing.LogSign(10), new Preprocessing.AdamLike(0.95));
    Lstm network = new Lstm(2, 20, inputs, 0.3);
    Corrected rest = new Corrected(network, Baselines.find("adam").rule(0.02));
    Corrected matrices = new Corrected(network, Baselines.find("muon").rule(0.015));
    return hasMatrices(training.problem().layout())
        ? new Grouped(List.of(new Group("matrices", MATRICES, matrices)), rest)
        : rest;
  }

  private static boolean hasMatrices(ParameterLayout layout) {
    return layout.blocks().stream()
        .anyMatch(block -> MATRICES.matches(block) && block.shape().size() > 1);
  }
}
