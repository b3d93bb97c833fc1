package dev.glissade.djl;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.ArrayList;
import java.util.List;

/// Plain gradient descent that keeps what it was told.
///
/// @param coupling what it says of itself
/// @param layouts that states were made for
/// @param losses one for each update
/// @param steps one for each update
record Watching(
    Coupling coupling, List<ParameterLayout> layouts, List<Double> losses, List<Long> steps)
    implements Optimizer<OptimizerState.Empty> {

  Watching(Coupling coupling) {
    this(coupling, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  @Override
  public OptimizerState.Empty start(ParameterLayout layout) {
    layouts.add(layout);
    return new OptimizerState.Empty();
  }

  @Override
  public void update(Point at, OptimizerState.Empty state, float[] update) {
    losses.add(at.loss());
    steps.add(at.step());
    for (int i = 0; i < update.length; i++) {
      update[i] = -0.1f * at.gradient()[i];
    }
  }
}
