package dev.glissade.learned;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.Point;
import dev.glissade.file.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A rule that goes to the bottom of a well by another, and if there are waves looks for lower
/// wells from there. It is for functions without noise.
///
/// ```
/// there are waves     if two points that were seen cannot be of a convex function (Sighting)
/// it is at rest       where ‖∇f(θ*)‖²/κ < rest·(f(θ₀) − f(θ*)),   κ a curvature, θ* the lowest point
/// then                WellSearch from θ*; in a lower well the other rule starts anew, and so on,
///                     and where none is found it goes on where it stood, for good
/// ```
///
/// **On convex functions it is the other rule**, to the bit: they never show waves. Where a
/// function is not convex it makes trials far away, whose losses may be high. A search that finds
/// nothing is the last, and ends after a dozen trials unless there are wells. It is made for wells
/// at equal distances. With more than 1,000 coordinates it is the other rule, too: a search would
/// take longer than most runs.
///
/// The first trial's length is that of waves of height ±A, 2π·√(A/κ), times a learned factor. There
/// are two guesses at A, of which the lesser is taken, as the bowl under the waves makes both too
/// large: the loss came down by N·A or so, and ‖∇f‖² was ½·N·A·κ.
///
/// φ is the weights of the other rule, then those of [HoppingControl].
///
/// @param descent the rule that goes to the bottom
public record Hopping(Architecture<?> descent) implements Architecture<Hopping.State> {

  static final String KIND = "hopping";

  private static final String DESCENT = "descent";

  /// How many points at most are compared with each new one.
  private static final int SIGHTINGS = 8;

  /// The most coordinates that are searched along, as each takes a step.
  private static final int MOST_COORDINATES = 1000;

  /// The least concavity that is no rounding.
  private static final double LEAST_CONCAVITY = 1e-3;

  /// What the rule remembers.
  public static final class State implements OptimizerState {
    private final ParameterLayout layout;
    private final OptimizerState descent;
    private final WellSearch search;
    private final Sighting lowest; // θ*
    private final List<Sighting> first; // the first points, θ₀ before all
    private final float[] seen; // how many of them there are, [1]
    private final float[] steps; // of the other rule since it started, [1]
    private final float[] curvature; // κ, 0 while it is not known, [1]
    private final float[] waves; // 1 where there are some, [1]
    private final float[] settled; // 1 where no more is to be found, [1]
    private final float[] next; // where the other rule goes after a search, [N]

    private State(OptimizerState descent, ParameterLayout layout) {
      int size = layout.size();
      this.layout = layout;
      this.descent = descent;
      boolean few = size <= MOST_COORDINATES;
      search = new WellSearch(few ? size : 0);
      lowest = new Sighting(few ? size : 0);
      first = Stream.generate(() -> new Sighting(size)).limit(few ? SIGHTINGS : 0).toList();
      seen = new float[1];
      steps = new float[1];
      curvature = new float[1];
      waves = new float[1];
      settled = new float[] {few ? 0 : 1};
      next = new float[few ? size : 0];
    }

    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(descent.arrays());
      arrays.addAll(search.arrays());
      arrays.addAll(lowest.arrays());
      first.forEach(sighting -> arrays.addAll(sighting.arrays()));
      arrays.addAll(List.of(seen, steps, curvature, waves, settled, next));
      return arrays;
    }

    /// The first points, as many as there are.
    private List<Sighting> seen() {
      return first.subList(0, (int) seen[0]);
    }

