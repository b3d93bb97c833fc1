package dev.glissade.app.experiment;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.report.ExperimentReport;
import java.io.IOException;
import java.util.List;

/// A figure of the paper, as something to run and to compare with it. A new kind of figure is a
/// class that implements this; what it makes says how it is shown.
public interface Experiment {

  /// The name on the command line, in lower case.
  String name();

  /// Which figure of the paper, such as `4 left`.
  String figure();

  /// What it shows, in a few words.
  String summary();

  /// How long it takes, such as `5 min`, where that was measured; otherwise `–`.
  String time();

  /// The problems that the optimizers are run on, as a problem catalog reads them.
  List<String> problems();

  /// Who is run, and on how many instances.
  Design design();

  /// How an optimizer for it is trained.
  TrainingRecipe training();

  /// The same experiment with another design.
  Experiment with(Design changed);

  /// The problems whose data show whether all that it needs is there.
  ///
  /// @param learned the learned optimizers that are there already
  default List<String> probes(List<OptimizerName.Learned> learned) {
    return problems().subList(0, 1);
  }

  /// Runs it.
  ///
  /// @param run this experiment, and what it is run with
  /// @param learned the learned optimizers
  ExperimentReport measure(ExperimentRun run, List<OptimizerName.Learned> learned)
      throws IOException, FailureException;
}
