package dev.glissade.app.cli;

import dev.glissade.BlockFilter;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.evaluation.Span;
import dev.glissade.meta.Curriculum;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.MetaLoss;
import dev.glissade.optimizer.Rule;
import dev.glissade.training.Kept;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outer;
import dev.glissade.training.Validation;
import dev.glissade.training.Variety;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of `train` that decide what comes out. Nothing has a default here: what is not given
/// stays as it is in the training that they are applied to, be it the problem's usual one, a
/// recipe's or that of a run that is resumed.
final class TrainingOptions {

  @Option(
      names = "--episodes",
      paramLabel = "N",
      description = "Episodes to train on (default: 1000).")
  private Optional<Long> episodes = Optional.empty();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps in an episode (default: the problem's).")
  private Optional<Integer> steps = Optional.empty();

  /// The stages of shorter episodes, such as `20x200,50x30%`; whole text, parsed when the steps are
  /// known.
  @Option(
      names = "--curriculum",
      paramLabel = "STAGES",
      description =
          "Shorter episodes to begin with: 20x200,50x30%% is 200 of 20 steps, then 30 %% of all"
              + " with 50.")
  private Optional<String> curriculum = Optional.empty();

  /// The names of further problems, in any form that a problem can be named in; empty to leave the
  /// mix as it is.
  @Option(
      names = "--mix",
      paramLabel = "PROBLEM",
      description = "Train on this problem as well, equally often; can be given several times.")
  private List<String> mix = List.of();

  /// The range of random scales, as the logarithm of the largest, 0 to 20; 0 for none. It teaches
  /// an optimizer to bear coordinates of different sizes.
  @Option(
      names = "--random-scaling",
      paramLabel = "X",
      description = "Scale coordinates by e^-X to e^X in training.")
  private Optional<Double> randomScaling = Optional.empty();

  /// The number of coordinates of a random convex function, 0 to 1,000; 0 for none.
  @Option(
      names = "--convex-part",
      paramLabel = "N",
      description = "Add a random convex function of N more coordinates to each objective.")
  private Optional<Integer> convexPart = Optional.empty();

  /// Whether losses count by their logarithms; without the option the training's own loss stays.
  @Option(
      names = "--log-loss",
      description =
          "Train and validate on logarithms of losses, so that late steps and easy problems count"
              + " as much as early ones and hard ones.")
  private boolean logLoss;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Objectives run side by side (default: 64; 1 beyond 1,000 coordinates).")
  private Optional<Integer> batch = Optional.empty();

  @Mixin private final ProblemOptions problems;
  @Mixin private final EstimatorOptions estimator = new EstimatorOptions();
  @Mixin private final ArchitectureOptions architecture = new ArchitectureOptions();

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Of the outer optimizer (default: 0.01; 0.003 beyond 1,000 coordinates).")
  private Optional<Double> learningRate = Optional.empty();

  @Option(
      names = "--clip",
      paramLabel = "X",
      description = "Greatest norm of a meta-gradient (default: 1).")
  private Optional<Double> clip = Optional.empty();

  @Option(names = "--no-decay", description = "Keep the learning rate as it is to the end.")
  private boolean noDecay;

  /// The pattern of the blocks of weights that are trained, searched for in their names.
  @Option(
      names = "--train-only",
      paramLabel = "PATTERN",
      description =
          "Train only weights whose block's name matches, 'log-rate'; the others stay as they"
              + " start.")
  private Optional<String> trainOnly = Optional.empty();

  /// The number of episodes from one validation to the next, ≥ 1. A checkpoint is made at the same
  /// time, so this is also what a stop can cost.
  @Option(
      names = "--validate-every",
      paramLabel = "N",
      description =
          "Score and checkpoint after so many episodes (default: 50; 25 beyond 1,000 coordinates).")
  private Optional<Long> validateEvery = Optional.empty();

  /// The number of VALIDATION objectives of each validation, ≥ 1.
  @Option(
      names = "--validation-instances",
      paramLabel = "N",
      description = "VALIDATION objectives to score on (default: 256; 8 beyond 1,000 coordinates).")
  private Optional<Integer> validationInstances = Optional.empty();

  @Option(
      names = "--validate-runs",
      description =
          "Score whole runs, not only where they end: for problems that all runs come to the end"
              + " of.")
  private boolean validateRuns;

  @Option(
      names = "--average",
      description =
          "At the end, also score the average of the weights over the last third of the episodes,"
              + " and keep it if it is better: for meta-gradients with heavy tails.")
  private boolean average;

  /// Whether `--episodes` was given, which `--budget` excludes.
  boolean givesEpisodes() {
    return episodes.isPresent();
  }

  TrainingOptions(Context context) {
    this.problems = new ProblemOptions(context);
  }

  /// Whether `--unroll` was given, so that a recipe does not choose one.
  boolean givesUnroll() {
    return estimator.givesUnroll();
  }

  /// The catalog of the problems that can be named, those of the class path among them.
  ///
  /// @throws IllegalArgumentException if the class path cannot be opened
  Catalog catalog() {
    return problems.catalog();
  }

  /// The training with what was given. Where the steps become others, the unroll follows them
  /// unless it was given.
  ///
  /// The steps come first, because episodes, estimator and curriculum follow from them. Applying
  /// the options twice gives the same as once: [Recipe] and `--resume` rely on it.
  ///
  /// @param training any; it is not changed
  /// @throws IllegalArgumentException if a value is out of range
  MetaTraining applyTo(MetaTraining training) {
    MetaTraining sized =
        steps.isPresent() && steps.get() != training.episodes().steps()
            ? training.withSteps(steps.get())
            : training;
    MetaTraining built = architecture.applyTo(sized);
    MetaTraining estimated =
        built.withEpisodes(episodes(built.episodes())).withEstimator(estimator.of(built));
    return estimated
        .withVariety(variety(training.variety()))
        .withOuter(outer(training.outer()))
        .withTrained(trainOnly.map(BlockFilter::new).orElse(training.trained()))
        .withValidation(validation(training.validation()));
  }

  /// The episodes with another number, length, batch or loss. A curriculum is parsed anew with the
  /// steps that the training has by now.
  private Episodes episodes(Episodes old) {
    Curriculum stages =
        curriculum
            .map(text -> new Curriculum(Curriculum.parseStages(text), old.steps()))
            .orElse(old.curriculum());
    return new Episodes(
        episodes.orElse(old.count()),
        stages,
        batch.orElse(old.batch()),
        logLoss ? MetaLoss.LOGARITHMS : old.loss());
  }

  /// The problems to train on. Those of `--mix` replace the ones that a training mixes already;
  /// they come from the same catalog as the problem.
  private Variety variety(Variety old) {
    Variety mixed =
        mix.isEmpty()
            ? old
            : old.withMix(mix.stream().map(text -> catalog().problem(text).problem()).toList());
    Variety scaled = randomScaling.map(mixed::withRandomScaling).orElse(mixed);
    return convexPart.map(scaled::withConvexPart).orElse(scaled);
  }

  /// The outer optimizer. Its learning rate and fading are those of a hand-designed one, be it what
  /// a guard falls back to: a learned outer optimizer decides on its own, so that `--learning-rate`
  /// and `--no-decay` do nothing to it.
  private Outer outer(Outer old) {
    Outer clipped = clip.map(old::withClip).orElse(old);
    return switch (clipped.teacher()) {
      case Outer.HandDesigned designed -> clipped.withTeacher(handDesigned(designed));
      case Outer.Watched(Outer.Teacher watched, Outer.HandDesigned fallback) ->
          clipped.withTeacher(new Outer.Watched(watched, handDesigned(fallback)));
      case Outer.Learned _, Outer.Self _ -> clipped;
    };
  }

  private Outer.HandDesigned handDesigned(Outer.HandDesigned old) {
    Rule rule = old.rule();
    return new Outer.HandDesigned(
        learningRate.map(rule::withLearningRate).orElse(rule), old.fading() && !noDecay);
  }

  /// The validation with another interval, in episodes, or another number of instances.
  private Validation validation(Validation old) {
    return new Validation(
        validateEvery.orElse(old.every()),
        validationInstances.orElse(old.instances()),
        validateRuns ? Span.RUN : old.span(),
        average ? Kept.BEST_OR_AVERAGE : old.kept());
  }
}