    /// How far the loss came down.
    private double descended() {
      return first.getFirst().loss() - lowest.loss();
    }
  }

  /// Has a trained optimizer hop, by numbers that were found on functions like Rastrigin's.
  ///
  /// @return one with the same history
  public static TrainedOptimizer over(TrainedOptimizer trained) {
    return new TrainedOptimizer(
        new Hopping(trained.architecture()), withControl(trained.weights()), trained.history());
  }

  private static float[] withControl(float[] own) {
    float[] control = HoppingControl.initialWeights();
    float[] weights = Arrays.copyOf(own, own.length + control.length);
    System.arraycopy(control, 0, weights, own.length, control.length);
    return weights;
  }

  @Override
  public ParameterLayout layout() {
    List<Block> blocks = new ArrayList<>(descent.layout().blocks());
    blocks.addAll(HoppingControl.LAYOUT.blocks());
    return new ParameterLayout(blocks);
  }

  @Override
  public float[] initialWeights(long seed) {
    return withControl(descent.initialWeights(seed));
  }

  @Override
  public Optimizer<State> with(float[] weights) {
    Weights.require("the hopping rule", layout().size(), weights);
    int own = descent.layout().size();
    return new Steps(
        Erased.rule(descent.with(Arrays.copyOf(weights, own))), HoppingControl.of(weights, own));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return JsonObject.empty().with(DESCENT, descent.toJson());
  }

  static Hopping fromJson(JsonObject json, Architectures known) {
    return new Hopping(known.read(json.object(DESCENT)));
  }

  @Override
  public String summary() {
    return descent.summary() + ", hopping";
  }

  /// The rule of one φ.
  private record Steps(Optimizer<OptimizerState> descent, HoppingControl control)
      implements Optimizer<State> {

    @Override
    public State start(ParameterLayout layout) {
      return new State(descent.start(layout), layout);
    }

    @Override
    public void update(Point at, State state, float[] update) {
      if (state.search.isOn()) {
        search(at, state, update);
      } else {
        descend(at, state, update);
      }
    }

    private void descend(Point at, State state, float[] update) {
      if (state.settled[0] > 0) {
        follow(at, state, update);
        return;
      }
      if (!state.search.hasBegun()) {
        learn(at, state);
      }
      if (!state.lowest.isBelow(at.loss())) {
        state.lowest.take(at);
      }
      follow(at, state, update);
      if (state.waves[0] > 0 && isAtRest(state)) {
        for (int n = 0; n < update.length; n++) {
          state.next[n] = at.parameters()[n] + update[n];
        }
        state.search.begin(firstLength(state));
        goTo(at, state, update);
      }
    }

    /// Learns from a point whether there are waves, and how the function curves.
    private void learn(Point at, State state) {
      int seen = (int) state.seen[0];
      if (seen == 0) {
        state.lowest.take(at);
      }
      for (Sighting sighting : state.seen()) {
        if (sighting.concavity(at, Math.max(Double.MIN_NORMAL, state.descended()))
            > LEAST_CONCAVITY) {
          state.waves[0] = 1;
        }
      }
      if (seen < SIGHTINGS) {
        state.first.get(seen).take(at);
        state.seen[0]++;
      }
      addCurvature(at, state);
    }

    /// Adds yᵀy/sᵀy of the step from θ* to a geometric mean of which the newest ones are most.
    private void addCurvature(Point at, State state) {
      double product = 0;
      double square = 0;
      for (int n = 0; n < at.gradient().length; n++) {
        double step = (double) at.parameters()[n] - state.lowest.parameters()[n];
        double change = (double) at.gradient()[n] - state.lowest.gradient()[n];
        product += step * change;
        square += change * change;
      }
      if (product > 0) {
        double curvature = square / product;
        double before = state.curvature[0] > 0 ? state.curvature[0] : curvature;
        double mean = before * Math.pow(curvature / before, control.newest());
        state.curvature[0] = (float) Math.clamp(mean, Float.MIN_NORMAL, Float.MAX_VALUE);
      }
    }

    private boolean isAtRest(State state) {
      return state.curvature[0] > 0
          && state.lowest.squaredGradient() / state.curvature[0]
              < control.rest() * state.descended();
    }

    private double firstLength(State state) {
      double gradients =
          state.seen().stream().mapToDouble(Sighting::squaredGradient).average().orElse(0);
      double curvature = state.curvature[0];
      double height = Math.min(state.descended(), 3 * gradients / curvature) / state.next.length;
      return control.length() * 2 * Math.PI * Math.sqrt(height / curvature);
    }

    /// Has the other rule make its update.
    private void follow(Point at, State state, float[] update) {
      long step = (long) state.steps[0]++;
      Point own = new Point.Known(step, at.loss(), at.parameters(), at.gradient());
      descent.update(own, state.descent, update);
    }

    private void search(Point at, State state, float[] update) {
      double slope = 0;
      for (float own : at.gradient()) {
        slope += own;
      }
      double curvature = (double) update.length * state.curvature[0];
      double rise = at.loss() - state.lowest.loss();
      switch (state.search.judge(rise, slope, curvature)) {
        case GO_ON -> goTo(at, state, update);
        case LOWER -> {
          state.descent.copyFrom(descent.start(state.layout));
          state.steps[0] = 0;
          state.lowest.take(at);
          follow(at, state, update);
        }
        case NONE -> {
          state.settled[0] = 1;
          for (int n = 0; n < update.length; n++) {
            update[n] = between(state.next[n], at.parameters()[n]);
          }
        }
      }
    }

    /// Goes to the search's next trial.
    private static void goTo(Point at, State state, float[] update) {
      for (int n = 0; n < update.length; n++) {
        double trial = state.lowest.parameters()[n] + state.search.distance(n);
        update[n] = between(trial, at.parameters()[n]);
      }
    }

    /// The way from one coordinate to another, which floats can hold.
    private static float between(double to, float from) {
      return (float) Math.clamp(to - from, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
  }
}
