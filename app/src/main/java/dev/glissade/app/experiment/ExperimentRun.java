package dev.glissade.app.experiment;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.Version;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.ExperimentReport;
import dev.glissade.app.terminal.JavaMemory;
import dev.glissade.app.terminal.Shell;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.KeptRuns;
import dev.glissade.internal.kernel.LstmKernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An experiment as somebody wants it run, with the laboratory, the instances and the seed for it.
/// `experiment run` makes one for each name on the command line.
///
/// @param laboratory what it is run with
/// @param catalog finds its problems
/// @param experiment with the numbers of instances that are wanted
/// @param seed of the TEST instances
/// @param options that chose the learned optimizers, for the command that the report gives
/// @param folder where it keeps what takes long, trainings and runs, so that they go on if they
///   were stopped
public record ExperimentRun(
    Laboratory laboratory,
    Catalog catalog,
    Experiment experiment,
    long seed,
    String options,
    Path folder) {

  /// Finds out whether the data are there, by drawing an objective. That reads them, but the
  /// experiment needs them anyway.
  ///
  /// @param learned the learned optimizers that are there already
  /// @throws FailureException if there is not memory enough
  /// @throws IllegalArgumentException if a problem does not exist
  /// @throws java.io.UncheckedIOException if its data are missing or damaged
  public void check(List<OptimizerName.Learned> learned) throws FailureException {
    requireMemory(learned.size());
    for (String problem : experiment.probes(learned)) {
      catalog.problem(problem).problem().sample(Problem.Split.TEST, seed);
    }
  }

  /// The curves on all problems are kept until the end, those of a search until its next rate.
  private void requireMemory(int learned) throws FailureException {
    Design design = experiment.design();
    double compared = 0;
    double tuned = 0;
    for (String name : experiment.problems()) {
      Problem problem = catalog.problem(name).problem();
      Evaluation test =
          new Evaluation(problem, Problem.Split.TEST, design.instances(), design.steps(), seed);
      int runs = (design.guarded() ? 2 : 1) * learned + design.baselines().size();
      compared += runs * test.leastBytes();
      tuned = Laboratory.validation(problem, design.steps(), design.tuningInstances()).leastBytes();
    }
    JavaMemory.require(
        "the learning curves", Math.max(compared, tuned), "--instances or --tuning-instances");
  }

  /// Runs the experiment: tunes what must be tuned, makes all runs, and reports.
  ///
  /// @param learned the learned optimizers, one that was just trained among them
  public ExperimentReport run(List<OptimizerName.Learned> learned)
      throws IOException, FailureException {
    return experiment.measure(this, learned);
  }

  /// Compares learned optimizers, guarded too if the design says so, and its baselines, once on
  /// each of the problems; where there is only one, they are asked for their updates, too.
  ///
  /// @param learned the learned optimizers, which come first in the reports
  /// @return a report for each problem, in their order
  public List<ComparisonReport> compare(List<OptimizerName.Learned> learned) throws IOException {
    List<OptimizerName> contenders = new ArrayList<>(learned);
    if (experiment.design().guarded()) {
      for (OptimizerName.Learned optimizer : learned) {
        contenders.add(OptimizerName.guarded(optimizer));
      }
    }
    for (String baseline : experiment.design().baselines()) {
      contenders.add(OptimizerName.parse(baseline));
    }
    return laboratory.compare(catalog, experiment, contenders, seed, keptRuns()).stream()
        .map(comparison ->
            ComparisonReport.of(
                comparison,
                experiment.problems().size() == 1 ? laboratory.trace(comparison) : Optional.empty(),
                LstmKernels.fastestImplementation(),
                ""))
        .toList();
  }

  /// Forgets the runs that were kept, when their result has been written.
  public void forgetRuns() throws IOException {
    keptRuns().forget();
  }

  private KeptRuns keptRuns() {
    return laboratory.keptRuns(folder.resolve("runs"));
  }

  /// The origin of the result. Its command names all numbers, defaults too, so that it gives the
  /// same result in a later version that has other ones.
  public ExperimentReport.Origin origin() {
    Design design = experiment.design();
    return new ExperimentReport.Origin(
        experiment.name(),
        experiment.figure(),
        experiment.summary(),
        "./glissade %s --instances %s --tuning-instances %s --seed %s%s%s"
            .formatted(
                experiment.command(),
                design.instances(),
                design.tuningInstances(),
                seed,
                options,
                catalog.data().map(path -> " --data " + Shell.word(path)).orElse("")),
        Version.TEXT,
        design.tuningInstances());
  }
}
