package dev.glissade.training;

import dev.glissade.BlockFilter;
import dev.glissade.LearnedOptimizer;
import dev.glissade.LearnedOptimizer.Differentiability;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Group;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.ExactBptt;
import dev.glissade.meta.GradientEstimator;
import dev.glissade.meta.MetaObjective;
import dev.glissade.meta.TruncatedBptt;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// A training of an optimizer for a class of problems, as a value: equal trainings give equal
/// weights, bit for bit.
///
/// ```java
/// TrainedOptimizer learned = MetaTraining.of(fits).run();
/// ```
///
/// It is a [dev.glissade.Descent] with an outer optimizer on a [MetaObjective], with validation,
/// early stopping and checkpoints around it. And it is the article's `g : data → Optimiser →
/// Optimiser`: the problem is the data, the [Outer] optimizer the argument, and the result an
/// optimizer again, which may be the outer one of another training. Where the data are trainings
/// themselves ([TrainingProblem]), it is an optimizer of optimizers, and g(g) an expression:
///
/// ```java
/// MetaTraining g = MetaTraining.of(TrainingProblem.of(fits, rule)).trainer();
/// TrainedOptimizer first = g.run(); // trained by Adam
/// TrainedOptimizer second = g.withOuter(Outer.of(first)).run(); // g(g)
/// TrainedOptimizer self = g.withOuter(Outer.self()).run(); // what trains itself: the fixed point
/// TrainedOptimizer learned = MetaTraining.of(fits).withFamily(rule).withOuter(Outer.of(self)).run();
/// ```
///
/// @param problem the class of problems
/// @param variety what it is trained on besides
/// @param family the optimizers to choose from
/// @param estimator how meta-gradients are estimated
/// @param episodes what is trained on
/// @param outer the optimizer of φ
/// @param trained the blocks of φ that are trained; the others stay as they start
/// @param validation when the optimizer is frozen and scored
/// @param start where φ starts
/// @param seed of everything random
public record MetaTraining(
    Problem problem,
    Variety variety,
    LearnedOptimizer<?> family,
    GradientEstimator estimator,
    Episodes episodes,
    Outer outer,
    BlockFilter trained,
    Validation validation,
    Start start,
    long seed) {

  /// The paper's two groups of a convolutional network, section 3.3.
  private static final BlockFilter CONVOLUTIONS = new BlockFilter("conv.*weights");

  /// The number of coordinates up to which a batch of exact meta-gradients is cheap.
  private static final int FEW = 1000;

  /// The number of steps in the paper's unroll.
  private static final int UNROLL = 20;

  /// A training for a problem with what is best for most: for functions of up to 1,000 coordinates
  /// the paper's network for quadratics and exact meta-gradients, for others the paper's network
  /// for neural networks.
  ///
  /// Rates, batches and decay are from our own searches (`docs/pretrained.md`); exact
  /// meta-gradients, where the problem offers them, led to lower losses on quadratics than the
  /// paper's.
  public static MetaTraining of(Problem problem) {
    return problem.layout().size() <= FEW ? ofFunctions(problem) : ofNetworks(problem);
  }

  private static MetaTraining ofFunctions(Problem problem) {
    int unroll = unrollFor(problem.steps());
    return new MetaTraining(
        problem,
        Variety.NONE,
        Lstm.forQuadratics(),
        problem.isTwiceDifferentiable() ? new ExactBptt(unroll) : new TruncatedBptt(unroll),
        new Episodes(1000, problem.steps(), 64),
        Outer.adam(0.01),
        BlockFilter.ALL,
        new Validation(50, 256),
        new Start.Random(),
        1);
  }

  /// A training for networks: thousands of coordinates make one network a batch, and a quarter of
  /// them a good estimate.
  private static MetaTraining ofNetworks(Problem problem) {
    return new MetaTraining(
        problem,
        Variety.NONE,
        networkFor(problem.layout()),
        new TruncatedBptt(unrollFor(problem.steps()), 0.25),
        new Episodes(1000, problem.steps(), 1),
        Outer.adam(0.003),
        BlockFilter.ALL,
        new Validation(25, 8),
        new Start.Random(),
        1);
  }

  private static Architecture<?> networkFor(ParameterLayout layout) {
    Lstm network = Lstm.forNetworks();
    return layout.blocks().stream().anyMatch(CONVOLUTIONS::matches)
        ? new Grouped(List.of(new Group("conv", CONVOLUTIONS, network)), network)
        : network;
  }

  /// The unroll that suits episodes of so many steps: the shortest of at least the paper's 20 that
  /// divides them (32 for the 128 of neural art), all of them if there are fewer.
  static int unrollFor(int steps) {
    return IntStream.range(UNROLL, steps).filter(u -> steps % u == 0).findFirst().orElse(steps);
  }

  /// The training with what makes optimizers ready for other networks and longer runs; see
  /// [Robust].
  public MetaTraining robust() {
    return Robust.of(this);
  }

  /// The training of the bounded optimizer for longer horizons of Lv, Jiang and Li; see [RnnProp].
  public MetaTraining rnnProp() {
    return RnnProp.of(this);
  }

  /// The training of an optimizer that trains optimizers, on a problem whose objectives are
  /// trainings; see [Trainer].
  public MetaTraining trainer() {
    return Trainer.of(this);
  }

  /// The training with something besides the problem.
  public MetaTraining withVariety(Variety other) {
    return new MetaTraining(
        problem, other, family, estimator, episodes, outer, trained, validation, start, seed);
  }

  /// The training of other optimizers. Where the estimator needs second derivatives and they are
  /// not exact, one that does without takes its place.
  public MetaTraining withFamily(LearnedOptimizer<?> other) {
    boolean inexact =
        estimator.needsSecondDerivatives() && other.differentiability() != Differentiability.EXACT;
    GradientEstimator fitting = inexact ? new TruncatedBptt(estimator.unroll()) : estimator;
    return new MetaTraining(
        problem, variety, other, fitting, episodes, outer, trained, validation, start, seed);
  }

  /// The training with another estimator.
  public MetaTraining withEstimator(GradientEstimator other) {
    return new MetaTraining(
        problem, variety, family, other, episodes, outer, trained, validation, start, seed);
  }

  /// The training on other episodes.
  public MetaTraining withEpisodes(Episodes other) {
    return new MetaTraining(
        problem, variety, family, estimator, other, outer, trained, validation, start, seed);
  }

  /// The training on another number of episodes.
  public MetaTraining withEpisodes(long count) {
    return withEpisodes(episodes.withCount(count));
  }

  /// The training on episodes of so many steps, with the unroll that suits them.
  ///
  /// @param steps ≥ 1
  public MetaTraining withSteps(int steps) {
    return withEpisodes(episodes.withSteps(steps))
        .withEstimator(estimator.withUnroll(unrollFor(steps)));
  }

  /// The training with another outer optimizer.
  public MetaTraining withOuter(Outer other) {
    return new MetaTraining(
        problem, variety, family, estimator, episodes, other, trained, validation, start, seed);
  }

  /// The training of some of the weights.
  public MetaTraining withTrained(BlockFilter others) {
    return new MetaTraining(
        problem, variety, family, estimator, episodes, outer, others, validation, start, seed);
  }

  /// The training with other validations.
  public MetaTraining withValidation(Validation other) {
    return new MetaTraining(
        problem, variety, family, estimator, episodes, outer, trained, other, start, seed);
  }

  /// The training from another start.
  public MetaTraining withStart(Start other) {
    return new MetaTraining(
        problem, variety, family, estimator, episodes, outer, trained, validation, other, seed);
  }

  /// The training with other random numbers.
  public MetaTraining withSeed(long other) {
    return new MetaTraining(
        problem, variety, family, estimator, episodes, outer, trained, validation, start, other);
  }

  /// The training with another learning rate of its outer optimizer, which must be hand-designed.
  ///
  /// @param rate > 0
  public MetaTraining withLearningRate(double rate) {
    return switch (outer.teacher()) {
      case Outer.HandDesigned(var rule, boolean fading) ->
          withOuter(outer.withTeacher(new Outer.HandDesigned(rule.withLearningRate(rate), fading)));
      case Outer.Learned(String name, _) ->
          throw new IllegalArgumentException(
              "the outer optimizer %s has no learning rate".formatted(name));
      case Outer.Self _ ->
          throw new IllegalArgumentException(
              "an optimizer that trains itself has no learning rate but its own");
      case Outer.Watched _ ->
          throw new IllegalArgumentException(
              "an outer optimizer that is watched has no learning rate: give its fallback one");
    };
  }

  /// Makes sure that the parts go together.
  ///
  /// @throws IllegalArgumentException if not, with what does not and a remedy
  public void check() {
    estimator.check(family);
    episodes.requireMultiplesOf(estimator.unroll());
    family.layout().mask(trained); // throws if nothing is to be trained
    for (Problem part : variety.parts(problem)) {
      if (estimator.needsSecondDerivatives() && !part.isTwiceDifferentiable()) {
        throw new IllegalArgumentException(
            "%s has no second derivatives: train without them".formatted(part.name()));
      }
    }
    initialWeights(); // throws if the optimizer to start from does not fit
  }

  /// The weights φ at the start, `float[φ]`.
  float[] initialWeights() {
    return switch (start) {
      case Start.Random _ -> family.initialWeights(seed);
      case Start.From(_, TrainedOptimizer optimizer) -> optimizer.weightsFor(architecture());
    };
  }

  /// The family as what can be written down.
  ///
  /// @throws IllegalArgumentException if it cannot be
  public Architecture<?> architecture() {
    if (family instanceof Architecture<?> architecture) {
      return architecture;
    }
    throw new IllegalArgumentException(
        "only an Architecture can be saved or start from one that was; train %s without a folder,"
                .formatted(family)
            + " and take the weights of the outcome");
  }

  /// The problem that is trained and validated on.
  Problem varied() {
    return variety.applyTo(problem);
  }

  /// The number of updates of φ that the training makes.
  long updates() {
    return episodes.draws(estimator.unroll());
  }

  /// The runs by which frozen weights are scored.
  Evaluation scoring() {
    return new Evaluation(
        varied(),
        Problem.Split.VALIDATION,
        validation.instances(),
        episodes.steps(),
        Seeds.derive(seed, "validation", 0));
  }

  /// The meta-loss.
  ///
  /// @param watch wraps the problem in one with equal objectives
  MetaObjective objective(UnaryOperator<Problem> watch) {
    return new MetaObjective(watch.apply(varied()), family, trained, estimator, episodes, seed);
  }

  /// Trains from the beginning to the end and gives the best optimizer.
  ///
  /// @throws IllegalArgumentException if the parts do not go together
  public TrainedOptimizer run() {
    return trained(run(TrainingListener.silent()));
  }

  /// Trains from the beginning to the end, without checkpoints.
  ///
  /// @throws IllegalArgumentException if the parts do not go together
  public Outcome run(TrainingListener listener) {
    try {
      return run(Checkpoints.NONE, listener);
    } catch (IOException e) {
      throw new IllegalStateException("nothing was to be written", e);
    }
  }

  /// Trains from the latest checkpoint, or the beginning where there is none, to the end.
  ///
  /// @throws IllegalArgumentException if the parts do not go together
  /// @throws IOException if a checkpoint cannot be read or written
  public Outcome run(Checkpoints checkpoints, TrainingListener listener) throws IOException {
    check();
    Course course = new Course(this, checkpoints, listener);
    course.begin();
    while (!course.isFinished()) {
      course.episode();
    }
    return course.outcome();
  }

  /// The training as JSON, as a run folder holds it.
  ///
  /// @throws IllegalArgumentException if its optimizers cannot be written down
  public JsonObject toJson() {
    return PlanFormat.write(this);
  }

  /// The optimizer that came out of this training, with its history.
  public TrainedOptimizer trained(Outcome outcome) {
    return new TrainedOptimizer(
        architecture(),
        outcome.weights(),
        PlanFormat.history(this, outcome.validationLoss(), outcome.episode(), outcome.averaged()));
  }
}
