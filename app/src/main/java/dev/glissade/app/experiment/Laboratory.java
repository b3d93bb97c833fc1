package dev.glissade.app.experiment;

import dev.glissade.Problem;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.terminal.Console;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Contender;
import dev.glissade.optimizer.Baseline;
import java.util.List;

/// What an experiment is run with: it compares and tunes, and shows how far it is.
public interface Laboratory {

  /// The console that shows progress.
  Console console();

  /// Compares optimizers on the experiment's problems, a comparison for each; baselines get their
  /// best learning rates.
  ///
  /// @param seed of the TEST instances
  List<Comparison> compare(Experiment experiment, List<OptimizerName> contenders, long seed);

  /// A baseline at its best learning rate.
  ///
  /// @param steps of a run
  /// @param instances VALIDATION instances that it is judged on
  Contender tuned(Baseline baseline, Problem problem, int steps, int instances);
}
