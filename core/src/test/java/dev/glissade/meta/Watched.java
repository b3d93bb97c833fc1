package dev.glissade.meta;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import java.util.ArrayList;
import java.util.List;

/// An objective that remembers where it was evaluated.
final class Watched implements TwiceDifferentiable {

  private final Objective objective;
  private final List<float[]> points = new ArrayList<>();
  private final List<Long> draws = new ArrayList<>();
  private double loss;

  Watched(Objective objective) {
    this.objective = objective;
  }

  /// The loss at the latest evaluation.
  double loss() {
    return loss;
  }

  /// The parameters of the latest evaluation.
  float[] parameters() {
    return points.getLast();
  }

  /// The parameters of all evaluations, in order.
  List<float[]> points() {
    return points;
  }

  /// The draws of all evaluations, in order.
  List<Long> draws() {
    return draws;
  }

  @Override
  public ParameterLayout layout() {
    return objective.layout();
  }

  @Override
  public float[] initialParameters() {
    return objective.initialParameters();
  }

  @Override
  public double evaluate(float[] parameters, long draw, float[] gradient) {
    points.add(parameters.clone());
    draws.add(draw);
    loss = objective.evaluate(parameters, draw, gradient);
    return loss;
  }

  @Override
  public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
    ((TwiceDifferentiable) objective).hessianTimes(parameters, draw, vector, product);
  }
}
