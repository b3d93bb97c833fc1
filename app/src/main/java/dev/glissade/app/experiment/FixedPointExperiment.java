package dev.glissade.app.experiment;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.report.FixedPointReport;
import dev.glissade.app.terminal.Progress;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.LearningRateSearch;
import dev.glissade.evaluation.RateSource;
import dev.glissade.evaluation.Span;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.training.Trainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// An experiment on g(g): optimizers that are learned for training optimizers, each trained by the
/// one before it, and one that trains itself. All are run on the same TEST trainings, next to the
/// rule that they started as and to hand-designed rules at rates tuned for it.
///
/// What is compared is how fast a training comes down: the geometric mean of the meta-loss over its
/// steps. Rates are tuned for that, on VALIDATION trainings.
///
/// @param name on the command line
/// @param command that runs it
/// @param summary what it shows, in a few words
/// @param time that it takes, trainings included
/// @param design who is compared besides, and on how much; no pretrained optimizer
/// @param lineage the generations
public record FixedPointExperiment(
    String name, String command, String summary, String time, Design design, Lineage lineage)
    implements Experiment {

  /// The paper asks the question, and has no figure of it.
  @Override
  public String figure() {
    return NO_FIGURE;
  }

  @Override
  public List<String> problems() {
    return List.of(lineage.problem());
  }

  /// The training of the first generation.
  @Override
  public TrainingRecipe training() {
    return new TrainingRecipe(lineage.problem(), lineage::first);
  }

  @Override
  public FixedPointExperiment with(Design changed) {
    return new FixedPointExperiment(name, command, summary, time, changed, lineage);
  }

  /// Trains the generations, tunes the baselines, and runs all on the same trainings.
  @Override
  public FixedPointReport measure(ExperimentRun run, List<OptimizerName.Learned> learned)
      throws IOException, FailureException {
    Problem problem = run.catalog().problem(lineage.problem()).problem();
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender.Designed(Lineage.START, Trainer.RULE, RateSource.GIVEN));
    List<OptimizerName.Learned> generations = new ArrayList<>(lineage.train(run));
    generations.addAll(learned);
    contenders.addAll(tuned(run, problem));
    for (OptimizerName.Learned generation : generations) {
      contenders.add(
          new Contender.Learned(
              generation.name(),
              generation.trained().architecture().summary(),
              generation.trained().optimizer()));
    }
    Evaluation test =
        new Evaluation(problem, Problem.Split.TEST, design.instances(), design.steps(), run.seed());
    long runs = (long) contenders.size() * design.instances();
    try (Progress progress = new Progress(run.laboratory().console(), "comparing", 0, runs)) {
      Comparison comparison = Comparison.run(test, contenders, () -> progress.oneMore(""));
      return FixedPointReport.of(run.origin(), Lineage.START, Lineage.FIRST, comparison);
    }
  }

  /// The design's baselines at the rates at which trainings come down fastest.
  private List<Contender> tuned(ExperimentRun run, Problem problem) {
    Evaluation validation =
        Laboratory.validation(problem, design.steps(), design.tuningInstances());
    LearningRateSearch search =
        new LearningRateSearch(validation, runs -> runs.geometricScore(Span.RUN));
    List<Contender> contenders = new ArrayList<>();
    for (String name : design.baselines()) {
      Baseline baseline = Baselines.find(name);
      try (Progress progress =
          new Progress(
              run.laboratory().console(),
              "tuning " + name,
              0,
              run.laboratory().tuning(validation).runs())) {
        contenders.add(contender(baseline, search, progress));
      }
    }
    return contenders;
  }

  private Contender contender(Baseline baseline, LearningRateSearch search, Progress progress) {
    LearningRateSearch.Result result =
        search.search(
            (rate, steps) -> baseline.rule(rate, steps).optimizer(), () -> progress.oneMore(""));
    return switch (result) {
      case LearningRateSearch.Found(var best, _) ->
          designed(baseline, best.learningRate(), RateSource.TUNED);
      case LearningRateSearch.AllDiverged(var trials) ->
          designed(baseline, trials.getFirst().learningRate(), RateSource.NONE_FOUND);
    };
  }

  private Contender designed(Baseline baseline, double rate, RateSource source) {
    return new Contender.Designed(baseline.name(), baseline.rule(rate, design.steps()), source);
  }
}
