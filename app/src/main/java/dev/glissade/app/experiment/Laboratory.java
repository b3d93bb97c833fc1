package dev.glissade.app.experiment;

import dev.glissade.Problem;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.FileErrors;
import dev.glissade.app.terminal.Progress;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Competition;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Entrant;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Goal;
import dev.glissade.evaluation.KeptRuns;
import dev.glissade.evaluation.LearningRateSearch;
import dev.glissade.evaluation.Tuning;
import dev.glissade.evaluation.TuningCache;
import dev.glissade.evaluation.UpdateTrace;
import dev.glissade.optimizer.Baseline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A laboratory in which optimizers are compared and tuned: it shows how far it is, and remembers
/// what was tuned. The command line makes one for each command.
///
/// @param console shows progress
/// @param rates the folder in which tuned rates are kept; made when something is first kept
public record Laboratory(Console console, Path rates) {

  /// A tuning on some instances. Where its results cannot be kept, that is only noted: the next
  /// command will search again.
  ///
  /// @param validation on which rates are judged
  public Tuning tuning(Evaluation validation) {
    return tuning(validation, Goal.LAST_STEP);
  }

  private Tuning tuning(Evaluation validation, Goal goal) {
    return new Tuning(
        new TuningCache(rates),
        validation,
        goal,
        e -> console.note("Tuned rates cannot be kept: " + FileErrors.describe(e)));
  }

  /// Makes an optimizer ready to run: with its own rate, or a tuned one if it has none.
  ///
  /// @param tuning on instances of the problem that it will be run on
  public Contender contender(Tuning tuning, Entrant entrant) {
    try (Progress progress = tuningProgress(entrant.name(), tuning)) {
      return tuning.contender(entrant, () -> progress.oneMore(""));
    }
  }

  /// Searches the rate of a baseline anew, whatever is remembered, and remembers what was found.
  public LearningRateSearch.Result search(Tuning tuning, Baseline baseline) {
    try (Progress progress = tuningProgress(baseline.name(), tuning)) {
      return tuning.search(baseline, () -> progress.oneMore(""));
    }
  }

  /// A progress of a search. How many runs it takes is a guess.
  private Progress tuningProgress(String name, Tuning tuning) {
    return new Progress(console, "tuning " + name, 0, tuning.runs());
  }

  /// A baseline at its best learning rate on a problem.
  ///
  /// @param steps of a run
  /// @param instances VALIDATION instances that it is judged on
  Contender tuned(Baseline baseline, Problem problem, int steps, int instances) {
    return contender(
        tuning(validation(problem, steps, instances)),
        new Entrant.Untuned(baseline.name(), baseline));
  }

  /// Compares optimizers once, and tunes before that what must be tuned.
  public Comparison compare(Competition competition) {
    try (Progress progress = new Progress(console, "comparing", 0, competition.runs())) {
      return competition.run(() -> progress.oneMore(""));
    }
  }

  /// Asks the best learned optimizer of a comparison, and the best baseline, for their updates
  /// along a run.
  public Optional<UpdateTrace> trace(Comparison comparison) {
    try (Progress progress = new Progress(console, "asking the rules", 0, comparison.traced())) {
      return comparison.trace(step -> progress.update(step, ""));
    }
  }

  /// Compares optimizers on an experiment's problems, a comparison for each, and shows the progress
  /// of all as one.
  ///
  /// @param catalog finds the problems
  /// @param experiment whose problems and design are taken
  /// @param contenders in the order of the results
  /// @param seed of the TEST instances
  /// @param kept where runs are looked for, and kept as soon as they are made
  /// @return the comparisons, in the order of the problems
  List<Comparison> compare(
      Catalog catalog,
      Experiment experiment,
      List<OptimizerName> contenders,
      long seed,
      KeptRuns kept) {
    List<Competition> competitions =
        experiment.problems().stream()
            .map(name -> catalog.problem(name).problem())
            .map(problem -> competition(problem, experiment.design(), contenders, seed))
            .toList();
    long total = competitions.stream().mapToLong(Competition::runs).sum();
    List<Comparison> comparisons = new ArrayList<>();
    try (Progress progress = new Progress(console, experiment.name(), 0, total)) {
      for (Competition competition : competitions) {
        String detail = competitions.size() == 1 ? "" : competition.evaluation().problem().name();
        comparisons.add(competition.run(kept, () -> progress.oneMore(detail)));
      }
    }
    return comparisons;
  }

  private Competition competition(
      Problem problem, Design design, List<OptimizerName> contenders, long seed) {
    Evaluation test =
        new Evaluation(problem, Problem.Split.TEST, design.instances(), design.steps(), seed);
    Evaluation validation = validation(problem, design.steps(), design.tuningInstances());
    return new Competition(
        test,
        tuning(validation, design.goal()),
        contenders.stream().map(it -> it.entrant(design.steps())).toList());
  }

  /// The runs that are kept in a folder. Where one cannot be, that is only noted.
  KeptRuns keptRuns(Path folder) {
    return new KeptRuns(
        folder, e -> console.note("A run cannot be kept: " + FileErrors.describe(e)));
  }

  /// The instances on which rates are judged.
  static Evaluation validation(Problem problem, int steps, int instances) {
    return new Evaluation(problem, Problem.Split.VALIDATION, instances, steps, Tuning.SEED);
  }
}
