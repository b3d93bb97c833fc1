package dev.glissade.djl;

import ai.djl.ndarray.NDArray;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import dev.glissade.StatefulOptimizer;
import dev.glissade.djl.Groups.Group;
import dev.glissade.internal.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Parameters that step together: one, or all of a group whose rule couples them. It waits for the
/// last of them, then makes one step.
final class Part {

  private final List<NamedParameter> parameters;
  private final ParameterLayout layout;
  private final StatefulOptimizer<?> optimizer;
  private final boolean coupled;
  private final Terms terms;
  private final Workspace workspace;
  private final Map<NamedParameter, NDArray> arrived = new HashMap<>(); // until the step
  private long step;
  private long nonFiniteCount;
  private long lossNumber;

  private Part(
      List<NamedParameter> parameters,
      ParameterLayout layout,
      StatefulOptimizer<?> optimizer,
      boolean coupled,
      Terms terms,
      Workspace workspace) {
    this.parameters = parameters;
    this.layout = layout;
    this.optimizer = optimizer;
    this.coupled = coupled;
    this.terms = terms;
    this.workspace = workspace;
  }

  /// A part with a fresh state.
  ///
  /// @param shared gives room that other parts use as well
  static Part start(
      Group group, List<NamedParameter> parameters, Terms terms, IntFunction<Workspace> shared) {
    ParameterLayout layout =
        new ParameterLayout(parameters.stream().map(NamedParameter::block).toList());
    Workspace workspace =
        group.isCoupled() ? Workspace.of(layout.size()) : shared.apply(layout.size());
    return new Part(
        parameters,
        layout,
        StatefulOptimizer.start(group.optimizer(), layout),
        group.isCoupled(),
        terms,
        workspace);
  }

  /// Takes a gradient and clears it where it came from: engines add to it otherwise.
  void arrive(NamedParameter parameter, NDArray weight, NDArray gradient, Losses losses) {
    if (arrived.containsKey(parameter)) {
      throw incomplete();
    }
    Slice slice = layout.slices().get(parameters.indexOf(parameter));
    NativeFloats.read(parameter.name(), gradient, workspace.gradient(), slice);
    NativeFloats.read(parameter.name(), weight, workspace.parameters(), slice);
    if (weight.hasGradient()) {
      NativeFloats.clear(weight.getGradient());
    }
    arrived.put(parameter, weight);
    if (arrived.size() == parameters.size()) {
      step(coupled ? loss(losses) : 0);
    }
  }

  private IllegalStateException incomplete() {
    List<String> missing =
        parameters.stream()
            .filter(parameter -> !arrived.containsKey(parameter))
            .map(NamedParameter::name)
            .toList();
    return new IllegalStateException(
        ("%s couples all parameters of a step, and %s were left out: call"
                + " trainer.initialize(shape), so that all take part, or freeze those before the"
                + " first step")
            .formatted(rule(), missing));
  }

  private double loss(Losses losses) {
    if (losses.number() == lossNumber) {
      throw new IllegalStateException(
          ("%s may look at the loss, and knows none for this step: add the optimizer's listener()"
                  + " to the training configuration, or call observe(loss) before step()")
              .formatted(rule()));
    }
    lossNumber = losses.number();
    return losses.sum();
  }

  /// @param loss f(θ); of no account where the rule does not look at it
  private void step(double loss) {
    terms.apply(workspace.parameters(), workspace.gradient());
    if (Double.isFinite(loss) && Vectors.allFinite(workspace.gradient())) {
      double seen = coupled ? terms.apply(loss, workspace.parameters()) : Double.NaN;
      Point at = new Point.Known(step, seen, workspace.parameters(), workspace.gradient());
      optimizer.update(at, workspace.update());
      Vectors.add(workspace.update(), workspace.parameters());
      for (int i = 0; i < parameters.size(); i++) {
        NDArray weight = arrived.get(parameters.get(i));
        if (weight != null) {
          NativeFloats.write(workspace.parameters(), layout.slices().get(i), weight);
        }
      }
      step++;
    } else {
      nonFiniteCount++;
    }
    arrived.clear();
  }

  /// The name of the part: that of its first parameter.
  String name() {
    return parameters.getFirst().name();
  }

  String rule() {
    return ruleName(optimizer.optimizer());
  }

  /// What an optimizer is called in messages and files.
  static String ruleName(Optimizer<?> optimizer) {
    return optimizer.getClass().getSimpleName();
  }

  /// The number of updates made with the state.
  long step() {
    return step;
  }

  /// The arrays of the state, copied.
  List<float[]> arrays() {
    List<float[]> copies = new ArrayList<>();
    optimizer.state().arrays().forEach(array -> copies.add(array.clone()));
    return copies;
  }

  /// Goes on from a state that was saved.
  ///
  /// @throws IllegalArgumentException if it is that of another rule or layout
  void resume(long step, List<float[]> arrays) {
    OptimizerState saved = () -> arrays;
    optimizer.state().copyFrom(saved);
    this.step = step;
  }

  long interventions() {
    return optimizer.state().interventions();
  }

  long nonFiniteCount() {
    return nonFiniteCount;
  }
}
