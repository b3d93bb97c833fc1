package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.Version;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.experiment.CurveExperiment;
import dev.glissade.app.experiment.Design;
import dev.glissade.app.experiment.Experiment;
import dev.glissade.app.experiment.SweepExperiment;
import dev.glissade.app.experiment.UpdatesExperiment;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.CurveReport;
import dev.glissade.app.report.ExperimentReport;
import dev.glissade.app.report.SweepReport;
import dev.glissade.app.report.UpdatesReport;
import dev.glissade.app.terminal.Progress;
import dev.glissade.evaluation.Evaluation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// An experiment as asked for on the command line.
///
/// @param context where progress is shown
/// @param experiment with the numbers of instances that are wanted
/// @param seed of the TEST instances
record ExperimentRun(Context context, Experiment experiment, long seed) {

  /// Sees to it that the data are there. Reads them: the experiment needs them anyway.
  ///
  /// @param learned the learned optimizers that are there already
  void check(List<OptimizerName.Learned> learned) {
    List<String> problems =
        switch (experiment) {
          case CurveExperiment _, SweepExperiment _ -> experiment.problems().subList(0, 1);
          case UpdatesExperiment _ -> learned.stream().map(UpdatesRun::problem).distinct().toList();
        };
    for (String problem : problems) {
      competition(problem, List.of()).evaluation().problem().sample(Problem.Split.TEST, seed);
    }
  }

  /// Tunes what must be tuned, and runs all.
  ///
  /// @param learned the learned optimizers
  /// @param options that chose them, for the command that the report gives
  ExperimentReport run(List<OptimizerName.Learned> learned, String options)
      throws IOException, FailureException {
    return switch (experiment) {
      case CurveExperiment curves ->
          CurveReport.of(curves, comparisons(learned).getFirst(), origin(options));
      case SweepExperiment sweep -> SweepReport.of(sweep, comparisons(learned), origin(options));
      case UpdatesExperiment updates ->
          new UpdatesReport(origin(options), new UpdatesRun(context, updates, seed).run(learned));
    };
  }

  /// One for each of the problems.
  private List<ComparisonReport> comparisons(List<OptimizerName.Learned> learned)
      throws IOException {
    List<OptimizerName> contenders = new ArrayList<>(learned);
    for (String baseline : experiment.design().baselines()) {
      contenders.add(OptimizerName.parse(baseline));
    }
    return compare(
        experiment.problems().stream().map(problem -> competition(problem, contenders)).toList());
  }

  private Competition competition(String problem, List<OptimizerName> contenders) {
    Design design = experiment.design();
    Problem instances = ProblemName.parse(problem).problem();
    return new Competition(
        new Evaluation(instances, Problem.Split.TEST, design.instances(), design.steps(), seed),
        Tuning.of(
            context.withoutProgress(),
            new Evaluation(
                instances,
                Problem.Split.VALIDATION,
                design.tuningInstances(),
                design.steps(),
                Tuning.SEED)),
        contenders);
  }

  private List<ComparisonReport> compare(List<Competition> competitions) {
    long total = competitions.stream().mapToLong(Competition::runs).sum();
    AtomicLong begun = new AtomicLong();
    List<ComparisonReport> reports = new ArrayList<>();
    try (Progress progress = new Progress(context.console(), experiment.name(), 0, total)) {
      for (Competition competition : competitions) {
        String detail = competitions.size() == 1 ? "" : competition.evaluation().problem().name();
        Competition watched =
            competition.watched(
                () -> progress.update(Math.min(begun.getAndIncrement(), total - 1), detail));
        reports.add(
            ComparisonReport.of(
                watched.run(context.withoutProgress()), Kernels.implementationName()));
      }
    }
    return reports;
  }

  private ExperimentReport.Origin origin(String options) {
    Design design = experiment.design();
    return new ExperimentReport.Origin(
        experiment.name(),
        experiment.figure(),
        experiment.summary(),
        "./glissade experiment run %s --instances %d --tuning-instances %d --seed %d%s"
            .formatted(
                experiment.name(), design.instances(), design.tuningInstances(), seed, options),
        Version.TEXT,
        design.tuningInstances());
  }
}
