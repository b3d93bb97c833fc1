package dev.glissade.training;

import dev.glissade.Descent;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Runs;
import dev.glissade.internal.Vectors;
import dev.glissade.meta.MetaObjective;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// One run of a [MetaTraining] in progress, and where it stands.
///
/// A training has diverged when its weights, most of its meta-gradients since the last validation
/// or most of its validation runs are no longer finite: it does not come back from that by itself.
/// Then it goes back to its best weights, with half the learning rate and a fresh outer state; the
/// episodes go on.
final class Course {

  /// How often a training goes back before it is left to itself.
  private static final int MOST_REWINDS = 3;

  private final MetaTraining training;
  private final Checkpoints checkpoints;
  private final TrainingListener listener;
  private final Pulse pulse;
  private final EpisodeSteps steps;
  private final MetaObjective objective;
  private Checkpoint latest;
  private Descent descent;
  private long episode;

  /// A validation's score.
  ///
  /// @param loss +∞ if a run diverged
  /// @param broken whether most runs did, or none could be made
  private record Score(double loss, boolean broken) {}

  /// A run that stands at the latest checkpoint, or at the beginning where there is none.
  Course(MetaTraining training, Checkpoints checkpoints, TrainingListener listener)
      throws IOException {
    this.training = training;
    this.checkpoints = checkpoints;
    this.listener = listener;
    this.pulse = new Pulse(checkpoints);
    this.steps = new EpisodeSteps(training, listener, pulse);
    this.objective = training.objective(steps::watch);
    Optional<Checkpoint> stored = checkpoints.latest();
    this.latest = stored.orElseGet(this::scoreStart);
    if (!latest.average().belongsTo(training)) {
      latest = latest.with(noAverage());
    }
    this.descent = descent(outer(latest.rewinds()));
    this.episode = objective.position(latest.progress().draws()).episode();
    pulse.measured(metrics(Double.NaN, Double.NaN, Double.NaN, Double.NaN));
  }

  /// What is known now, and what was measured.
  private TrainingMetrics metrics(double loss, double norm, double rate, double validationLoss) {
    return new TrainingMetrics(
        episode,
        loss,
        norm,
        rate,
        validationLoss,
        latest.best().loss(),
        nonFinite(),
        pulse.seconds());
  }

  /// The rule that updates φ, slower after each time that the training went back.
  private Outer.Teacher teacher(int rewinds) {
    return training.outer().teacher().slowed(rewinds);
  }

  private Optimizer<?> outer(int rewinds) {
    return training
        .outer()
        .withTeacher(teacher(rewinds))
        .optimizer(training.family(), training.updates(), training.trained());
  }

  private <S extends OptimizerState> Descent descent(Optimizer<S> optimizer) {
    S state = optimizer.start(objective.layout());
    Checkpoint.Progress from = latest.progress();
    from.restore(state);
    return Descent.resume(
        objective, optimizer, from.weights(), state, from.draws(), from.updates());
  }

  private Average noAverage() {
    return Average.none(objective.layout().size(), training.episodes().count());
  }

  /// Scores the start, so that a training never ends worse than it began.
  private Checkpoint scoreStart() {
    float[] weights = training.initialWeights();
    double loss = validate(weights).loss();
    List<float[]> fresh = outer(0).start(objective.layout()).arrays();
    listener.validated(
        new TrainingMetrics(0, Double.NaN, Double.NaN, Double.NaN, loss, loss, 0, pulse.seconds()));
    return new Checkpoint(
        new Checkpoint.Progress(0, 0, weights, fresh),
        new Checkpoint.Best(weights, loss, 0),
        loss,
        Checkpoint.Unscored.NONE,
        0,
        noAverage());
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
    long left = unrolls - (descent.step() - update);
    latest = latest.at(descent, latest.unscored().and(loss, unrolls, left));
    if (training.validation().kept() == Kept.BEST_OR_AVERAGE) {
      latest = latest.with(latest.average().with(episode, descent.parameters()));
    }
    double norm = Math.sqrt(squares / unrolls);
    double rate = teacher(latest.rewinds()).rate(update, training.updates());
    TrainingMetrics metrics = metrics(loss, norm, rate, Double.NaN);
    pulse.measured(metrics);
    listener.episode(metrics);
    if (episode % training.validation().every() == 0 || isFinished()) {
      validate(metrics);
    } else {
      checkpoints.record(latest, metrics);
    }
  }

  private void validate(TrainingMetrics last) throws IOException {
    Score score = validate(descent.parameters());
    Checkpoint.Unscored since = latest.unscored();
    latest =
        latest
            .with(descent.parameters(), score.loss(), episode)
            .at(descent, Checkpoint.Unscored.NONE);
    if (isFinished() && latest.average().count() > 0) {
      scoreAverage();
    }
    if (score.broken() || 2 * since.left() > since.unrolls()) {
      rewind();
    }
    TrainingMetrics metrics =
        metrics(
            since.metaLoss() / since.episodes(),
            last.gradientNorm(),
            last.learningRate(),
            score.loss());
    pulse.measured(metrics);
    checkpoints.record(latest, metrics);
    listener.validated(metrics);
  }

  /// Goes back to the best weights, where there are some that can be run and it was not done too
  /// often.
  private void rewind() {
    if (!Double.isFinite(latest.best().loss())
        || latest.rewinds() == MOST_REWINDS
        || isFinished()) {
      return;
    }
    Optimizer<?> slower = outer(latest.rewinds() + 1);
    latest = latest.rewound(slower.start(objective.layout()));
    descent = descent(slower);
    listener.rewound(episode, latest.best().episode(), latest.rewinds());
  }

  /// Scores the average of late weights, and keeps it if it is the best.
  private void scoreAverage() {
    float[] weights = latest.average().weights();
    double loss = validate(weights).loss();
    latest = latest.with(latest.average().scored(loss)).with(weights, loss, episode);
  }

  private Score validate(float[] weights) {
    if (!Vectors.allFinite(weights)) {
      return new Score(Double.POSITIVE_INFINITY, true);
    }
    Evaluation scoring = training.scoring();
    AtomicInteger done = new AtomicInteger();
    Runs runs =
        watched(scoring)
            .run(
                training.family().with(weights),
                () -> scored(done.incrementAndGet(), scoring.instances()));
    return new Score(
        training.episodes().loss().score(runs, training.validation().span()),
        2 * runs.stuck() > runs.curves().size());
  }

  private void scored(double done, int of) {
    listener.validating(done, of);
    pulse.beat(TrainingMetrics.Phase.VALIDATION, done / of);
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
            scored(count / ofRun, scoring.instances());
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

  Outcome outcome() {
    return new Outcome(latest, nonFinite());
  }
}
