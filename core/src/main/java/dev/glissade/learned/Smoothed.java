package dev.glissade.learned;

import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.Point;
import dev.glissade.file.JsonObject;
import dev.glissade.internal.Vectors;
import dev.glissade.learned.GridSmoothing.Grids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A rule in other coordinates z, for blocks that are grids, such as pictures: a step of one
/// coordinate moves its neighbours along.
///
/// ```
/// θ = θ₀ + K·z,   ∇_z f = K·∇f,   K smooths
/// ```
///
/// A quasi-Newton rule has K² as its initial inverse Hessian so, in place of a multiple of the
/// identity: coarse structure, of which neighbours' gradients agree, is settled in fewer steps.
/// [GridSmoothing] says what K is. Its reach ℓ and the part p that stays plain are learned.
///
/// φ is the rule's weights, then log ℓ and log p. There is no way back through it: it is trained
/// from forward runs, by evolution strategies.
///
/// @param rule that sees and moves z
/// @param grids which blocks are grids; the others have z = θ − θ₀
public record Smoothed(Architecture<?> rule, BlockFilter grids)
    implements Architecture<Smoothed.State> {

  static final String KIND = "smoothed";

  private static final String RULE = "rule";
  private static final String GRIDS = "grids";
  private static final Block SMOOTHING = ParameterLayout.block("smoothed/log-reach-plain", 2);

  /// Training starts with a reach of 0.6 cells and a tenth that stays plain.
  private static final double REACH = 0.6;

  private static final double PLAIN = 0.1;

  /// Logarithms beyond count as this: a reach is far below or above any grid then.
  private static final double LARGEST = 10;

  /// What the rule remembers, and room for a step.
  ///
  /// @param grids where the blocks that are smoothed lie
  /// @param gradient room for ∇_z f, `float[N]`
  /// @param moved z, `float[N]`
  /// @param rule the state of the rule that moves it
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  public record State(Grids grids, float[] gradient, float[] moved, OptimizerState rule)
      implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(List.of(moved));
      arrays.addAll(rule.arrays());
      return arrays;
    }
  }

  @Override
  public ParameterLayout layout() {
    List<Block> blocks = new ArrayList<>(rule.layout().blocks());
    blocks.add(SMOOTHING);
    return new ParameterLayout(blocks);
  }

  @Override
  public float[] initialWeights(long seed) {
    float[] own = rule.initialWeights(seed);
    float[] weights = Arrays.copyOf(own, own.length + 2);
    weights[own.length] = (float) Math.log(REACH);
    weights[own.length + 1] = (float) Math.log(PLAIN);
    return weights;
  }

  @Override
  public Optimizer<State> with(float[] weights) {
    Weights.require("the smoothed rule", layout().size(), weights);
    int own = weights.length - 2;
    double reach = exp(weights[own]);
    return new Steps(
        Erased.rule(rule.with(Arrays.copyOf(weights, own))),
        grids,
        new GridSmoothing(reach * reach, exp(weights[own + 1])));
  }

  private static double exp(double logarithm) {
    return Math.exp(Math.clamp(logarithm, -LARGEST, LARGEST));
  }

  @Override
  public Coupling coupling() {
    return Coupling.ALL;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return JsonObject.empty().with(RULE, rule.toJson()).with(GRIDS, grids.regex());
  }

  static Smoothed fromJson(JsonObject json, Architectures known) {
    return new Smoothed(known.read(json.object(RULE)), new BlockFilter(json.text(GRIDS)));
  }

  @Override
  public String summary() {
    return "smoothed " + rule.summary();
  }

  /// The rule of one φ.
  private record Steps(Optimizer<OptimizerState> rule, BlockFilter filter, GridSmoothing smoothing)
      implements Optimizer<State> {

    @Override
    public State start(ParameterLayout layout) {
      return new State(
          Grids.of(layout, filter),
          new float[layout.size()],
          new float[layout.size()],
          rule.start(layout));
    }

    @Override
    public void update(Point at, State state, float[] update) {
      System.arraycopy(at.gradient(), 0, state.gradient, 0, state.gradient.length);
      smoothing.apply(state.grids, state.gradient);
      rule.update(
          new Point.Known(at.step(), at.loss(), state.moved, state.gradient), state.rule, update);
      Vectors.add(update, state.moved);
      smoothing.apply(state.grids, update);
    }
  }
}
