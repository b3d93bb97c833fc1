package dev.glissade.learned;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.Point;
import dev.glissade.file.JsonObject;
import dev.glissade.internal.Exponentials;
import dev.glissade.internal.Vectors;
import dev.glissade.optimizer.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A hand-designed rule whose steps are scaled by learned factors: one for all coordinates that
/// depends on the step t, one for each block that depends on how its gradient shrinks, and, by a
/// network, one for each coordinate and step.
///
/// ```
/// update = exp(ρ(t) + α·r + network(∇)) · base(∇)
/// ```
///
/// φ is the network's weights, then the schedule ρ ([RateSchedule]), then α ([Fading]). Training
/// starts at the base rule itself, with ρ = 0, α = 0 and a network that says nothing, so that what
/// the base rule does well over many steps need not be learned again from unrolls of a few.
/// Factors, not summands: where the base comes to rest, the correction does.
///
/// On the way back the base's update and r are constants, so that second derivatives would not be
/// exact: they are refused.
///
/// @param network whose updates are the logarithms of factors
/// @param base with the rate that training starts from
/// @param halfDecades K, 1 to 24: ρ has a piece of its own for each half of a decade up to 10^(K/2)
///   steps, and is flat from there on
public record Corrected(Architecture<?> network, Rule base, int halfDecades)
    implements Architecture<Corrected.State> {

  static final String KIND = "corrected";

  /// K of a schedule for 1,000 steps.
  public static final int USUAL_HALF_DECADES = 6;

  private static final String HALF_DECADES = "halfDecades";

  /// What the factors and the base remember.
  public static final class State implements OptimizerState {
    private final ParameterLayout layout;
    private final List<OptimizerState> factors;
    private final OptimizerState base;
    private final double[] logarithms; // [N], room

    private State(ParameterLayout layout, List<OptimizerState> factors, OptimizerState base) {
      this.layout = layout;
      this.factors = List.copyOf(factors);
      this.base = base;
      this.logarithms = new double[layout.size()];
    }

    /// The state of the network, if it is of this type.
    <S extends OptimizerState> S network(Class<S> type) {
      return type.cast(NetworkFactor.network(factors.getLast()));
    }

    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>();
      factors.forEach(factor -> arrays.addAll(factor.arrays()));
      arrays.addAll(base.arrays());
      return arrays;
    }
  }

  public Corrected {
    RateSchedule.requireHalfDecades(halfDecades);
  }

  /// A rule whose schedule is for 1,000 steps.
  public Corrected(Architecture<?> network, Rule base) {
    this(network, base, USUAL_HALF_DECADES);
  }

  /// The factors in the order of φ.
  private List<Factor> factors() {
    return List.of(new NetworkFactor(network), new RateSchedule(halfDecades), new Fading());
  }

  @Override
  public ParameterLayout layout() {
    List<Block> blocks = new ArrayList<>();
    factors().forEach(factor -> blocks.addAll(factor.layout().blocks()));
    return new ParameterLayout(blocks);
  }

  @Override
  public float[] initialWeights(long seed) {
    float[] weights = new float[layout().size()];
    int offset = 0;
    for (Factor factor : factors()) {
      float[] own = factor.initialWeights(seed);
      System.arraycopy(own, 0, weights, offset, own.length);
      offset += own.length;
    }
    return weights;
  }

  @Override
  public DifferentiableRule<State> with(float[] weights) {
    Weights.require("the corrected rule", layout().size(), weights);
    List<Part> parts = new ArrayList<>();
    int offset = 0;
    for (Factor factor : factors()) {
      int end = offset + factor.layout().size();
      parts.add(new Part(factor.with(Arrays.copyOfRange(weights, offset, end)), offset, end));
      offset = end;
    }
    // The network comes last: it is the one that changes the slopes that all are given.
    return new CorrectedRule(parts.reversed(), Erased.rule(base.optimizer()), coupling());
  }

  @Override
  public Coupling coupling() {
    return factors().stream()
        .map(Factor::coupling)
        .reduce(base.optimizer().coupling(), Coupling::and);
  }

  @Override
  public Differentiability differentiability() {
    return Differentiability.FIRST_ORDER.and(network.differentiability());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    JsonObject json =
        JsonObject.empty().with("network", network.toJson()).with("base", base.toJson());
    return halfDecades == USUAL_HALF_DECADES ? json : json.with(HALF_DECADES, halfDecades);
  }

  static Corrected fromJson(JsonObject json, Architectures known) {
    return new Corrected(
        known.read(json.object("network")),
        Rule.fromJson(json.object("base")),
        json.has(HALF_DECADES) ? json.integer(HALF_DECADES) : USUAL_HALF_DECADES);
  }

  @Override
  public String summary() {
    return base.baseline().name() + " + " + network.summary();
  }

  /// A factor and its weights' place in φ.
  private record Part(Factor.Bound factor, int offset, int end) {

    /// A weight gradient for this part alone, to be added by [#add].
    float[] weightGradient() {
      return new float[end - offset];
    }

    void add(float[] own, float[] weightGradient) {
      for (int i = 0; i < own.length; i++) {
        weightGradient[offset + i] += own[i];
      }
    }
  }

  /// The rule of one φ.
  private record CorrectedRule(List<Part> parts, Optimizer<OptimizerState> base, Coupling coupling)
      implements DifferentiableRule<State> {

    @Override
    public State start(ParameterLayout layout) {
      List<OptimizerState> factors = parts.stream().map(part -> part.factor.start(layout)).toList();
      return new State(layout, factors, base.start(layout));
    }

    @Override
    public void update(Point at, State state, float[] update) {
      Arrays.fill(state.logarithms, 0);
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).factor.addTo(at, state.factors.get(i), state.logarithms);
      }
      base.update(at, state.base, update);
      Exponentials.scale(state.logarithms, update);
    }

    @Override
    public void backward(State start, Unroll unroll, float[] weightGradient) {
      float[][] slopes = updates(start, unroll);
      float[] derivative = new float[unroll.layout().size()]; // ∂L/∂update
      for (int t = slopes.length - 1; t >= 0; t--) {
        unroll.addSlopes(t, derivative);
        for (int n : unroll.coordinates()) {
          slopes[t][n] *= derivative[n];
        }
      }
      for (int i = 0; i < parts.size(); i++) {
        float[] own = parts.get(i).weightGradient();
        parts.get(i).factor.backward(start.factors.get(i), unroll, slopes, own);
        parts.get(i).add(own, weightGradient);
      }
    }

    /// Makes the updates of an unroll again, `float[T][N]`.
    private float[][] updates(State start, Unroll unroll) {
      State state = start(unroll.layout());
      state.copyFrom(start);
      Replay replay = new Replay(unroll);
      float[][] updates = new float[unroll.steps()][unroll.layout().size()];
      for (float[] update : updates) {
        update(replay, state, update);
        replay.move(update);
      }
      return updates;
    }

    @Override
    public void backwardStep(
        State before, Point at, Cotangent<State> cotangent, float[] weightGradient) {
      float[] slopes = new float[at.gradient().length];
      State state = start(before.layout);
      state.copyFrom(before);
      update(at, state, slopes);
      for (int n = 0; n < slopes.length; n++) {
        slopes[n] *= cotangent.update()[n];
      }
      Arrays.fill(cotangent.gradient(), 0);
      for (int i = 0; i < parts.size(); i++) {
        float[] gradient = new float[slopes.length];
        float[] own = parts.get(i).weightGradient();
        OptimizerState derivative = cotangent.state().factors.get(i);
        parts
            .get(i)
            .factor
            .backwardStep(
                before.factors.get(i), at, new Cotangent<>(slopes, derivative, gradient), own);
        parts.get(i).add(own, weightGradient);
        Vectors.add(gradient, cotangent.gradient());
      }
    }
  }
}
