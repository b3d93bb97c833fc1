package dev.glissade.app.cli;

import dev.glissade.BlockFilter;
import dev.glissade.app.catalog.ArchitectureText;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.Curriculum;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.MetaLoss;
import dev.glissade.optimizer.Rule;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outer;
import dev.glissade.training.Validation;
import dev.glissade.training.Variety;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of `train` that decide what comes out. Nothing has a default here: what is not given
/// stays as it is in the training that they are applied to.
final class TrainingOptions {

  private static final String NONE = "none";

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

  @Option(
      names = "--curriculum",
      paramLabel = "STAGES",
      description =
          "Shorter episodes to begin with: 20x200,50x30%% is 200 of 20 steps, then 30 %% of all"
              + " with 50.")
  private Optional<String> curriculum = Optional.empty();

  @Option(
      names = "--mix",
      paramLabel = "PROBLEM",
      description = "Train on this problem as well, equally often; can be given several times.")
  private List<String> mix = List.of();

  @Option(
      names = "--random-scaling",
      paramLabel = "X",
      description = "Scale coordinates by e^-X to e^X in training.")
  private Optional<Double> randomScaling = Optional.empty();

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

  @Mixin private final ClassPathOption classPath = new ClassPathOption();
  @Mixin private final EstimatorOptions estimator = new EstimatorOptions();

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

  @Option(
      names = "--train-only",
      paramLabel = "PATTERN",
      description =
          "Train only weights whose block's name matches, 'log-rate'; the others stay as they"
              + " start.")
  private Optional<String> trainOnly = Optional.empty();

  @Option(
      names = "--validate-every",
      paramLabel = "N",
      description =
          "Score and checkpoint after so many episodes (default: 50; 25 beyond 1,000 coordinates).")
  private Optional<Long> validateEvery = Optional.empty();

  @Option(
      names = "--validation-instances",
      paramLabel = "N",
      description = "VALIDATION objectives to score on (default: 256; 8 beyond 1,000 coordinates).")
  private Optional<Integer> validationInstances = Optional.empty();

  @Option(
      names = "--groups",
      paramLabel = "GROUPS",
      description =
          "An LSTM of its own for blocks whose names match, 'conv=conv.*weights', or a baseline,"
              + " 'offsets=offset$:sgd=0.01', or a baseline that an LSTM corrects,"
              + " 'conv=conv.*weights+nesterov=0.01'; several with ';'; 'none' for one LSTM.")
  private Optional<String> groups = Optional.empty();

  @Option(
      names = "--base",
      paramLabel = "RULE=RATE",
      description =
          "Learn to correct a baseline, 'nesterov=0.1', and its rate, in place of the whole"
              + " update; 'none' for the whole update.")
  private Optional<String> base = Optional.empty();

  @Option(
      names = "--layers",
      paramLabel = "N",
      description = "LSTM layers; 0 is a linear rule (default: 2).")
  private Optional<Integer> layers = Optional.empty();

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "Hidden units in a layer (default: 20).")
  private Optional<Integer> hidden = Optional.empty();

  @Option(
      names = "--preprocessing",
      paramLabel = "P",
      description =
          "What the network sees of a gradient: identity, log-sign:10, adam-like:0.95, or both:"
              + " log-sign:10+adam-like:0.95 (default: identity; log-sign:10 beyond 1,000"
              + " coordinates).")
  private Optional<String> preprocessing = Optional.empty();

  @Option(
      names = "--output-scale",
      paramLabel = "X",
      description =
          "Factor from the network's output to the update (default: 1; 0.1 beyond 1,000"
              + " coordinates).")
  private Optional<Double> outputScale = Optional.empty();

  boolean givesEpisodes() {
    return episodes.isPresent();
  }

  boolean givesUnroll() {
    return estimator.givesUnroll();
  }

  /// The problems that can be named, those of the class path among them.
  Catalog catalog() {
    return classPath.catalog();
  }

  /// The training with what was given. Where the steps become others, the unroll follows them
  /// unless it was given.
  ///
  /// @throws IllegalArgumentException if a value is out of range
  MetaTraining applyTo(MetaTraining training) {
    MetaTraining sized =
        steps.isPresent() && steps.get() != training.episodes().steps()
            ? training.withSteps(steps.get())
            : training;
    MetaTraining built =
        changesArchitecture() ? sized.withFamily(architecture(sized).architecture()) : sized;
    MetaTraining estimated =
        built.withEpisodes(episodes(built.episodes())).withEstimator(estimator.of(built));
    return estimated
        .withVariety(variety(training.variety()))
        .withOuter(outer(training.outer()))
        .withTrained(trainOnly.map(BlockFilter::new).orElse(training.trained()))
        .withValidation(validation(training.validation()));
  }

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

  private Variety variety(Variety old) {
    Variety mixed =
        mix.isEmpty()
            ? old
            : old.withMix(mix.stream().map(text -> catalog().problem(text).problem()).toList());
    return randomScaling.map(mixed::withRandomScaling).orElse(mixed);
  }

  private Outer outer(Outer old) {
    Outer clipped = clip.map(old::withClip).orElse(old);
    return switch (clipped.teacher()) {
      case Outer.HandDesigned(Rule rule, boolean fading) ->
          clipped.withTeacher(
              new Outer.HandDesigned(
                  learningRate.map(rule::withLearningRate).orElse(rule), fading && !noDecay));
      case Outer.Learned _ -> clipped;
    };
  }

  private Validation validation(Validation old) {
    return new Validation(
        validateEvery.orElse(old.every()), validationInstances.orElse(old.instances()));
  }

  private boolean changesArchitecture() {
    return Stream.of(groups, base, layers, hidden, preprocessing, outputScale)
        .anyMatch(Optional::isPresent);
  }

  private ArchitectureText architecture(MetaTraining training) {
    ArchitectureText text = ArchitectureText.of(training.architecture());
    Lstm old = text.network();
    ArchitectureText changed =
        text.withNetwork(
            new Lstm(
                layers.orElse(old.layers()),
                hidden.orElse(old.hidden()),
                preprocessing.map(Preprocessing::parse).orElse(old.inputs()),
                outputScale.orElse(old.outputScale())));
    if (base.isPresent()) {
      changed = changed.withBase(base.filter(rule -> !rule.equals(NONE)).map(Rule::parse));
    }
    return groups.isPresent()
        ? changed.withGroups(
            ArchitectureText.parseGroups(groups.get().equals(NONE) ? "" : groups.get()))
        : changed;
  }
}
