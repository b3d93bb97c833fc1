package dev.glissade;

import dev.glissade.internal.Vectors;

/// Runs an [Optimizer] on an [Objective]: the only optimisation loop there is.
///
/// It solves problems, unrolls learned optimizers, and trains them. It stands at a point θ, where
/// loss and gradient are evaluated once, when something first asks for them. [#advance] does, so
/// that T steps cost T evaluations, and one more if the loss at the end is wanted.
///
/// A point whose loss or gradient is NaN or infinite is *counted, and not stepped from*: neither θ
/// nor the optimizer's state change, and the next step only draws anew. A stochastic objective may
/// recover from that; a diverged run stays where it is, and shows.
public final class Descent implements Point {

  private final Objective objective;
  private final StatefulOptimizer<?> optimizer;
  private final float[] parameters; // [N]
  private final float[] gradient; // [N]
  private final float[] update; // [N]
  private long draw;
  private long step;
  private boolean evaluated;
  private double loss;
  private boolean finite;
  private long nonFiniteCount;

  private Descent(
      Objective objective,
      StatefulOptimizer<?> optimizer,
      float[] parameters,
      long draw,
      long step) {
    int size = objective.layout().size();
    if (parameters.length != size) {
      throw new IllegalArgumentException(
          "the objective has %s parameters, got %s".formatted(size, parameters.length));
    }
    this.objective = objective;
    this.optimizer = optimizer;
    this.parameters = parameters;
    this.gradient = new float[size];
    this.update = new float[size];
    this.draw = draw;
    this.step = step;
  }

  /// Starts a run at the objective's initial parameters.
  public static Descent start(Objective objective, Optimizer<?> optimizer) {
    StatefulOptimizer<?> started = StatefulOptimizer.start(optimizer, objective.layout());
    return new Descent(objective, started, objective.initialParameters(), 0, 0);
  }

  /// Continues from where another run stood.
  ///
  /// @param parameters θ, used in place from now on
  /// @param state the optimizer's state, used in place from now on
  /// @param draw how many draws were used up, ≥ 0: the `draw` of the next evaluation
  /// @param step how many updates were made, from 0 to `draw`
  public static <S extends OptimizerState> Descent resume(
      Objective objective,
      Optimizer<S> optimizer,
      float[] parameters,
      S state,
      long draw,
      long step) {
    return new Descent(
        objective, new StatefulOptimizer<>(optimizer, state), parameters, draw, step);
  }

  /// Makes one update of θ, which leads to the next draw.
  public void advance() {
    if (isFinite()) {
      optimizer.update(this, update);
      move();
    }
    drawAnew();
  }

  /// Makes one update of θ with another member of the optimizer's family: meta-training changes the
  /// optimizer in mid-run, and the state stays.
  ///
  /// @throws ClassCastException if its state is of another type
  public void advance(Optimizer<?> member) {
    if (isFinite()) {
      optimizer.update(member, this, update);
      move();
    }
    drawAnew();
  }

  private void move() {
    Vectors.add(update, parameters);
    step++;
  }

  private void drawAnew() {
    draw++;
    evaluated = false;
  }

  /// Takes so many steps and keeps the losses.
  ///
  /// @param steps how many, ≥ 0
  /// @return the losses from here on, `steps + 1` of them
  public LearningCurve run(int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must be >= 0, got " + steps);
    }
    long before = nonFiniteCount;
    long guarded = state().interventions();
    double[] losses = new double[steps + 1];
    losses[0] = loss();
    for (int t = 1; t <= steps; t++) {
      advance();
      losses[t] = loss();
    }
    return new LearningCurve(
        losses, finite, nonFiniteCount - before, state().interventions() - guarded);
  }

  private void evaluate() {
    if (!evaluated) {
      evaluated = true;
      loss = objective.evaluate(parameters, draw, gradient);
      finite = Double.isFinite(loss) && Vectors.allFinite(gradient);
      if (!finite) {
        nonFiniteCount++;
      }
    }
  }

  /// Whether loss and gradient are finite at the current point.
  public boolean isFinite() {
    evaluate();
    return finite;
  }

  /// The loss f at the current point.
  @Override
  public double loss() {
    evaluate();
    return loss;
  }

  @Override
  public float[] parameters() {
    return parameters;
  }

  @Override
  public float[] gradient() {
    evaluate();
    return gradient;
  }

  /// The optimizer's state, live: it changes with every step.
  public OptimizerState state() {
    return optimizer.state();
  }

  @Override
  public long step() {
    return step;
  }

  /// The number of draws used up so far: one a step, also where nothing moved.
  public long draws() {
    return draw;
  }

  /// How many evaluations of this run gave NaN or infinity.
  public long nonFiniteCount() {
    return nonFiniteCount;
  }
}
