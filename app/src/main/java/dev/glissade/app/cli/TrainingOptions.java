package dev.glissade.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of `train` that decide what comes out. Nothing has a default here: what is not given
/// comes from `MetaTrainingConfiguration`, the network's default, or the run that is resumed.
final class TrainingOptions {

  @Option(names = "--episodes", paramLabel = "N", description = "Episodes to train on.")
  private Optional<Long> episodes = Optional.empty();

  @Option(names = "--steps", paramLabel = "N", description = "Steps in an episode.")
  private Optional<Integer> steps = Optional.empty();

  @Option(
      names = "--curriculum",
      paramLabel = "STAGES",
      description =
          "Shorter episodes to begin with: 20x200,50x30%% is 200 of 20 steps, then 30 %% of all with"
              + " 50.")
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
      names = "--unroll",
      paramLabel = "N",
      description =
          "Steps that one meta-gradient goes back through; divides --steps (default: at least 20).")
  private Optional<Integer> unroll = Optional.empty();

  @Option(names = "--batch", paramLabel = "N", description = "Objectives run side by side.")
  private Optional<Integer> batch = Optional.empty();

  @Option(names = "--learning-rate", paramLabel = "X", description = "Of the outer Adam.")
  private Optional<Double> learningRate = Optional.empty();

  @Option(names = "--clip", paramLabel = "X", description = "Greatest norm of a meta-gradient.")
  private Optional<Double> clip = Optional.empty();

  @Option(names = "--no-decay", description = "Keep the learning rate as it is to the end.")
  private boolean noDecay;

  @Option(
      names = "--second-derivatives",
      negatable = true,
      description =
          "Whether to go back through the gradients of the objective as well (default: if the"
              + " problem and --coordinate-fraction allow it).")
  private Optional<Boolean> secondDerivatives = Optional.empty();

  @Option(
      names = "--coordinate-fraction",
      paramLabel = "X",
      description = "Part of the coordinates that a meta-gradient goes back through.")
  private Optional<Double> coordinateFraction = Optional.empty();

  @Option(
      names = "--evolution",
      paramLabel = "SIGMA",
      description =
          "Estimate meta-gradients by evolution strategies, from runs whose weights are moved by"
              + " about SIGMA, in place of back-propagation. Sees whole episodes, which --unroll then"
              + " is by default; for few weights: see --train-only.")
  private Optional<Double> evolution = Optional.empty();

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
      description = "Score and checkpoint after so many episodes.")
  private Optional<Long> validateEvery = Optional.empty();

  @Option(
      names = "--validation-instances",
      paramLabel = "N",
      description = "VALIDATION objectives to score on.")
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

  @Option(names = "--layers", paramLabel = "N", description = "LSTM layers; 0 is a linear rule.")
  private Optional<Integer> layers = Optional.empty();

  @Option(names = "--hidden", paramLabel = "N", description = "Hidden units in a layer.")
  private Optional<Integer> hidden = Optional.empty();

  @Option(
      names = "--preprocessing",
      paramLabel = "P",
      description =
          "What the network sees of a gradient: identity, log-sign:10, adam-like:0.95, or both:"
              + " log-sign:10+adam-like:0.95.")
  private Optional<String> preprocessing = Optional.empty();

  @Option(
      names = "--output-scale",
      paramLabel = "X",
      description = "Factor from the network's output to the update.")
  private Optional<Double> outputScale = Optional.empty();

  Optional<Long> episodes() {
    return episodes;
  }

  /// What was given, as text by the name that it has in `run.json`.
  Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    put(given, "episodes", episodes);
    put(given, "steps", steps);
    put(given, "curriculum", curriculum);
    put(given, "mix", mix.isEmpty() ? Optional.empty() : Optional.of(String.join(";", mix)));
    put(given, "randomScaling", randomScaling);
    put(given, "logLoss", logLoss ? Optional.of(true) : Optional.empty());
    put(given, "unroll", unroll);
    put(given, "batch", batch);
    put(given, "learningRate", learningRate);
    put(given, "clip", clip);
    put(given, "decay", noDecay ? Optional.of(false) : Optional.empty());
    put(given, "secondDerivatives", secondDerivatives());
    put(given, "coordinateFraction", coordinateFraction);
    put(given, "evolution", evolution);
    put(given, "trainOnly", trainOnly);
    put(given, "validateEvery", validateEvery);
    put(given, "validationInstances", validationInstances);
    put(given, "groups", groups.map(text -> text.equals("none") ? "" : text));
    put(given, "base", base.map(text -> text.equals("none") ? "" : text));
    put(given, "layers", layers);
    put(given, "hidden", hidden);
    put(given, "preprocessing", preprocessing);
    put(given, "outputScale", outputScale);
    return given;
  }

  private Optional<Boolean> secondDerivatives() {
    boolean some = coordinateFraction.isPresent() && coordinateFraction.get() < 1;
    return secondDerivatives.isEmpty() && (some || evolution.isPresent())
        ? Optional.of(false)
        : secondDerivatives;
  }

  private static void put(Map<String, String> given, String name, Optional<?> value) {
    value.ifPresent(v -> given.put(name, v.toString()));
  }
}
