package dev.glissade.optimizer;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.internal.Vectors;
import java.util.ArrayList;
import java.util.List;

/// Watches an optimizer that may fail, such as a learned one on problems that it was not trained
/// for, and lets another one go on where it makes no progress.
///
/// The optimizer makes steps in a row, a *trial*, of which the first ten are its exam. The rule:
///
/// 1. The optimizer fails if at `patience` steps in a row, and a third of the trial, half of what
///    was gained is lost again and noise does not explain it, in later trials a tenth at one step;
///    or if in the second half of the exam its updates leap to the other side of the valley, unless
///    the last one is the first to lead away from the lowest point.
/// 2. As long as the fallback's next step alone, by the slope, credibly promises a hundredth of all
///    that was gained and more than noise, it also fails if at `patience` steps in a row, in later
///    trials at one, its updates are far shorter than the fallback's and gain far less than that
///    promises; as long as it promises a tenth, if from the tenth to the thirtieth step they gain
///    less than a sixth of it.
/// 3. As long as it promises a hundredth, it fails if there was no lower loss for a third of the
///    trial, ten steps at least, while its updates are as long as the fallback's; if they are eight
///    times as long, and a tenth of what was gained is lost, whether that promise is credible or
///    not; and whatever is promised, if a hundredth of what was gained is lost, noise does not
///    explain it, and slopes are not rough.
/// 4. Then the fallback goes on for `rest` steps: from where the trial began if the optimizer
///    failed in its exam, else from the lowest point since the exam, or from where the trial began
///    if there was none. A point up to the thirtieth step counts only if A > 0 there.
/// 5. Then the optimizer has another trial, and each rest is twice as long as the one before.
///
/// With u the optimizer's updates and v those that the fallback would have made in their place,
///
/// ```
/// b = −∇f(θ)·u, a = −∇f(θ + u)·u           the slope along an update, before and after it
/// p = −∇f(θ)·v                             what the fallback promises
/// q = −∇f(θ + u)·v                         what that still promises after the step, and
/// κ = δ²/(b − a)                           the least curvature that explains the difference, with
///                                          δ = |p − q|, or its mean over the last steps if larger
/// p̂ = p                                    what is credible of it; where slopes are rough,
///     min(p, max(0, q), best)              with best = p − κ/2 if κ ≤ p, and p²/2κ otherwise
/// B, A, P, U, V                            sums of b, a, p̂, ‖u‖ and ‖v‖, a step ago × 0.7
/// d = u·(∇f(θ) − ∇f(θ₋)), e = u₋·(∇f(θ + u) − ∇f(θ))   with the step before, from θ₋ by u₋
/// slopes are rough                         Σ|d − e| > 0.3·Σ(|d| + |e|), a step ago × 0.9
/// ν ← ν + max(0.1, 1/t)·(x − ν)            the noise, at the trial's t-th step: x is the change
///                                          of f in excess of what slopes explain,
///                                          |Δf + (a + b)/2| − (|a| + |b|)/2, or 0
/// noise explains a loss                    less than 8·ν above the lowest of the trial
/// p is more than noise                     p̂ > 3·ν
/// updates leap                             A < −0.8·B and A < a
/// they are short                           U·B < s·max(0, A + B/2)·V and (a + b)/2 < s·p̂, where
///                                          s = 0.3 in the exam, and 0.4 after it
/// they gain too little                     6·(A + B)/2 < P
/// ```
///
/// Under noise one that stalls fails only if its updates leap. Steps of the exam that gain, by the
/// slopes, do not add to those at which something is lost: one may begin with a step too far. Steps
/// of the exam that do not move θ are no part of U, V and P, but for its last. One step that leads
/// far is much of these sums, and the next ones may take it back: one leap is none (A < a), and
/// steps that lead away from the lowest point, fewer than `patience`, do not gain too little, nor
/// does one that comes back to a new lowest point (A < 0 and 6·(a + b)/2 ≥ p̂).
///
/// Going back takes no step of its own: the update leads from where the optimizer failed to where
/// the fallback's step from the remembered θ leads. Both see all gradients, so that either can take
/// over at any time; what the fallback has seen since the remembered θ is forgotten with it. An
/// update that is not finite is never made.
///
/// Why steps are compared: what a fallback with a tuned rate would reach in the end cannot be seen
/// on the way, where it often is behind; but how far it would go can. An optimizer whose steps are
/// far from that, and not because it is at the lowest point along them, does not know the problem.
/// This shows at once, when going back costs next to nothing, and again where steps become shorter
/// and shorter. One that has gained so much that the fallback's next step promises little beside it
/// is at home, whatever its steps, or has come to rest, as where functions have kinks. With
/// minibatches it promises something at every step, at the minimum, too, and who knows the problem
/// makes short steps in the end: so what is no more than noise is no promise.
///
/// Why a promise may not be credible: the fallback's update knows the gradient that its promise is
/// taken from, and with minibatches much of both is chance. The next gradient does not know the
/// update. Where slopes of one function are compared, d = e, as second derivatives are symmetric:
/// where they are not, data were drawn anew, or the function is rough.
///
/// Why it may go back behind a lower point: the fallback goes on at the rate of a start. On the
/// floor of a narrow valley, to which another's leaps led, its first steps may lead out of it, to
/// where it does not come back from; from where the trial began it does what it does alone. And one
/// that has come far is given a third of the trial to take back what it lost, as the rules that see
/// curvature do, rather than the fallback to go on from there.
///
/// What it promises: one that fails in its exam costs these steps, and nothing else. The run is
/// then that of the fallback alone, so many steps later, of n steps at most 10·(1 + log₂(1 +
/// n/rest)) of them. One that only does harm costs `patience` steps of the first trial, and one of
/// each other, where the loss has no noise. It does not promise to notice what makes progress, but
/// less than the fallback would, nor that the fallback is better from the lowest point: it goes on
/// at the rate of a start.
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
/// @param patience the number of steps in a row at which it is a failure to make steps that are too
///   short, or, if it is a third of the trial at least, to lose too much, ≥ 1
/// @param rest how many steps the fallback makes for the first time, ≥ 1
/// @param <S> the state of the optimizer that is watched
/// @param <F> the state of the fallback
public record Guarded<S extends OptimizerState, F extends OptimizerState>(
    Optimizer<S> inner, Optimizer<F> fallback, int patience, int rest)
    implements Optimizer<Guarded.State<S, F>> {

  /// What the guard remembers.
  ///
  /// @param inner the state of the optimizer that is watched
  /// @param fallback the fallback's state
  /// @param saved the fallback's state where it would go on
  /// @param parameters θ there, `float[N]`
  /// @param gradient the gradient there, `float[N]`
  /// @param last the last step
  /// @param watch what is known of the optimizer
  /// @param counts numbers of steps, `float[5]`
  @SuppressWarnings({"ArrayRecordComponent", "EnumOrdinal"}) // live, as states are; indices
  public record State<S extends OptimizerState, F extends OptimizerState>(
      S inner,
      F fallback,
      F saved,
      float[] parameters,
      float[] gradient,
      Step last,
      float[] watch,
      float[] counts)
      implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(inner.arrays());
      arrays.addAll(fallback.arrays());
      arrays.addAll(saved.arrays());
      arrays.addAll(List.of(parameters, gradient));
      arrays.addAll(last.arrays());
      arrays.addAll(List.of(watch, counts));
      return arrays;
    }

    @Override
    public long interventions() {
      return get(Count.INTERVENTIONS);
    }

    private long get(Count what) {
      return (long) counts[what.ordinal()];
    }

    private void set(Count what, long value) {
      counts[what.ordinal()] = value;
    }
  }

  /// The last step, and what is needed of the one before it.
  ///
  /// @param update the optimizer's, made or not, `float[N]`
  /// @param offered the fallback's, if that was not made, `float[N]`
  /// @param gradient where the step began, if the optimizer made it, `float[N]`
  /// @param updateBefore the optimizer's update of the step before, `float[N]`
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  record Step(float[] update, float[] offered, float[] gradient, float[] updateBefore) {

    static Step of(int size) {
      return new Step(new float[size], new float[size], new float[size], new float[size]);
    }

    List<float[]> arrays() {
      return List.of(update, offered, gradient, updateBefore);
    }
  }

  /// The numbers of steps that a state keeps.
  private enum Count {
    /// The number of steps that the fallback has still to make.
    LEFT,
    /// How many it makes next time.
    NEXT,
    /// The number of updates made with the fallback's state.
    STEP,
    /// That number with the state that is saved.
    SAVED_STEP,
    /// How often the fallback stepped in.
    INTERVENTIONS
  }

  public Guarded {
    Require.positive("patience", (double) patience);
    Require.positive("rest", (double) rest);
  }

  /// A guard with a patience of 3 steps, and a rest of 250.
  public Guarded(Optimizer<S> inner, Optimizer<F> fallback) {
    this(inner, fallback, 3, 250);
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
            Step.of(layout.size()),
            new float[GuardWatch.SIZE],
            new float[Count.values().length]);
    state.set(Count.NEXT, rest);
    return state;
  }

  @Override
  public void update(Point at, State<S, F> state, float[] update) {
    GuardWatch watch = new GuardWatch(state.watch);
    boolean resting = state.get(Count.LEFT) > 0;
    see(at, state, watch);
    if (!resting && watch.isToBeSaved()) {
      save(at, state);
    }
    Step last = state.last;
    copy(last.update, last.updateBefore);
    inner.update(at, state.inner, last.update);
    if (resting) {
      state.set(Count.LEFT, state.get(Count.LEFT) - 1);
      fallbackStep(at, state, update);
    } else if (watch.fails(patience, state.interventions() > 0)
        || !Vectors.allFinite(last.update)) {
      stepIn(at, state, watch, update);
    } else {
      fallbackStep(at, state, update);
      watch.lookAhead(at.gradient(), update, last);
      copy(at.gradient(), last.gradient);
      copy(update, last.offered);
      copy(last.update, update);
    }
  }

  private static void see(Point at, State<?, ?> state, GuardWatch watch) {
    double loss = Math.min(at.loss(), Float.MAX_VALUE);
    if (watch.tried() > 0) {
      watch.lookBack(loss, at.gradient(), state.last);
    }
    watch.see(loss, at.step() == 0);
  }

  private void save(Point at, State<S, F> state) {
    copy(at.parameters(), state.parameters);
    copy(at.gradient(), state.gradient);
    state.saved.copyFrom(state.fallback);
    state.set(Count.SAVED_STEP, state.get(Count.STEP));
  }

  /// Lets the fallback make its step from where that is to go on.
  private void stepIn(Point at, State<S, F> state, GuardWatch watch, float[] update) {
    watch.goBack();
    state.fallback.copyFrom(state.saved);
    state.set(Count.STEP, state.get(Count.SAVED_STEP));
    state.set(Count.LEFT, state.get(Count.NEXT) - 1);
    state.set(Count.NEXT, 2 * state.get(Count.NEXT));
    state.set(Count.INTERVENTIONS, state.get(Count.INTERVENTIONS) + 1);
    Point from = new Point.Known(0, watch.saved(), state.parameters, state.gradient);
    fallbackStep(from, state, update);
    float[] parameters = at.parameters();
    for (int i = 0; i < update.length; i++) {
      update[i] += state.parameters[i] - parameters[i];
    }
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private void fallbackStep(Point at, State<S, F> state, float[] update) {
    long step = state.get(Count.STEP);
    Point seen = new Point.Known(step, at.loss(), at.parameters(), at.gradient());
    fallback.update(seen, state.fallback, update);
    state.set(Count.STEP, step + 1);
  }
}
