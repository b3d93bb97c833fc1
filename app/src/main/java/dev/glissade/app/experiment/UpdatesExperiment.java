package dev.glissade.app.experiment;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.report.UpdatesReport;
import java.util.List;

/// An experiment that looks at the updates that optimizers propose along a run of each learned one
/// on the problem that it was trained for.
///
/// The design's baselines see the gradients of that run, at their best learning rates; its steps
/// are the most that are looked at, where an episode of the problem is longer.
///
/// @param name on the command line
/// @param figure of the paper
/// @param summary what it shows, in a few words
/// @param time that it takes, or `–`
/// @param problems those of the pretrained optimizers
/// @param answered in how many steps they are asked for their answers to other gradients
/// @param design who is looked at, and for how long
/// @param training how an optimizer for it is trained
public record UpdatesExperiment(
    String name,
    String figure,
    String summary,
    String time,
    List<String> problems,
    int answered,
    Design design,
    TrainingRecipe training)
    implements Experiment {

  public UpdatesExperiment {
    problems = List.copyOf(problems);
  }

  @Override
  public UpdatesExperiment with(Design changed) {
    return new UpdatesExperiment(
        name, figure, summary, time, problems, answered, changed, training);
  }

  /// The problems that the learned optimizers were trained for, each once.
  ///
  /// @throws IllegalArgumentException if the file of one does not say it
  @Override
  public List<String> probes(List<OptimizerName.Learned> learned) {
    return learned.stream().map(UpdatesRun::problem).distinct().toList();
  }

  /// Makes a run for each of the learned optimizers.
  @Override
  public UpdatesReport measure(ExperimentRun run, List<OptimizerName.Learned> learned)
      throws FailureException {
    UpdatesRun updates = new UpdatesRun(run.laboratory(), run.catalog(), this, run.seed());
    return new UpdatesReport(run.origin(), updates.run(learned));
  }
}
