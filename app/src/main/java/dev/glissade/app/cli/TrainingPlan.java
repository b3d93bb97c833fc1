package dev.glissade.app.cli;

import dev.glissade.LearnedOptimizer.Backpropagatable;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.BlockGroup;
import dev.glissade.learned.LstmConfiguration;
import dev.glissade.learned.WarmStart;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.MetaTrainingConfiguration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that decides what a training gives: what `run.json` holds.
///
/// @param problem the class of problems
/// @param variety what it is trained on besides
/// @param architecture of the optimizer
/// @param configuration all numbers
/// @param outer the learned optimizer that trains it; empty for Adam
/// @param start the trained optimizer that it starts from; empty for random weights
record TrainingPlan(
    ProblemArgument problem,
    Variety variety,
    Architecture architecture,
    MetaTrainingConfiguration configuration,
    Optional<OptimizerArgument.Learned> outer,
    Optional<OptimizerArgument.Learned> start) {

  /// The paper's two groups of a convolutional network, section 3.3.
  private static final String CONVOLUTIONS = "conv=conv.*weights";

  /// Up to so many coordinates, a batch of exact meta-gradients is cheap.
  private static final int FEW = 1000;

  private static final String STEPS = "steps";
  private static final String ADAM = "adam";
  private static final String RANDOM = "random";

  /// A plan for a problem with what is best for most: the paper's network for quadratics, which
  /// serves functions of few coordinates, or that for neural networks.
  static TrainingPlan of(ProblemArgument problem) {
    int size = problem.problem().layout().size();
    return size <= FEW ? ofFunctions(problem) : ofNetworks(problem);
  }

  private static TrainingPlan ofFunctions(ProblemArgument problem) {
    MetaTrainingConfiguration defaults = MetaTrainingConfiguration.defaults();
    return new TrainingPlan(
        problem,
        new Variety(List.of(), 0),
        Architecture.of(LstmConfiguration.forQuadratics()),
        defaults
            .withSteps(problem.problem().steps())
            .with("secondDerivatives", defaults.secondDerivatives() && isTwice(problem.problem())),
        Optional.empty(),
        Optional.empty());
  }

  /// Thousands of coordinates make one network a batch, and a quarter of them a good estimate.
  private static TrainingPlan ofNetworks(ProblemArgument problem) {
    return new TrainingPlan(
        problem,
        new Variety(List.of(), 0),
        new Architecture(LstmConfiguration.forNetworks(), groups(problem)),
        MetaTrainingConfiguration.defaults()
            .withSteps(problem.problem().steps())
            .with("batch", 1)
            .with("learningRate", 0.003)
            .with("secondDerivatives", false)
            .with("coordinateFraction", 0.25)
            .with("validateEvery", 25)
            .with("validationInstances", 8),
        Optional.empty(),
        Optional.empty());
  }

  private static List<BlockGroup> groups(ProblemArgument problem) {
    List<BlockGroup> groups = BlockGroup.parse(CONVOLUTIONS);
    ParameterLayout layout = problem.problem().layout();
    boolean convolutional =
        layout.blocks().stream().anyMatch(block -> groups.getFirst().matches(block));
    return convolutional ? groups : List.of();
  }

  private static boolean isTwice(Problem problem) {
    return problem.isTwiceDifferentiable();
  }

  /// Sees to it that the settings go together, and with the problem.
  ///
  /// @throws IllegalArgumentException if not
  void check() {
    variety.applyTo(problem.problem()); // throws if the range is wrong
    for (Problem part : variety.parts(problem.problem())) {
      if (configuration.secondDerivatives() && !isTwice(part)) {
        throw new IllegalArgumentException(
            "%s has no second derivatives: use --no-second-derivatives".formatted(part.name()));
      }
    }
    start.ifPresent(from -> architecture.adopt(from.trained()));
    training().estimator(); // throws if they do not
  }

  /// Reads what [#settings] gave.
  ///
  /// @throws IllegalArgumentException if something is missing or out of range
  static TrainingPlan fromSettings(
      Map<String, String> settings,
      Optional<OptimizerArgument.Learned> outer,
      Optional<OptimizerArgument.Learned> start) {
    return new TrainingPlan(
        ProblemArgument.parse(settings.getOrDefault("problem", "")),
        Variety.fromMap(settings),
        architecture(settings),
        MetaTrainingConfiguration.fromMap(settings),
        outer,
        start);
  }

  /// The plan as text by name.
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("glissade", Version.TEXT);
    settings.put("problem", problem.problem().name());
    settings.putAll(variety.toMap());
    settings.putAll(architecture.toMap());
    settings.putAll(configuration.toMap());
    settings.put("outer", outer.map(OptimizerArgument.Learned::name).orElse(ADAM));
    settings.put("start", start.map(OptimizerArgument.Learned::name).orElse(RANDOM));
    return settings;
  }

  /// Whether a run with these settings has an outer optimizer of its own.
  static boolean hasOuter(Map<String, String> settings) {
    return !settings.getOrDefault("outer", ADAM).equals(ADAM);
  }

  /// Whether a run with these settings starts from a trained optimizer.
  static boolean hasStart(Map<String, String> settings) {
    return !settings.getOrDefault("start", RANDOM).equals(RANDOM);
  }

  /// The same plan with some settings changed; where the steps become others, the unroll follows
  /// them, and where evolution strategies are asked for, it is all of them, unless it is among the
  /// settings.
  ///
  /// @throws IllegalArgumentException if they do not go together
  TrainingPlan with(Map<String, String> changes) {
    Map<String, String> settings = settings();
    int steps = Integer.parseInt(changes.getOrDefault(STEPS, "" + configuration.steps()));
    if (steps != configuration.steps()) {
      MetaTrainingConfiguration suitable = MetaTrainingConfiguration.defaults().withSteps(steps);
      settings.put("unroll", "" + suitable.unroll());
    }
    if (Double.parseDouble(changes.getOrDefault("evolution", "0")) > 0) {
      settings.put("unroll", "" + steps);
    }
    settings.putAll(changes);
    return new TrainingPlan(
        problem,
        Variety.fromMap(settings),
        architecture(settings),
        MetaTrainingConfiguration.fromMap(settings),
        outer,
        start);
  }

  TrainingPlan with(String name, Object value) {
    return with(Map.of(name, value.toString()));
  }

  TrainingPlan withOuter(OptimizerArgument.Learned optimizer) {
    return new TrainingPlan(
        problem, variety, architecture, configuration, Optional.of(optimizer), start);
  }

  /// The same plan, starting from an optimizer, with its network.
  TrainingPlan withStart(OptimizerArgument.Learned optimizer) {
    Architecture trained = optimizer.trained().architecture();
    List<BlockGroup> groups = trained.groups().isEmpty() ? architecture.groups() : trained.groups();
    return new TrainingPlan(
        problem,
        variety,
        new Architecture(trained.network(), trained.base().or(architecture::base), groups),
        configuration,
        outer,
        Optional.of(optimizer));
  }

  MetaTraining<?, ?> training() {
    Backpropagatable<?> family = architecture.optimizer();
    Backpropagatable<?> learned =
        start.isPresent() ? warm(family, architecture.adopt(start.get().trained())) : family;
    Problem varied = variety.applyTo(problem.problem());
    return outer.isPresent()
        ? MetaTraining.withOuter(varied, learned, outer.get().trained().optimizer(), configuration)
        : MetaTraining.withAdam(varied, learned, configuration);
  }

  private static <S extends OptimizerState> WarmStart<S> warm(
      Backpropagatable<S> family, float[] weights) {
    return new WarmStart<>(family, weights);
  }

  private static Architecture architecture(Map<String, String> settings) {
    try {
      return Architecture.fromMap(settings);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the network's settings are incomplete: " + settings, e);
    }
  }
}
