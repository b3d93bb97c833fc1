package dev.glissade.app.experiment;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.report.ExperimentReport;
import java.io.IOException;
import java.util.List;

/// An experiment, which is a figure of the paper as something to run and to compare with it, or a
/// question that the paper leaves open. A new kind of figure is a class that implements this; the
/// report that it makes says how it is shown.
public interface Experiment {

  /// The name on the command line, in lower case. It is also that of the folder for its results.
  String name();

  /// The figure of an experiment that the paper does not have.
  String NO_FIGURE = ExperimentReport.Origin.NO_FIGURE;

  /// The number of the figure in the paper, such as `4 left`, or [#NO_FIGURE].
  String figure();

  /// The command that runs it, without its options.
  default String command() {
    return "experiment run " + name();
  }

  /// The content of the figure, in a few words.
  String summary();

  /// The time that it takes on two cores without training, such as `5 min`, where that was
  /// measured; otherwise `–`.
  String time();

  /// The problems that the optimizers are run on, as a problem catalog reads them; at least one.
  List<String> problems();

  /// The optimizers that are run, and the numbers of instances.
  Design design();

  /// The way in which an optimizer for it is trained, with `--train`.
  TrainingRecipe training();

  /// The same experiment with another design.
  Experiment with(Design changed);

  /// The problems whose data show whether all that it needs is there: the first one, since those of
  /// a family share their data.
  ///
  /// @param learned the learned optimizers that are there already
  default List<String> probes(List<OptimizerName.Learned> learned) {
    return problems().subList(0, 1);
  }

  /// Runs the experiment.
  ///
  /// @param run this experiment, and what it is run with
  /// @param learned the learned optimizers, at least one
  /// @throws IOException if a file cannot be read
  /// @throws FailureException if a run cannot be made, with one line that says why
  ExperimentReport measure(ExperimentRun run, List<OptimizerName.Learned> learned)
      throws IOException, FailureException;
}
