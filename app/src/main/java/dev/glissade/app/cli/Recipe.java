package dev.glissade.app.cli;

import dev.glissade.training.MetaTraining;
import dev.glissade.training.Robust;
import java.util.Locale;

/// A set of settings of a training that go together, chosen with `--recipe`. An option that is
/// given goes before the recipe.
enum Recipe {

  /// The paper's: the problem as it is, all episodes of one length.
  PAPER {
    @Override
    MetaTraining applyTo(MetaTraining training, TrainingOptions options) {
      return options.applyTo(training);
    }
  },

  /// The recipe for optimizers that meet other networks than they were trained on and go on for
  /// longer.
  ///
  /// The options are applied twice: before the recipe, because its episodes and unroll follow from
  /// `--steps` and `--unroll`, and after it, because it sets some of what the options set.
  ROBUST {
    @Override
    MetaTraining applyTo(MetaTraining training, TrainingOptions options) {
      int usual = training.episodes().steps();
      MetaTraining given = options.applyTo(training.withSteps(Robust.steps(usual)));
      int steps = given.episodes().steps();
      return options.applyTo(
          options.givesUnroll()
              ? Robust.of(given, steps, given.estimator().unroll())
              : Robust.of(given, steps));
    }
  },

  /// The recipe for RNNprop. The options are applied twice: after it, because it sets some of what
  /// they set, and before it, because it keeps the unroll that follows from `--steps`.
  RNNPROP {
    @Override
    MetaTraining applyTo(MetaTraining training, TrainingOptions options) {
      return options.applyTo(options.applyTo(training).rnnProp());
    }
  },

  /// The recipe for optimizers that train optimizers, on a problem of trainings. The options are
  /// applied twice for the same reason.
  TRAINER {
    @Override
    MetaTraining applyTo(MetaTraining training, TrainingOptions options) {
      return options.applyTo(options.applyTo(training).trainer());
    }
  };

  /// Applies the settings of the recipe, and those that were given.
  ///
  /// @param training that the problem would have without either
  /// @param options which go before the recipe
  /// @throws IllegalArgumentException if an option is out of range
  abstract MetaTraining applyTo(MetaTraining training, TrainingOptions options);

  /// The name as people write it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
