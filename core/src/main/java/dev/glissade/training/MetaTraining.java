package dev.glissade.training;

import dev.glissade.Descent;
import dev.glissade.LearnedOptimizer.Backpropagatable;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Runs;
import dev.glissade.meta.EvolutionStrategies;
import dev.glissade.meta.GradientEstimator;
import dev.glissade.meta.MetaObjective;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.CosineDecay;
import dev.glissade.optimizer.Freezing;
import dev.glissade.optimizer.GradientClipping;
import java.io.IOException;
import java.util.regex.Pattern;

/// Trains an optimizer for a class of problems: a [Descent] with an outer optimizer on a
/// [MetaObjective], with validation, early stopping and checkpoints around it.
///
/// The article's `g : data → Optimiser → Optimiser`: the problem is the data, the outer optimizer
/// the argument, and the result an optimizer again, which may be the outer one of another training.
///
/// @param problem the class of problems
/// @param learned the optimizers to choose from
/// @param outer the optimizer of φ
/// @param configuration all numbers
/// @param <S> the state of the learned optimizer
/// @param <O> the state of the outer optimizer
public record MetaTraining<S extends OptimizerState, O extends OptimizerState>(
    Problem problem,
    Backpropagatable<S> learned,
    Optimizer<O> outer,
    MetaTrainingConfiguration configuration) {

  /// What came out.
  ///
  /// @param weights the φ with the best validation loss
  /// @param validationLoss its mean final loss on VALIDATION objectives; +∞ if none was finite
  /// @param episode after which it was reached
  /// @param nonFiniteCount how many evaluations, of objectives and of the meta-loss, gave NaN or
  ///   infinity in this run
  public record Result(float[] weights, double validationLoss, long episode, long nonFiniteCount) {}

  /// With the usual outer optimizer: Adam on clipped gradients, its rate fading if so configured.
  public static <S extends OptimizerState> MetaTraining<S, ?> withAdam(
      Problem problem, Backpropagatable<S> learned, MetaTrainingConfiguration configuration) {
    Adam adam = new Adam(configuration.learningRate());
    return configuration.decay()
        ? withOuter(
            problem, learned, new CosineDecay<>(adam, updates(configuration)), configuration)
        : withOuter(problem, learned, adam, configuration);
  }

  /// With any outer optimizer, a learned one for example, on clipped gradients.
  public static <S extends OptimizerState, O extends OptimizerState> MetaTraining<S, ?> withOuter(
      Problem problem,
      Backpropagatable<S> learned,
      Optimizer<O> outer,
      MetaTrainingConfiguration configuration) {
    var clipped = new GradientClipping<>(outer, configuration.clip());
    return configuration.trainOnly().isEmpty()
        ? new MetaTraining<>(problem, learned, clipped, configuration)
        : new MetaTraining<>(
            problem, learned, new Freezing<>(clipped, trained(configuration)), configuration);
  }

  private static Pattern trained(MetaTrainingConfiguration configuration) {
    return Pattern.compile(configuration.trainOnly());
  }

  private static long updates(MetaTrainingConfiguration configuration) {
    return configuration
        .plan()
        .curriculum()
        .draws(configuration.episodes(), configuration.unroll());
  }

  /// Trains from the beginning, without checkpoints.
  public Result run(TrainingListener listener) {
    try {
      return run(Checkpoints.NONE, listener);
    } catch (IOException e) {
      throw new IllegalStateException("nothing was to be written", e);
    }
  }

  /// Trains from the latest checkpoint, or the beginning where there is none.
  ///
  /// @throws IOException if a checkpoint cannot be read or written
  public Result run(Checkpoints checkpoints, TrainingListener listener) throws IOException {
    MetaObjective<S> objective =
        new MetaObjective<>(problem, estimator(), configuration.plan(), configuration.seed());
    O outerState = outer.start(objective.layout());
    Checkpoint latest =
        checkpoints
            .latest()
            .orElseGet(() -> start(objective.initialParameters(), outerState, listener));
    latest.restore(outerState);
    Descent descent =
        Descent.resume(
            objective, outer, latest.weights().clone(), outerState, latest.step(), latest.step());

    long episode = objective.position(latest.step()).episode();
    double metaLoss = 0; // summed over the unrolls since the last validation
    while (episode < configuration.episodes()) {
      double episodeLoss = 0;
      do {
        episodeLoss += descent.loss();
        descent.advance();
      } while (objective.position(descent.draws()).unroll() > 0);
      episode++;
      metaLoss += episodeLoss;
      long nonFinite = objective.nonFiniteCount() + descent.nonFiniteCount();
      listener.episode(episode, configuration.episodes(), episodeLoss);
      if (episode % configuration.validateEvery() == 0 || episode == configuration.episodes()) {
        double validationLoss = validate(descent.parameters());
        boolean improved = validationLoss < latest.bestLoss();
        latest =
            Checkpoint.of(
                descent.draws(),
                descent.parameters(),
                outerState,
                improved ? descent.parameters() : latest.bestWeights(),
                improved ? validationLoss : latest.bestLoss(),
                improved ? episode : latest.bestEpisode());
        long since = (episode - 1) % configuration.validateEvery() + 1;
        TrainingMetrics metrics =
            new TrainingMetrics(
                episode, metaLoss / since, validationLoss, latest.bestLoss(), improved, nonFinite);
        checkpoints.save(latest, metrics);
        listener.validated(metrics);
        metaLoss = 0;
      }
    }
    return new Result(
        latest.bestWeights().clone(),
        latest.bestLoss(),
        latest.bestEpisode(),
        objective.nonFiniteCount() + descent.nonFiniteCount());
  }

  /// The start is scored as well: a training never ends worse than it began.
  private Checkpoint start(float[] weights, O outerState, TrainingListener listener) {
    double loss = validate(weights);
    listener.validated(new TrainingMetrics(0, 0, loss, loss, Double.isFinite(loss), 0));
    return Checkpoint.of(0, weights, outerState, weights, loss, 0);
  }

  /// How the meta-gradient is estimated.
  ///
  /// @throws IllegalArgumentException if the configuration does not fit the optimizer
  public GradientEstimator<S> estimator() {
    learned.layout().mask(trained(configuration)); // throws if nothing is to be trained
    return configuration.evolution() > 0
        ? new EvolutionStrategies<>(
            learned,
            configuration.unroll(),
            configuration.metaLoss(),
            configuration.evolution(),
            trained(configuration))
        : new TruncatedBptt<>(
            learned,
            configuration.unroll(),
            configuration.metaLoss(),
            configuration.secondDerivatives(),
            configuration.coordinateFraction());
  }

  private double validate(float[] weights) {
    Evaluation validation =
        new Evaluation(
            problem,
            Problem.Split.VALIDATION,
            configuration.validationInstances(),
            configuration.steps(),
            Seeds.derive(configuration.seed(), "validation", 0));
    Runs runs = validation.run(learned.with(weights));
    return switch (configuration.metaLoss()) {
      case LOSSES -> runs.score();
      case LOGARITHMS -> runs.geometricScore();
    };
  }
}
