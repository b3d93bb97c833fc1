package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.learned.LstmConfiguration;
import dev.glissade.learned.LstmOptimizer;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.MetaTraining;
import dev.glissade.meta.MetaTrainingConfiguration;
import dev.glissade.meta.TruncatedBptt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Everything that decides what a training gives: what `run.json` holds.
///
/// @param problem the class of problems
/// @param network the architecture of the optimizer
/// @param configuration all numbers
/// @param outer the learned optimizer that trains it; empty for Adam
record TrainingPlan(
    ProblemArgument problem,
    LstmConfiguration network,
    MetaTrainingConfiguration configuration,
    Optional<OptimizerArgument.Learned> outer) {

  /// A plan for a problem with what is best for most: the paper's network for quadratics, which
  /// serves all problems whose gradients have one scale, or that for neural networks.
  static TrainingPlan of(ProblemArgument problem) {
    return problem.factory().data().isEmpty() ? ofFunctions(problem) : ofNetworks(problem);
  }

  private static TrainingPlan ofFunctions(ProblemArgument problem) {
    MetaTrainingConfiguration defaults = MetaTrainingConfiguration.defaults();
    return new TrainingPlan(
        problem,
        LstmConfiguration.forQuadratics(),
        defaults
            .with("steps", problem.factory().steps())
            .with("secondDerivatives", defaults.secondDerivatives() && isTwice(problem)),
        Optional.empty());
  }

  /// Thousands of coordinates make one network a batch, and a quarter of them a good estimate.
  private static TrainingPlan ofNetworks(ProblemArgument problem) {
    return new TrainingPlan(
        problem,
        LstmConfiguration.forNetworks(),
        MetaTrainingConfiguration.defaults()
            .with("steps", problem.factory().steps())
            .with("batch", 1)
            .with("learningRate", 0.003)
            .with("secondDerivatives", false)
            .with("coordinateFraction", 0.25)
            .with("validateEvery", 25)
            .with("validationInstances", 8),
        Optional.empty());
  }

  private static boolean isTwice(ProblemArgument problem) {
    return problem.problem().sample(Problem.Split.TRAIN, 0) instanceof TwiceDifferentiable;
  }

  /// Sees to it that the settings go together, and with the problem.
  ///
  /// @throws IllegalArgumentException if not
  void check() {
    if (configuration.secondDerivatives() && !isTwice(problem)) {
      throw new IllegalArgumentException(
          "%s has no second derivatives: use --no-second-derivatives"
              .formatted(problem.problem().name()));
    }
    new TruncatedBptt<>(
        new LstmOptimizer(network),
        configuration.unroll(),
        configuration.secondDerivatives(),
        configuration.coordinateFraction());
  }

  /// Reads what [#settings] gave.
  ///
  /// @throws IllegalArgumentException if something is missing or out of range
  static TrainingPlan fromSettings(
      Map<String, String> settings, Optional<OptimizerArgument.Learned> outer) {
    return new TrainingPlan(
        ProblemArgument.parse(settings.getOrDefault("problem", "")),
        network(settings),
        MetaTrainingConfiguration.fromMap(settings),
        outer);
  }

  /// The plan as text by name.
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("glissade", Version.TEXT);
    settings.put("problem", problem.problem().name());
    settings.putAll(describe(network));
    settings.putAll(configuration.toMap());
    settings.put("outer", outer.map(OptimizerArgument.Learned::name).orElse("adam"));
    return settings;
  }

  /// The same plan with some settings changed.
  ///
  /// @throws IllegalArgumentException if they do not go together
  TrainingPlan with(Map<String, String> changes) {
    Map<String, String> settings = settings();
    settings.putAll(changes);
    return new TrainingPlan(
        problem, network(settings), MetaTrainingConfiguration.fromMap(settings), outer);
  }

  TrainingPlan with(String name, Object value) {
    return with(Map.of(name, value.toString()));
  }

  TrainingPlan withOuter(OptimizerArgument.Learned optimizer) {
    return new TrainingPlan(problem, network, configuration, Optional.of(optimizer));
  }

  MetaTraining<?, ?> training(int threads) {
    LstmOptimizer learned = new LstmOptimizer(network, threads);
    return outer.isPresent()
        ? MetaTraining.withOuter(
            problem.problem(),
            learned,
            outer.get().trained().optimizer(threads),
            configuration,
            threads)
        : MetaTraining.withAdam(problem.problem(), learned, configuration, threads);
  }

  /// An architecture as text by name.
  static Map<String, String> describe(LstmConfiguration network) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("layers", Integer.toString(network.layers()));
    settings.put("hidden", Integer.toString(network.hidden()));
    settings.put("preprocessing", network.preprocessing().toString());
    settings.put("outputScale", Double.toString(network.outputScale()));
    return settings;
  }

  private static LstmConfiguration network(Map<String, String> settings) {
    try {
      return new LstmConfiguration(
          Integer.parseInt(settings.getOrDefault("layers", "")),
          Integer.parseInt(settings.getOrDefault("hidden", "")),
          Preprocessing.parse(settings.getOrDefault("preprocessing", "")),
          Double.parseDouble(settings.getOrDefault("outputScale", "")));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the network's settings are incomplete: " + settings, e);
    }
  }
}
