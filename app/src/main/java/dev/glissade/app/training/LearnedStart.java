package dev.glissade.app.training;

import dev.glissade.app.catalog.ArchitectureText;
import dev.glissade.app.catalog.ArchitectureText.Whole;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Start;

/// A maker of trainings that start from an optimizer that has been trained before, for the option
/// `--start-from`.
public final class LearnedStart {

  private LearnedStart() {}

  /// The training from the weights of an optimizer, with its network: weights only fit the network
  /// that they were trained in. Where the optimizer has no groups, or its updates are the network's
  /// output, what the training has stays.
  ///
  /// @param training as it would be from weights drawn at random
  /// @param optimizer whose weights it starts from
  /// @throws IllegalArgumentException if either architecture is not of one kind of LSTM
  public static MetaTraining from(MetaTraining training, OptimizerName.Learned optimizer) {
    ArchitectureText own = ArchitectureText.of(training.architecture());
    ArchitectureText trained = ArchitectureText.of(optimizer.trained().architecture());
    ArchitectureText merged =
        new ArchitectureText(
            trained.network(),
            trained.form() instanceof Whole ? own.form() : trained.form(),
            trained.groups().isEmpty() ? own.groups() : trained.groups(),
            trained.halfDecades());
    return training
        .withFamily(merged.architecture())
        .withStart(new Start.From(optimizer.name(), optimizer.trained()));
  }
}
