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
/// b = −∇f(θ)·u, a = −∇f(θ + u)·u           the slope along an update u, before and after it
/// ν ← ν + max(0.1, 1/t)·(e − ν)            the noise, at the optimizer's t-th step in a row: e is
///                                          the change of f in excess of what slopes explain,
///                                          |Δf + (a + b)/2| − (|a| + |b|)/2, or 0
/// it may be noise while                    l is less than 5·ν above the lowest
/// the optimizer fails if                   for `patience` steps l was not lowest, half of what was
///                                          gained since θ₀ is lost, and it cannot be noise,
///     or for 5·patience steps l was not lowest, and it cannot be noise,
///                                          or the updates since then overshoot: Σa < −Σb/4
///     or after more than 10 steps          all its updates together overshoot
///     or it is timid:                      Σa ≥ 0.2·Σb, the function is straight along updates,
///                                          and Σb less than 0.15 of the fallback's (later steps
///                                          count more)
/// then the fallback goes on from the remembered θ, for `rest` steps;
/// then the optimizer gets another chance, then the fallback for 2·rest steps, and so on
/// ```
///
/// Going back takes no step of its own: the update leads from where the optimizer failed to where
/// the fallback's step from the remembered θ leads. Both see all gradients, so that either can take
/// over at any time; what the fallback has seen since the remembered θ is forgotten with it. An
/// update that is not finite is never made.
///
/// With minibatches the loss goes up and down though θ gets better. Slopes tell: where the loss is
/// a smooth function, and the step not too long, (a + b)/2 is by how much it falls, exactly so if
/// it is quadratic, and what is beyond a and b together is the draw's. A loss that has not been
/// lowest for long may then be noise, and a, which comes from a later minibatch than u, says
/// whether the updates still lead down or to the other side of the valley.
///
/// What it promises where the loss has no noise, and is quadratic: of n steps at most 5·patience·(1
/// + log₂(1 + n/rest)) are lost to an optimizer that only does harm, `patience` in place of
///   5·patience where it loses what was gained. All others are the fallback's, from points whose
///   smoothed loss was not above that at the start. Under noise it promises to notice only an
///   optimizer that keeps the loss more than 5·ν above the lowest, or overshoots. It does not
///   promise to notice one that stands still within the noise, nor one that makes progress, but
///   less than the fallback would: only one that is timid. Nor does it leave alone all that make
///   progress: one whose steps leap over the valley again and again is stopped though its loss may
///   fall.
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

  /// The share of the slope left after updates above which the function is taken to be straight.
  private static final double STRAIGHT = 0.2;

  /// How steeply it goes up after updates that overshoot, as a share of the slope before them.
  private static final double OVERSHOT = 0.25;

  /// The least number of steps after which overshooting since the first is a failure.
  private static final int SETTLED = 10;

  /// How much of a new excess goes into the noise, at least.
  private static final double NOISE_RATE = 0.1;

  /// How many times the noise the smoothed loss may be above the lowest by chance.
  private static final double CHANCE = 5;

  /// The share of the fallback's fall by the slope below which updates are timid.
  private static final double TIMID = 0.15;

  /// The least number of steps that are judged by their slopes.
  private static final int JUDGED = 3;

  /// What the guard remembers.
  ///
  /// @param inner the state of the optimizer that is watched
  /// @param fallback the fallback's state
  /// @param saved the fallback's state at the lowest loss
  /// @param parameters θ at the lowest loss, `float[N]`
  /// @param gradient the gradient there, `float[N]`
  /// @param tried the optimizer's update before this step, `float[N]`
  /// @param watch numbers, `float[19]`
  @SuppressWarnings({"ArrayRecordComponent", "EnumOrdinal"}) // live, as states are; indices
  public record State<S extends OptimizerState, F extends OptimizerState>(
      S inner,
      F fallback,
      F saved,
      float[] parameters,
      float[] gradient,
      float[] tried,
      float[] watch)
      implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(inner.arrays());
      arrays.addAll(fallback.arrays());
      arrays.addAll(saved.arrays());
      arrays.addAll(List.of(parameters, gradient, tried, watch));
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
    /// By how much the slope along its last update says that the loss falls.
    BEFORE,
    /// The sum of that, later steps counting more.
    PREDICTED,
    /// The same with the slopes after the updates.
    AFTER,
    /// The sum of the slopes before updates since the lowest loss.
    BEFORE_SINCE,
    /// The sum of the slopes after them.
    AFTER_SINCE,
    /// The sum of the slopes before all updates in a row.
    BEFORE_ALL,
    /// The sum of the slopes after them.
    AFTER_ALL,
    /// By how much the loss changes beyond what slopes explain.
    NOISE,
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
      tried(at, state, learned, update);
    }
  }

  /// Notes how steep it is along the optimizer's update and the fallback's, and makes the first.
  private void tried(Point at, State<S, F> state, float[] learned, float[] update) {
    double before = descent(at.gradient(), learned);
    state.set(Watch.TRIED, state.get(Watch.TRIED) + 1);
    state.set(Watch.BEFORE, before);
    state.add(Watch.PREDICTED, before);
    state.add(Watch.PREDICTED_FALLBACK, descent(at.gradient(), update));
    System.arraycopy(learned, 0, state.tried, 0, learned.length);
    System.arraycopy(learned, 0, update, 0, update.length);
  }

  /// Whether it is time for the fallback.
  private boolean fails(State<S, F> state) {
    double since = state.get(Watch.SINCE);
    double gained = state.get(Watch.START) - state.get(Watch.LOWEST);
    double above = state.get(Watch.SMOOTHED) - state.get(Watch.LOWEST);
    boolean chance = above < CHANCE * state.get(Watch.NOISE);
    boolean lost = !chance && above >= LOST * gained;
    boolean stalls = !chance || overshoots(state);
    return (lost && since >= patience)
        || (stalls && since >= LONGER * patience)
        || leaps(state)
        || timid(state);
  }

  /// Whether the updates since the lowest loss led to where it goes up.
  private static boolean overshoots(State<?, ?> state) {
    return state.get(Watch.AFTER_SINCE) < -OVERSHOT * state.get(Watch.BEFORE_SINCE);
  }

  /// Whether all the updates of a chance did so together, whatever the loss: a lower one that they
  /// find is found by leaping over it.
  private static boolean leaps(State<?, ?> state) {
    return state.get(Watch.TRIED) > SETTLED
        && state.get(Watch.AFTER_ALL) < -OVERSHOT * state.get(Watch.BEFORE_ALL);
  }

  /// Whether the loss falls as its slope says, so that longer steps could be taken, and the
  /// fallback would take much longer ones.
  private static boolean timid(State<?, ?> state) {
    double predicted = state.get(Watch.PREDICTED);
    return state.get(Watch.TRIED) >= JUDGED
        && state.get(Watch.AFTER) >= STRAIGHT * predicted
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
    } else if (state.get(Watch.TRIED) > 0) {
      judge(at, loss, state);
    }
    state.set(Watch.LAST, loss);
    double before = first ? loss : state.get(Watch.SMOOTHED);
    double smoothed = before + SMOOTHING * (loss - before);
    state.set(Watch.SMOOTHED, smoothed);
    if (first || smoothed < state.get(Watch.LOWEST)) {
      state.set(Watch.LOWEST, smoothed);
      state.set(Watch.SINCE, 0);
      state.set(Watch.BEFORE_SINCE, 0);
      state.set(Watch.AFTER_SINCE, 0);
      remember(at, state);
    } else {
      state.set(Watch.SINCE, state.get(Watch.SINCE) + 1);
    }
  }

  /// Looks back at the optimizer's last update, from where it led to.
  private void judge(Point at, double loss, State<S, F> state) {
    double before = state.get(Watch.BEFORE);
    double after = descent(at.gradient(), state.tried);
    state.add(Watch.AFTER, after);
    state.set(Watch.BEFORE_SINCE, state.get(Watch.BEFORE_SINCE) + before);
    state.set(Watch.AFTER_SINCE, state.get(Watch.AFTER_SINCE) + after);
    state.set(Watch.BEFORE_ALL, state.get(Watch.BEFORE_ALL) + before);
    state.set(Watch.AFTER_ALL, state.get(Watch.AFTER_ALL) + after);
    double unexplained = Math.abs(loss - state.get(Watch.LAST) + (before + after) / 2);
    double excess = Math.max(unexplained - (Math.abs(before) + Math.abs(after)) / 2, 0);
    double noise = state.get(Watch.NOISE);
    double share = Math.max(NOISE_RATE, 1 / state.get(Watch.TRIED));
    state.set(Watch.NOISE, Math.min(noise + share * (excess - noise), Float.MAX_VALUE));
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
    state.set(Watch.PREDICTED, 0);
    state.set(Watch.BEFORE_ALL, 0);
    state.set(Watch.AFTER_ALL, 0);
    state.set(Watch.AFTER, 0);
    state.set(Watch.BEFORE_SINCE, 0);
    state.set(Watch.AFTER_SINCE, 0);
    state.set(Watch.PREDICTED_FALLBACK, 0);
  }

  private void fallbackStep(Point at, State<S, F> state, float[] update) {
    long step = (long) state.get(Watch.STEP);
    Point seen = new Point.Known(step, at.loss(), at.parameters(), at.gradient());
    fallback.update(seen, state.fallback, update);
    state.set(Watch.STEP, step + 1.0);
  }
}
