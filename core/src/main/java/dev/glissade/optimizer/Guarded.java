package dev.glissade.optimizer;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.internal.Vectors;
import java.util.ArrayList;
import java.util.List;

/// Watches the loss of an optimizer that may fail, such as a learned one on problems that it was
/// not trained for, and lets another one go on where it makes no progress.
///
/// ```
/// l ← l + 0.5·(f(θ) − l)                   the loss, smoothed; f(θ₀) at first
/// if l is the lowest so far: remember θ, ∇f(θ) and the fallback's state
/// the optimizer fails if                   for `patience` steps l was not lowest, and half of what
///                                          was gained since θ₀ is lost again,
///     or for 5·patience steps l was not lowest,
///     or it is timid:                      the loss fell by more than 0.6 of Σ −∇f·update, which is
///                                          less than 0.2 of the fallback's (later steps count more)
/// then the fallback goes on from the remembered θ, for `rest` steps;
/// then the optimizer gets another chance, then the fallback for 2·rest steps, and so on
/// ```
///
/// Going back takes no step of its own: the update leads from where the optimizer failed to where
/// the fallback's step from the remembered θ leads. Both see all gradients, so that either can take
/// over at any time; what the fallback has seen since the remembered θ is forgotten with it. An
/// update that is not finite is never made.
///
/// What it promises: of n steps at most 5·patience·(1 + log₂(1 + n/rest)) are lost to an optimizer
/// that only does harm, `patience` in place of 5·patience where it loses what was gained. All
/// others are the fallback's, from points whose smoothed loss was not above that at the start. It
/// does not promise to notice an optimizer that makes progress, but less than the fallback would:
/// only one that is timid.
///
/// The idea is that of two papers. From the first is the rule to take the learned update while some
/// measure of progress goes down, and a safe one otherwise, with the convergence of the safe one;
/// from the second, that the measure may be the loss, which every problem has. Neither goes back to
/// the best point; the second runs both optimizers from the same points to compare them, which
/// would cost evaluations.
///
/// References: H. Heaton, X. Chen, Z. Wang, W. Yin, *Safeguarded learned convex optimization*,
/// 2020; I. Prémont-Schwarz, J. Vítků, J. Feyereisl, *A simple guard for learned optimizers*, ICML
/// 2022.
///
/// @param inner the optimizer that is watched
/// @param fallback the optimizer that can be relied on
/// @param patience how many steps without a new lowest loss are borne, ≥ 1
/// @param rest how many steps it makes for the first time, ≥ 1
/// @param <S> the state of the optimizer that is watched
/// @param <F> the state of the fallback
public record Guarded<S extends OptimizerState, F extends OptimizerState>(
    Optimizer<S> inner, Optimizer<F> fallback, int patience, int rest)
    implements Optimizer<Guarded.State<S, F>> {

  /// How much of a new loss goes into the smoothed one.
  private static final double SMOOTHING = 0.5;

  /// How much of the sums of falls is kept from step to step.
  private static final double KEPT = 0.7;

  /// The share of all that was gained whose loss is a failure.
  private static final double LOST = 0.5;

  /// How many times as long it may take to find a lower loss where little was lost.
  private static final int LONGER = 5;

  /// The share of the fall by the slope above which the function is taken to be straight.
  private static final double LINEAR = 0.6;

  /// The share of the fallback's fall by the slope below which updates are timid.
  private static final double TIMID = 0.2;

  /// The least number of steps that are judged by their slopes.
  private static final int JUDGED = 3;

  /// What the guard remembers.
  ///
  /// @param inner the state of the optimizer that is watched
  /// @param fallback the fallback's state
  /// @param saved the fallback's state at the lowest loss
  /// @param parameters θ at the lowest loss, `float[N]`
  /// @param gradient the gradient there, `float[N]`
  /// @param watch numbers, `float[14]`
  @SuppressWarnings({"ArrayRecordComponent", "EnumOrdinal"}) // live, as states are; indices
  public record State<S extends OptimizerState, F extends OptimizerState>(
      S inner, F fallback, F saved, float[] parameters, float[] gradient, float[] watch)
      implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(inner.arrays());
      arrays.addAll(fallback.arrays());
      arrays.addAll(saved.arrays());
      arrays.addAll(List.of(parameters, gradient, watch));
      return arrays;
    }

    @Override
    public long interventions() {
      return (long) watch[Watch.INTERVENTIONS.ordinal()];
    }

    private double get(Watch what) {
      return watch[what.ordinal()];
    }

    private void add(Watch what, double value) {
      set(what, KEPT * get(what) + value);
    }

    private void set(Watch what, double value) {
      watch[what.ordinal()] = (float) value;
    }
  }

  /// The numbers that a state keeps.
  private enum Watch {
    /// The smoothed loss.
    SMOOTHED,
    /// The lowest of them.
    LOWEST,
    /// The number of steps since then.
    SINCE,
    /// The number of steps that the fallback has still to make.
    LEFT,
    /// How many it makes next time.
    NEXT,
    /// The number of updates made with the fallback's state.
    STEP,
    /// That number at the lowest loss.
    SAVED_STEP,
    /// How often the fallback stepped in.
    INTERVENTIONS,
    /// The loss at the start.
    START,
    /// The loss a step ago.
    LAST,
    /// The number of steps of the optimizer in a row.
    TRIED,
    /// By how much the loss fell, later steps counting more.
    ACTUAL,
    /// By how much the slope along the updates says that it falls.
    PREDICTED,
    /// By how much the slope along the fallback's updates says so.
    PREDICTED_FALLBACK
  }

  public Guarded {
    Require.positive("patience", (double) patience);
    Require.positive("rest", (double) rest);
  }

  /// A guard with a patience of 3 steps, and a rest of 100.
  public Guarded(Optimizer<S> inner, Optimizer<F> fallback) {
    this(inner, fallback, 3, 100);
  }

  @Override
  public State<S, F> start(ParameterLayout layout) {
    State<S, F> state =
        new State<>(
            inner.start(layout),
            fallback.start(layout),
            fallback.start(layout),
            new float[layout.size()],
            new float[layout.size()],
            new float[Watch.values().length]);
    state.set(Watch.NEXT, rest);
    return state;
  }

  @Override
  public void update(Point at, State<S, F> state, float[] update) {
    watch(at, state);
    float[] learned = new float[update.length];
    inner.update(at, state.inner, learned);
    boolean resting = state.get(Watch.LEFT) > 0;
    if (!resting && (fails(state) || !Vectors.allFinite(learned))) {
      stepIn(at, state, update);
      return;
    }
    fallbackStep(at, state, update);
    if (resting) {
      rested(state);
    } else {
      state.add(Watch.PREDICTED, descent(at.gradient(), learned));
      state.add(Watch.PREDICTED_FALLBACK, descent(at.gradient(), update));
      System.arraycopy(learned, 0, update, 0, update.length);
    }
  }

  /// Whether it is time for the fallback.
  private boolean fails(State<S, F> state) {
    double since = state.get(Watch.SINCE);
    double gained = state.get(Watch.START) - state.get(Watch.LOWEST);
    boolean lost = state.get(Watch.SMOOTHED) >= state.get(Watch.LOWEST) + LOST * gained;
    return since >= (lost ? patience : LONGER * patience) || timid(state);
  }

  /// Whether the loss falls as its slope says, so that longer steps could be taken, and the
  /// fallback would take much longer ones.
  private static boolean timid(State<?, ?> state) {
    double predicted = state.get(Watch.PREDICTED);
    return state.get(Watch.TRIED) >= JUDGED
        && state.get(Watch.ACTUAL) > LINEAR * predicted
        && predicted < TIMID * state.get(Watch.PREDICTED_FALLBACK);
  }

  private static double descent(float[] gradient, float[] update) {
    double sum = 0;
    for (int i = 0; i < update.length; i++) {
      sum -= (double) gradient[i] * update[i];
    }
    return sum;
  }

  /// Smooths the loss, and remembers where it is the lowest.
  private void watch(Point at, State<S, F> state) {
    double loss = Math.min(at.loss(), Float.MAX_VALUE);
    boolean first = at.step() == 0;
    if (first) {
      state.set(Watch.START, loss);
    } else {
      state.add(Watch.ACTUAL, state.get(Watch.LAST) - loss);
      state.set(Watch.TRIED, state.get(Watch.TRIED) + 1);
    }
    state.set(Watch.LAST, loss);
    double before = first ? loss : state.get(Watch.SMOOTHED);
    double smoothed = before + SMOOTHING * (loss - before);
    state.set(Watch.SMOOTHED, smoothed);
    if (first || smoothed < state.get(Watch.LOWEST)) {
      state.set(Watch.LOWEST, smoothed);
      state.set(Watch.SINCE, 0);
      remember(at, state);
    } else {
      state.set(Watch.SINCE, state.get(Watch.SINCE) + 1);
    }
  }

  private void remember(Point at, State<S, F> state) {
    System.arraycopy(at.parameters(), 0, state.parameters, 0, state.parameters.length);
    System.arraycopy(at.gradient(), 0, state.gradient, 0, state.gradient.length);
    state.saved.copyFrom(state.fallback);
    state.set(Watch.SAVED_STEP, state.get(Watch.STEP));
  }

  /// Lets the fallback make its step from where the loss was the lowest.
  private void stepIn(Point at, State<S, F> state, float[] update) {
    state.fallback.copyFrom(state.saved);
    state.set(Watch.STEP, state.get(Watch.SAVED_STEP));
    state.set(Watch.SMOOTHED, state.get(Watch.LOWEST));
    state.set(Watch.LEFT, state.get(Watch.NEXT) - 1);
    state.set(Watch.NEXT, 2 * state.get(Watch.NEXT));
    state.set(Watch.INTERVENTIONS, state.get(Watch.INTERVENTIONS) + 1);
    judgeAnew(state);
    double lowest = state.get(Watch.LOWEST);
    fallbackStep(new Point.Known(0, lowest, state.parameters, state.gradient), state, update);
    float[] parameters = at.parameters();
    for (int i = 0; i < update.length; i++) {
      update[i] += state.parameters[i] - parameters[i];
    }
  }

  /// Ends a step of the fallback's rest; after the last, the optimizer starts from here.
  private void rested(State<S, F> state) {
    state.set(Watch.LEFT, state.get(Watch.LEFT) - 1);
    judgeAnew(state);
  }

  /// Forgets how the optimizer did.
  private void judgeAnew(State<S, F> state) {
    state.set(Watch.SINCE, 0);
    state.set(Watch.TRIED, 0);
    state.set(Watch.ACTUAL, 0);
    state.set(Watch.PREDICTED, 0);
    state.set(Watch.PREDICTED_FALLBACK, 0);
  }

  private void fallbackStep(Point at, State<S, F> state, float[] update) {
    long step = (long) state.get(Watch.STEP);
    Point seen = new Point.Known(step, at.loss(), at.parameters(), at.gradient());
    fallback.update(seen, state.fallback, update);
    state.set(Watch.STEP, step + 1.0);
  }
}
