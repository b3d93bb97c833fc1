package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.experiment.Design;
import dev.glissade.app.experiment.Experiment;
import dev.glissade.app.experiment.Laboratory;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Progress;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.optimizer.Baseline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A laboratory that remembers tuned rates in the user's cache.
///
/// @param context where progress is shown and rates are kept
record Bench(Context context) implements Laboratory {

  @Override
  public Console console() {
    return context.console();
  }

  @Override
  public double rate(Baseline baseline, Problem problem, int steps, int instances) {
    return Tuning.of(context, validation(problem, steps, instances)).rate(baseline);
  }

  /// Shows the progress of all comparisons as one.
  @Override
  public List<Comparison> compare(
      Experiment experiment, List<OptimizerName> contenders, long seed) {
    List<Competition> competitions =
        experiment.problems().stream()
            .map(problem -> competition(problem, experiment.design(), contenders, seed))
            .toList();
    long total = competitions.stream().mapToLong(Competition::runs).sum();
    AtomicLong begun = new AtomicLong();
    List<Comparison> comparisons = new ArrayList<>();
    try (Progress progress = new Progress(console(), experiment.name(), 0, total)) {
      for (Competition competition : competitions) {
        String detail = competitions.size() == 1 ? "" : competition.evaluation().problem().name();
        Competition watched =
            competition.watched(
                () -> progress.update(Math.min(begun.getAndIncrement(), total - 1), detail));
        comparisons.add(watched.run(context.withoutProgress()));
      }
    }
    return comparisons;
  }

  private Competition competition(
      String name, Design design, List<OptimizerName> contenders, long seed) {
    Problem problem = ProblemName.parse(name).problem();
    Evaluation test =
        new Evaluation(problem, Problem.Split.TEST, design.instances(), design.steps(), seed);
    Evaluation validation = validation(problem, design.steps(), design.tuningInstances());
    return new Competition(test, Tuning.of(context.withoutProgress(), validation), contenders);
  }

  private static Evaluation validation(Problem problem, int steps, int instances) {
    return new Evaluation(problem, Problem.Split.VALIDATION, instances, steps, Tuning.SEED);
  }
}
