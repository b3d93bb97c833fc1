package dev.glissade.training;

import dev.glissade.evaluation.Span;
import dev.glissade.learned.ArchitectureNotation;
import dev.glissade.learned.Corrected;
import dev.glissade.meta.Curriculum;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.EvolutionStrategies;
import dev.glissade.meta.MetaLoss;
import dev.glissade.optimizer.Rule;

/// The recipe for optimizers that train optimizers: a training on a [TrainingProblem].
///
/// Few weights that correct Adam are learned, so that evolution strategies on whole trainings can
/// estimate their gradients: a meta-meta-gradient through truncated trainings sees the first steps
/// only. Losses count by their logarithms, because trainings have heavy tails, and how fast a
/// training comes down counts as well as where it ends. The rule that is corrected is also the one
/// that trains.
///
/// Reference: L. Metz et al., *Training learned optimizers with randomly initialized learned
/// optimizers*, 2021.
public final class Trainer {

  /// The rule that is corrected, and that trains unless another one does.
  public static final Rule RULE = Rule.parse("adam=0.03");

  private static final double DEVIATION = 0.1;
  private static final int BATCH = 8; // trainings side by side
  private static final long EPISODES = 60;
  private static final int VALIDATIONS = 3;
  private static final int INSTANCES = 24;

  private Trainer() {}

  /// A training with the settings of the recipe, on the problem's usual number of steps.
  public static MetaTraining of(MetaTraining training) {
    int steps = training.episodes().steps();
    return training
        .withFamily(new Corrected(ArchitectureNotation.parse("linear"), RULE))
        .withEstimator(new EvolutionStrategies(steps, DEVIATION))
        .withOuter(training.outer().withTeacher(new Outer.HandDesigned(RULE, false)))
        .withEpisodes(
            new Episodes(EPISODES, Curriculum.constant(steps), BATCH, MetaLoss.LOGARITHMS))
        .withValidation(new Validation(EPISODES / VALIDATIONS, INSTANCES, Span.RUN, Kept.BEST));
  }
}
