package dev.glissade;

import dev.glissade.internal.Vectors;

/// Runs an [Optimizer] on an [Objective]: the only optimisation loop there is.
///
/// It solves problems, unrolls learned optimizers, and trains them. At every moment it stands at a
/// point θ whose loss and gradient are known; [#step] updates θ and evaluates there, so that T
/// steps cost T evaluations and one at the start.
///
/// A point whose loss or gradient is NaN or infinite is *counted, and not stepped from*: neither θ
/// nor the optimizer's state change, and the next step only draws anew. A stochastic objective may
/// recover from that; a diverged run stays where it is, and shows.
///
/// @param <S> the optimizer's state
public final class Descent<S extends OptimizerState> {

  private final Objective objective;
  private final Optimizer<S> optimizer;
  private final float[] parameters; // [N]
  private final float[] gradient; // [N]
  private final float[] update; // [N]
  private final S state;
  private long step;
  private double loss;
  private boolean finite;
  private long nonFiniteCount;

  private Descent(
      Objective objective, Optimizer<S> optimizer, float[] parameters, S state, long step) {
    int size = objective.layout().size();
    if (parameters.length != size) {
      throw new IllegalArgumentException(
          "the objective has %d parameters, got %d".formatted(size, parameters.length));
    }
    this.objective = objective;
    this.optimizer = optimizer;
    this.parameters = parameters;
    this.gradient = new float[size];
    this.update = new float[size];
    this.state = state;
    this.step = step;
    evaluate();
  }

  /// Starts at the objective's initial parameters.
  public static <S extends OptimizerState> Descent<S> start(
      Objective objective, Optimizer<S> optimizer) {
    return resume(
        objective,
        optimizer,
        objective.initialParameters(),
        optimizer.start(objective.layout()),
        0);
  }

  /// Goes on from where another run stood.
  ///
  /// @param parameters θ, used in place from now on
  /// @param state the optimizer's state, used in place from now on
  /// @param step how many steps have been taken, ≥ 0: the `draw` of the evaluation made here
  public static <S extends OptimizerState> Descent<S> resume(
      Objective objective, Optimizer<S> optimizer, float[] parameters, S state, long step) {
    return new Descent<>(objective, optimizer, parameters, state, step);
  }

  /// One update of θ, and the evaluation of f and ∇f at the new point.
  public void step() {
    step(optimizer);
  }

  /// As [#step()], with another member of the optimizer's family: meta-training changes the
  /// optimizer in mid-run, and the state goes on.
  public void step(Optimizer<S> optimizer) {
    if (finite) {
      optimizer.update(gradient, state, update);
      Vectors.add(update, parameters);
    }
    step++;
    evaluate();
  }

  /// Takes `steps` steps.
  ///
  /// @return the losses from here on, `steps + 1` of them
  public LearningCurve run(int steps) {
    double[] losses = new double[steps + 1];
    losses[0] = loss;
    for (int t = 1; t <= steps; t++) {
      step();
      losses[t] = loss;
    }
    return new LearningCurve(losses);
  }

  private void evaluate() {
    loss = objective.evaluate(parameters, gradient, step);
    finite = Double.isFinite(loss) && Vectors.allFinite(gradient);
    if (!finite) {
      nonFiniteCount++;
    }
  }

  /// f at the current point.
  public double loss() {
    return loss;
  }

  /// θ, live.
  public float[] parameters() {
    return parameters;
  }

  /// ∇f at the current point, live.
  public float[] gradient() {
    return gradient;
  }

  /// The optimizer's state, live.
  public S state() {
    return state;
  }

  /// How many steps have been taken.
  public long steps() {
    return step;
  }

  /// How many evaluations of this run gave NaN or infinity.
  public long nonFiniteCount() {
    return nonFiniteCount;
  }
}
