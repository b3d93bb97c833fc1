package dev.glissade.app.experiment;

import dev.glissade.BlockFilter;
import dev.glissade.learned.ArchitectureNotation;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Group;
import dev.glissade.learned.Grouped;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outer;
import dev.glissade.training.Trainer;
import java.util.List;
import java.util.function.UnaryOperator;

/// Experiments on the article's last questions: what g(g) is, and what its fixed point.
public final class SelfExperiments {

  /// Trainings of a corrected Adam of eleven weights on random quadratics.
  private static final String PROBLEM = "training";

  /// Rules that are tuned for the same: the start's, and those that were found to be strong.
  private static final List<String> BASELINES =
      List.of("adam", "adam+cosine", "rmsprop+cosine", "sgd+cosine");

  private static final int STEPS = 60;

  /// The outer rate where rates are learned that differ by powers of ten.
  private static final double FAR_RATE = 0.1;

  private SelfExperiments() {}

  /// The experiments in the order in which they are listed.
  static List<Experiment> all() {
    return List.of(fixedPoint(), byBackPropagation());
  }

  /// Four generations and the fixed point, each as good as an hour of two cores allows.
  static FixedPointExperiment fixedPoint() {
    return new FixedPointExperiment(
        "fixed-point",
        "experiment run fixed-point",
        "optimizers that are trained by optimizers, and one that trains itself",
        "–",
        new Design(List.of(), BASELINES, STEPS, 48, 24),
        new Lineage(PROBLEM, 4, UnaryOperator.identity()));
  }

  /// The same for trainings by back-propagation, whose gradients have no noise and a bias: there
  /// the rates of a schedule and of a network must be far apart, which one rate cannot be.
  static FixedPointExperiment byBackPropagation() {
    return new FixedPointExperiment(
        "fixed-point-bptt",
        "experiment run fixed-point-bptt",
        "the same for trainings by back-propagation, with a rule for each group of weights",
        "–",
        new Design(List.of(), List.of("adam", "adam+cosine", "rmsprop+cosine"), STEPS, 48, 24),
        new Lineage(PROBLEM + ":by=bptt,unroll=100", 1, SelfExperiments::grouped));
  }

  /// Rules of their own for the weights of the inner rule's schedule and for all others.
  private static MetaTraining grouped(MetaTraining training) {
    Corrected rule = new Corrected(ArchitectureNotation.parse("linear"), Trainer.RULE);
    Group schedule = new Group("schedule", new BlockFilter("^base/"), rule);
    return training
        .withFamily(new Grouped(List.of(schedule), rule))
        .withEpisodes(training.episodes().withBatch(4))
        .withOuter(
            training
                .outer()
                .withTeacher(
                    new Outer.HandDesigned(Trainer.RULE.withLearningRate(FAR_RATE), false)));
  }

  /// Two generations and the fixed point, in a few minutes.
  public static FixedPointExperiment demo() {
    return new FixedPointExperiment(
        "demo-self",
        "demo self",
        "an optimizer trains optimizers, its successor, and itself",
        "–",
        new Design(List.of(), List.of("adam", "rmsprop+cosine"), STEPS, 24, 8),
        new Lineage(PROBLEM, 2, SelfExperiments::quick));
  }

  /// Fewer steps and scores, for a result that is rougher.
  private static MetaTraining quick(MetaTraining training) {
    return training.withEpisodes(40).withValidation(training.validation().withInstances(16));
  }
}
