package dev.glissade.app.cli;

import dev.glissade.file.JsonObject;
import dev.glissade.meta.GradientEstimator;
import dev.glissade.meta.GradientEstimators;
import dev.glissade.meta.Imitated;
import dev.glissade.meta.Imitation;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.training.MetaTraining;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say how meta-gradients are estimated; [TrainingOptions] holds them.
final class EstimatorOptions {

  @Option(
      names = "--estimator",
      paramLabel = "KIND",
      description =
          "How meta-gradients are estimated: bptt goes back through an unroll, with the gradients"
              + " of the objective as constants (bptt:coordinateFraction=0.25 through a quarter of"
              + " the coordinates); exact-bptt goes back through these as well; for few weights"
              + " (see --train-only) evolution:deviation=0.1 compares whole episodes, and"
              + " persistent-evolution:deviation=0.1 unrolls of them.")
  private Optional<String> estimator = Optional.empty();

  @Option(
      names = "--unroll",
      paramLabel = "N",
      description =
          "Steps that one meta-gradient sees; divides --steps (default: at least 20, for evolution"
              + " all).")
  private Optional<Integer> unroll = Optional.empty();

  /// The optimizer to imitate, as [Imitated] reads it.
  @Option(
      names = "--imitate",
      paramLabel = "OPTIMIZER",
      description =
          "In a part of the episodes learn to make the updates of this optimizer, on its own run:"
              + " a baseline with its rate, 'adam=0.01', or pretrained:NAME. For bptt.")
  private Optional<String> imitate = Optional.empty();

  @Option(
      names = "--imitation-share",
      paramLabel = "X",
      description = "The part of the episodes that imitate, 0 to 1 (default: 0.3).")
  private Optional<Double> imitationShare = Optional.empty();

  /// Whether `--unroll` was given: a recipe with an unroll of its own then leaves it alone.
  boolean givesUnroll() {
    return unroll.isPresent();
  }

  /// The estimator for a training: the training's own, changed as far as something was given.
  ///
  /// An estimator that was named and that suits whole episodes gets unrolls as long as an episode,
  /// unless `--unroll` says otherwise.
  ///
  /// @throws IllegalArgumentException if there is no such estimator, or a value is out of range
  GradientEstimator of(MetaTraining training) {
    GradientEstimator old = training.estimator();
    GradientEstimator chosen = estimator.map(text -> parse(text, old)).orElse(old);
    boolean whole = estimator.isPresent() && chosen.suitsWholeEpisodes();
    int natural = whole ? training.episodes().steps() : chosen.unroll();
    return imitating(chosen.withUnroll(unroll.orElse(natural)));
  }

  /// The estimator with a teacher to imitate, or another share of episodes in which it does.
  private GradientEstimator imitating(GradientEstimator chosen) {
    if (imitate.isEmpty() && imitationShare.isEmpty()) {
      return chosen;
    }
    return switch (chosen) {
      case TruncatedBptt own when imitate.isPresent() ->
          new Imitation(
              own, Imitated.parse(imitate.get()), imitationShare.orElse(Imitation.USUAL_SHARE));
      case Imitation(var own, Imitated old, double share) ->
          new Imitation(
              own, imitate.map(Imitated::parse).orElse(old), imitationShare.orElse(share));
      case GradientEstimator other ->
          throw new IllegalArgumentException(
              imitate.isEmpty()
                  ? "--imitation-share is for --imitate"
                  : "--imitate is for the estimator bptt, not for " + other.kind());
    };
  }

  /// Reads a text such as `evolution:deviation=0.1`. The settings of an estimator of the same kind
  /// stay as they are unless they are given.
  ///
  /// @param old the estimator that the training has without the option
  private static GradientEstimator parse(String text, GradientEstimator old) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    JsonObject settings = old.kind().equals(kind) ? old.settings() : JsonObject.empty();
    for (String pair : colon < 0 ? new String[0] : text.substring(colon + 1).split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "an estimator must be like 'evolution:deviation=0.1', got '%s'".formatted(text));
      }
      settings = settings.with(pair.substring(0, equals), number(pair.substring(equals + 1), text));
    }
    GradientEstimator parsed = GradientEstimators.of(kind, old.unroll(), settings);
    // An estimator reads the settings that it knows; whatever is left over is a misspelt one.
    if (!parsed.settings().keys().containsAll(settings.keys())) {
      throw new IllegalArgumentException(
          "the estimator %s has the settings %s, got '%s'"
              .formatted(kind, parsed.settings().keys(), text));
    }
    return parsed;
  }

  private static double number(String value, String text) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is no number, in the estimator '%s'".formatted(value, text), e);
    }
  }
}
