package dev.glissade.app.cli;

import dev.glissade.training.MetaTraining;
import dev.glissade.training.Robust;

/// Settings of a training that go together. An option that is given goes before the recipe.
enum Recipe {

  /// The paper's: the problem as it is, all episodes of one length.
  PAPER {
    @Override
    MetaTraining applyTo(MetaTraining training, TrainingOptions options) {
      return options.applyTo(training);
    }
  },

  /// For optimizers that meet other networks than they were trained on and go on for longer.
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
  };

  /// The training with the settings of the recipe, and those that were given.
  abstract MetaTraining applyTo(MetaTraining training, TrainingOptions options);
}
