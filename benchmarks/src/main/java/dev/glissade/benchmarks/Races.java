package dev.glissade.benchmarks;

import dev.glissade.Problem;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.LearningRateSearch;
import dev.glissade.evaluation.LearningRateSearch.AllDiverged;
import dev.glissade.evaluation.LearningRateSearch.Family;
import dev.glissade.evaluation.LearningRateSearch.Found;
import dev.glissade.evaluation.LearningRateSearch.Result;
import dev.glissade.evaluation.LearningRateSearch.Trial;
import dev.glissade.evaluation.RunListener;
import dev.glissade.evaluation.Tuning;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.problem.Problems;
import dev.glissade.torch.problem.TorchProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/// `benchmarks/compare races`: what the search for learning rates finds for every baseline, and
/// with how many runs, against the thorough search on all instances.
public final class Races {

  private static final List<String> PROBLEMS =
      List.of("quadratic", "128", "100", "digits", "128", "100", "mnist", "32", "100");

  private Races() {}

  /// Prints a line for each baseline.
  ///
  /// @param arguments `races`, then problems, each with its VALIDATION instances and its steps
  public static void main(String[] arguments) {
    List<ProblemFactory> factories = new ArrayList<>(Problems.core());
    factories.addAll(TorchProblems.all());
    ProblemCatalog catalog = new ProblemCatalog(factories);
    List<String> given =
        List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    List<String> chosen = given.isEmpty() ? PROBLEMS : given;
    if (chosen.size() % 3 != 0) {
      System.err.println(
          "benchmarks/compare: races takes [PROBLEM INSTANCES STEPS]..., got " + given);
      System.exit(2);
    }
    System.out.println(Machine.current());
    for (int i = 0; i < chosen.size(); i += 3) {
      compare(
          new Evaluation(
              catalog.parse(chosen.get(i)),
              Problem.Split.VALIDATION,
              Integer.parseInt(chosen.get(i + 1)),
              Integer.parseInt(chosen.get(i + 2)),
              Tuning.SEED));
    }
  }

  private static void compare(Evaluation evaluation) {
    System.out.printf(
        Locale.ROOT,
        "%n%s, %d VALIDATION instances, %d steps%n%n",
        evaluation.problem().name(),
        evaluation.instances(),
        evaluation.steps());
    System.out.printf(Locale.ROOT, "%22s %9s %11s %8s%n", "rate", "thorough", "loss", "runs");
    LearningRateSearch search = new LearningRateSearch(evaluation);
    for (Baseline baseline : Baselines.standard()) {
      Family family = (rate, steps) -> baseline.rule(rate, steps).optimizer();
      print(
          baseline, Outcome.of(search::search, family), Outcome.of(search::thoroughSearch, family));
    }
  }

  private static void print(Baseline baseline, Outcome raced, Outcome thorough) {
    double loss = raced.best.loss() / thorough.best.loss();
    double runs = (double) raced.runs / thorough.runs;
    System.out.printf(
        Locale.ROOT,
        "%-12s %9.3g %9.3g %9.4f × %8.3f  %s%n",
        baseline.name(),
        raced.best.learningRate(),
        thorough.best.learningRate(),
        loss,
        runs,
        (loss <= 1.02 ? "" : "higher ") + (runs <= 0.25 ? "" : "dear"));
  }

  /// What came of a search.
  ///
  /// @param best its result, or where all rates diverged the lowest
  /// @param runs that it took
  private record Outcome(Trial best, long runs) {

    static Outcome of(BiFunction<Family, RunListener, Result> search, Family family) {
      AtomicLong runs = new AtomicLong();
      Trial best =
          switch (search.apply(family, runs::incrementAndGet)) {
            case Found found -> found.best();
            case AllDiverged(var trials) -> trials.getFirst();
          };
      return new Outcome(best, runs.get());
    }
  }
}
