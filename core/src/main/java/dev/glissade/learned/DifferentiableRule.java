package dev.glissade.learned;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.Point;
import java.util.ArrayList;
import java.util.List;

/// An update rule that can be differentiated by its weights.
///
/// [#backwardStep] is all that a rule must write; [#backward] is there to be replaced by something
/// faster.
///
/// @param <S> its state
public interface DifferentiableRule<S extends OptimizerState> extends Optimizer<S> {

  /// Goes back through one step.
  ///
  /// @param before the state before the step, only read
  /// @param at where the step started, only read
  /// @param cotangent what comes from later steps, and what goes on to earlier ones
  /// @param weightGradient `float[φ]`, to which ∂L/∂φ is added
  void backwardStep(S before, Point at, Cotangent<S> cotangent, float[] weightGradient);

  /// Whether [#backward] should be given the states of all steps, where somebody has run them with
  /// that in mind. It is for rules that need them all, and would make the steps again.
  default boolean keepsStates() {
    return false;
  }

  /// Goes back through the T steps of an unroll, as the other `backward` does.
  ///
  /// @param states before the first step, and after each if the rule [keeps them][#keepsStates];
  ///   only read
  default void backward(List<S> states, Unroll unroll, float[] weightGradient) {
    backward(states.getFirst(), unroll, weightGradient);
  }

  /// Goes back through the T steps of an unroll, with the gradients of the objective as constants.
  ///
  /// @param start the state before the first step, only read
  /// @param unroll the steps, and what the meta-loss is taken to be
  /// @param weightGradient `float[φ]`, to which ∂L/∂φ is added
  default void backward(S start, Unroll unroll, float[] weightGradient) {
    Replay replay = new Replay(unroll);
    S state = start(unroll.layout());
    state.copyFrom(start);
    List<S> states = new ArrayList<>();
    List<Point> points = new ArrayList<>();
    float[] update = new float[unroll.layout().size()];
    for (int t = 0; t < unroll.steps(); t++) {
      S before = start(unroll.layout());
      before.copyFrom(state);
      states.add(before);
      points.add(replay.snapshot());
      update(replay, state, update);
      replay.move(update);
    }
    Cotangent<S> cotangent =
        new Cotangent<>(new float[update.length], start(unroll.layout()), new float[update.length]);
    for (int t = unroll.steps() - 1; t >= 0; t--) {
      unroll.addSlopes(t, cotangent.update());
      backwardStep(states.get(t), points.get(t), cotangent, weightGradient);
    }
  }
}
