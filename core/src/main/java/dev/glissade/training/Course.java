package dev.glissade.training;

import dev.glissade.Descent;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Runs;
import dev.glissade.internal.Vectors;
import dev.glissade.meta.MetaObjective;
import dev.glissade.meta.Shards;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// One run of a [MetaTraining] in progress: where it stands, and what it has measured since the
/// last validation.
final class Course {

  private final MetaTraining training;
  private final Checkpoints checkpoints;
  private final TrainingListener listener;
  private final EpisodeSteps steps;
  private final MetaObjective objective;
  private final Optimizer<?> outer;
  private final long start = System.nanoTime();
  private Checkpoint latest;
  private Descent descent;
  private long episode;
  private double metaLoss; // summed over the episodes since the last validation
  private long unscored; // how many these are

  /// A run that stands at the latest checkpoint, or at the beginning where there is none.
  Course(
      MetaTraining training,
      Checkpoints checkpoints,
      TrainingListener listener,
      Shards.Opener shards)
      throws IOException {
    this.training = training;
    this.checkpoints = checkpoints;
    this.listener = listener;
    this.steps = new EpisodeSteps(training, listener);
    this.objective = training.objective(steps::watch, shards);
    this.outer = training.outer().optimizer(training.updates(), training.trained());
    Optional<Checkpoint> stored = checkpoints.latest();
    this.latest = stored.orElseGet(this::scoreStart);
    this.descent = descent(outer);
    this.episode = objective.position(latest.draws()).episode();
  }

  private <S extends OptimizerState> Descent descent(Optimizer<S> optimizer) {
    S state = optimizer.start(objective.layout());
    if (latest.draws() > 0) {
      latest.restore(state);
    }
    return Descent.resume(
        objective, optimizer, latest.weights(), state, latest.draws(), latest.updates());
  }

  /// Scores the start, so that a training never ends worse than it began.
  private Checkpoint scoreStart() {
    float[] weights = training.initialWeights();
    double loss = validate(weights);
    OptimizerState fresh = outer.start(objective.layout());
    listener.validated(
        new TrainingMetrics(0, Double.NaN, Double.NaN, Double.NaN, loss, loss, 0, seconds()));
    return new Checkpoint(0, 0, weights, fresh.arrays(), weights, loss, 0, loss);
  }

  void begin() {
    listener.begun(episode);
  }

  boolean isFinished() {
    return episode >= training.episodes().count();
  }

  /// Makes one episode, and scores the optimizer where it is time to.
  void episode() throws IOException {
    double loss = 0;
    double squares = 0;
    int unrolls = 0;
    long update = descent.step();
    do {
      steps.begin(objective.position(descent.draws()));
      loss += descent.loss();
      squares += Math.pow(Vectors.norm(descent.gradient()), 2);
      unrolls++;
      descent.advance();
    } while (objective.position(descent.draws()).unroll() > 0);
    episode++;
    metaLoss += loss;
    unscored++;
    double norm = Math.sqrt(squares / unrolls);
    double rate = training.outer().teacher().rate(update, training.updates());
    TrainingMetrics metrics =
        new TrainingMetrics(
            episode, loss, norm, rate, Double.NaN, latest.bestLoss(), nonFinite(), seconds());
    listener.episode(metrics);
    if (episode % training.validation().every() == 0 || isFinished()) {
      validate(metrics);
    } else {
      checkpoints.record(metrics);
    }
  }

  private void validate(TrainingMetrics last) throws IOException {
    double loss = validate(descent.parameters());
    boolean improved = loss < latest.bestLoss();
    latest =
        new Checkpoint(
            descent.draws(),
            descent.step(),
            descent.parameters(),
            descent.state().arrays(),
            improved ? descent.parameters() : latest.bestWeights(),
            improved ? loss : latest.bestLoss(),
            improved ? episode : latest.bestEpisode(),
            latest.startLoss());
    TrainingMetrics metrics =
        new TrainingMetrics(
            episode,
            metaLoss / unscored,
            last.gradientNorm(),
            last.learningRate(),
            loss,
            latest.bestLoss(),
            nonFinite(),
            seconds());
    checkpoints.save(latest, metrics);
    listener.validated(metrics);
    metaLoss = 0;
    unscored = 0;
  }

  private double validate(float[] weights) {
    if (!Vectors.allFinite(weights)) {
      return Double.POSITIVE_INFINITY;
    }
    Evaluation scoring = training.scoring();
    AtomicInteger done = new AtomicInteger();
    Runs runs =
        watched(scoring)
            .run(
                training.family().with(weights),
                () -> listener.validating(done.incrementAndGet(), scoring.instances()));
    return training.episodes().loss().score(runs, training.validation().span());
  }

  /// The evaluation with a listener that is told a thousand times how far it is.
  private Evaluation watched(Evaluation scoring) {
    AtomicLong evaluations = new AtomicLong();
    double ofRun = scoring.steps() + 1.0;
    long often = Math.max(1, (long) (scoring.instances() * ofRun / 1000));
    Runnable evaluated =
        () -> {
          long count = evaluations.incrementAndGet();
          if (count % often == 0) {
            listener.validating(count / ofRun, scoring.instances());
          }
        };
    return new Evaluation(
        new WatchedProblem(scoring.problem(), evaluated),
        scoring.split(),
        scoring.instances(),
        scoring.steps(),
        scoring.seed());
  }

  private long nonFinite() {
    return objective.nonFiniteCount() + descent.nonFiniteCount();
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  Outcome outcome() {
    return new Outcome(latest, nonFinite());
  }
}
