package dev.glissade.app.experiment;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.UpdatesReport;
import dev.glissade.app.terminal.Progress;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.RateSource;
import dev.glissade.evaluation.UpdateTrace;
import dev.glissade.file.JsonObject;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A run of each of some learned optimizers on the problem that it was trained for, in which it and
/// the baselines are asked for their updates.
///
/// @param laboratory what it is run with
/// @param catalog finds the problems
/// @param experiment with the number of instances to tune on
/// @param seed of the TEST instance
record UpdatesRun(Laboratory laboratory, Catalog catalog, UpdatesExperiment experiment, long seed) {

  /// The number of gradients from one power of ten to the next.
  private static final int PER_DECADE = 5;

  /// The powers of ten, in units of a coordinate's scale, from the smallest to the largest
  /// gradient.
  private static final int SMALLEST = -2;

  private static final int LARGEST = 2;

  /// The problem that a learned optimizer was trained for.
  ///
  /// @throws IllegalArgumentException if its file does not say it
  static String problem(OptimizerName.Learned learned) {
    JsonObject history = learned.trained().history();
    if (!history.has("problem")) {
      throw new IllegalArgumentException(
          "%s does not say what problem it was trained for: choose another"
              .formatted(learned.name()));
    }
    return history.text("problem");
  }

  /// Makes one run for each of the optimizers.
  ///
  /// @throws FailureException if a run diverges, or a baseline does at every rate
  List<UpdatesReport.Run> run(List<OptimizerName.Learned> learned) throws FailureException {
    List<UpdatesReport.Run> runs = new ArrayList<>();
    for (OptimizerName.Learned next : learned) {
      runs.add(run(next));
    }
    return runs;
  }

  /// Makes the run of one optimizer. It is the first of the contenders: the one whose updates are
  /// taken.
  private UpdatesReport.Run run(OptimizerName.Learned learned) throws FailureException {
    ProblemName argument = catalog.problem(problem(learned));
    Problem problem = argument.problem();
    int steps = Math.min(argument.problem().steps(), experiment.design().steps());
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender.Learned(learned.name(), "", learned.trained().optimizer()));
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    for (String name : experiment.design().baselines()) {
      Contender baseline = tuned(Baselines.find(name), problem, steps);
      contenders.add(baseline);
      settings.put(name, ComparisonReport.settings(baseline));
    }
    Objective objective = problem.sample(Problem.Split.TEST, seed);
    int answered = Math.min(experiment.answered(), steps);
    try (Progress progress = new Progress(laboratory.console(), learned.name(), 0, steps)) {
      UpdateTrace trace =
          UpdateTrace.of(
              objective,
              contenders,
              steps,
              step -> step <= answered,
              multiples(),
              done -> progress.update(Math.min(done, steps - 1), problem.name()));
      return new UpdatesReport.Run(learned.name(), problem.name(), seed, steps, settings, trace);
    } catch (ArithmeticException e) {
      throw new FailureException(
          "%s on %s: %s; try another --seed"
              .formatted(learned.name(), problem.name(), e.getMessage()));
    }
  }

  /// A baseline at its best rate for the steps of the run.
  ///
  /// @throws FailureException if there is no rate at which no run gets stuck: its updates would
  ///   mean nothing
  private Contender tuned(Baseline baseline, Problem problem, int steps) throws FailureException {
    int instances = experiment.design().tuningInstances();
    Contender tuned = laboratory.tuned(baseline, problem, steps, instances);
    if (tuned instanceof Contender.Designed designed
        && designed.source() == RateSource.NONE_FOUND) {
      throw new FailureException(
          "%s on %s: some run diverges at every learning rate"
              .formatted(baseline.name(), problem.name()));
    }
    return tuned;
  }

  /// The multiples of a coordinate's scale that are asked about: 0 and, on either side of it,
  /// powers of ten and what lies evenly between them; ascending.
  private static List<Double> multiples() {
    int count = (LARGEST - SMALLEST) * PER_DECADE + 1;
    List<Double> positive =
        IntStream.range(0, count)
            .mapToObj(i -> Math.pow(10, SMALLEST + (double) i / PER_DECADE))
            .toList();
    List<Double> multiples = new ArrayList<>();
    positive.reversed().forEach(multiple -> multiples.add(-multiple));
    multiples.add(0.0);
    multiples.addAll(positive);
    return multiples;
  }
}
