package dev.glissade.learned;

import dev.glissade.LearnedOptimizer.Backpropagatable;
import dev.glissade.LearnedOptimizer.DifferentiableRule;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A hand-designed rule whose rate is learned, for all coordinates as a function of the step t, for
/// each block by how its gradient shrinks, and, by a network, for each coordinate and step:
///
/// ```
/// update = exp(ρ(t) + α·r + network(∇)) · base(∇)
/// ```
///
/// φ is the network's weights, then the schedule ρ ([RateSchedule]), then α, by which power of its
/// norm a gradient that shrinks shortens the steps ([GradientNorms] has r). Training starts at the
/// base rule itself, with ρ = 0, α = 0 and a network that says nothing, so that what the base rule
/// does well over many steps need not be learned again from unrolls of a few. A factor, not a
/// summand: where the base comes to rest, the correction does.
///
/// Second derivatives take the base's update and r as constants: nothing comes back through their
/// state.
///
/// @param network the correction; the last two blocks of its weights are its output's
/// @param base with the rate that training starts from
/// @param <B> the state of the base rule
record CorrectedOptimizer<B extends OptimizerState>(LstmOptimizer network, Optimizer<B> base)
    implements Backpropagatable<CorrectedOptimizer.State<B>> {

  /// What both remember.
  ///
  /// @param norms of the blocks of gradients
  /// @param steps how many steps were taken, `float[1]`
  /// @param factor room for what the network says, `float[N]`
  record State<B extends OptimizerState>(
      GradientNorms norms, LstmMemory network, B base, float[] steps, float[] factor)
      implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(network.arrays());
      arrays.addAll(base.arrays());
      arrays.add(norms.means());
      arrays.add(steps);
      return arrays;
    }
  }

  @Override
  public ParameterLayout layout() {
    List<Block> blocks = new ArrayList<>(network.layout().blocks());
    blocks.add(RateSchedule.block());
    blocks.add(ParameterLayout.block("base/fading", 1));
    return new ParameterLayout(blocks);
  }

  /// Those of the network but for its output, which is silent, as are ρ and α.
  @Override
  public float[] initialWeights(long seed) {
    float[] own = network.initialWeights(seed);
    List<Block> blocks = network.layout().blocks();
    int output = blocks.getLast().size() + blocks.get(blocks.size() - 2).size();
    Arrays.fill(own, own.length - output, own.length, 0);
    return Arrays.copyOf(own, own.length + RateSchedule.SIZE + 1);
  }

  @Override
  public DifferentiableRule<State<B>> with(float[] weights) {
    int size = layout().size();
    if (weights.length != size) {
      throw new IllegalArgumentException(
          "the corrected rule has %d weights, got %d".formatted(size, weights.length));
    }
    int own = network.layout().size();
    return new Rule<>(network.rule(Arrays.copyOf(weights, own)), base, weights.clone(), own);
  }

  /// The rule of one φ.
  ///
  /// @param schedule where ρ starts inside φ
  private record Rule<B extends OptimizerState>(
      LstmRule network, Optimizer<B> base, float[] weights, int schedule)
      implements DifferentiableRule<State<B>> {

    @Override
    public State<B> start(ParameterLayout layout) {
      return new State<>(
          GradientNorms.start(layout),
          network.start(layout),
          base.start(layout),
          new float[1],
          new float[layout.size()]);
    }

    @Override
    public void update(Point at, State<B> state, float[] update) {
      step(at.gradient(), state, update);
    }

    /// As `update`.
    ///
    /// @return r of each block, `double[B]`
    private double[] step(float[] gradient, State<B> state, float[] update) {
      Point at = Point.of((long) state.steps[0], gradient);
      network.update(at, state.network, state.factor);
      base.update(at, state.base, update);
      double logRate = RateSchedule.at(weights, schedule, state.steps[0]);
      double[] fading = state.norms.next(gradient, state.steps[0]++);
      int n = 0;
      for (int b = 0; b < fading.length; b++) {
        double log = logRate + weights[alpha()] * fading[b];
        for (int end = n + state.norms.layout().blocks().get(b).size(); n < end; n++) {
          update[n] *= (float) Math.exp(log + state.factor[n]);
        }
      }
      return fading;
    }

    /// Where α is inside φ.
    private int alpha() {
      return schedule + RateSchedule.SIZE;
    }

    /// The derivative of an update by what the network says is the update itself, and so is that by
    /// ρ; that by α is r times as much.
    @Override
    public void backward(
        State<B> start,
        float[][] gradients,
        float[] multipliers,
        int[] coordinates,
        float[] weightGradient) {
      double[][] fading = new double[gradients.length - 1][];
      float[][] updates = updates(start, gradients, fading);
      int[] blocks = start.norms.blocks();
      float[] ahead = new float[coordinates.length]; // ∂L/∂update
      float[] later = new float[coordinates.length]; // ∂L/∂network, one step later
      for (int t = updates.length - 1; t >= 0; t--) {
        double slope = 0;
        double fadingSlope = 0;
        for (int i = 0; i < coordinates.length; i++) {
          int n = coordinates[i];
          ahead[i] += multipliers[t + 1] * gradients[t + 1][n];
          float own = ahead[i] * updates[t][n];
          updates[t][n] = own - later[i]; // now what the sums from the end on are made of
          later[i] = own;
          slope += own;
          fadingSlope += own * fading[t][blocks[n]];
        }
        RateSchedule.backward(slope, start.steps[0] + t, weightGradient, schedule);
        weightGradient[alpha()] += (float) fadingSlope;
      }
      network(start, gradients, updates, coordinates, weightGradient);
    }

    /// Those of an unroll, `float[T][N]`.
    ///
    /// @param fading receives r of each step and block, `double[T][B]`
    private float[][] updates(State<B> start, float[][] gradients, double[][] fading) {
      ParameterLayout layout = start.norms.layout();
      State<B> state = start(layout);
      state.copyFrom(start);
      float[][] updates = new float[gradients.length - 1][layout.size()];
      for (int t = 0; t < updates.length; t++) {
        fading[t] = step(gradients[t], state, updates[t]);
      }
      return updates;
    }

    /// Back through the network.
    ///
    /// @param differences `float[T][N]`, whose sums from step t on are ∂L/∂network of step t
    private void network(
        State<B> start,
        float[][] gradients,
        float[][] differences,
        int[] coordinates,
        float[] weightGradient) {
      float[][] slopes = new float[gradients.length][];
      slopes[0] = gradients[0]; // never used
      System.arraycopy(differences, 0, slopes, 1, differences.length);
      float[] ones = new float[gradients.length];
      Arrays.fill(ones, 1);
      float[] own = new float[schedule];
      network.backward(start.network, gradients, slopes, ones, coordinates, own);
      add(own, weightGradient);
    }

    @Override
    public void backwardStep(
        State<B> start,
        float[] gradient,
        float[] updateGradient,
        State<B> stateGradient,
        float[] weightGradient,
        float[] gradientGradient) {
      double[][] fading = new double[1][];
      float[] slopes = updates(start, new float[][] {gradient, gradient}, fading)[0];
      int[] blocks = start.norms.blocks();
      double slope = 0;
      double fadingSlope = 0;
      for (int n = 0; n < slopes.length; n++) {
        slopes[n] *= updateGradient[n];
        slope += slopes[n];
        fadingSlope += slopes[n] * fading[0][blocks[n]];
      }
      weightGradient[alpha()] += (float) fadingSlope;
      float[] own = new float[schedule];
      network.backwardStep(
          start.network, gradient, slopes, stateGradient.network, own, gradientGradient);
      add(own, weightGradient);
      RateSchedule.backward(slope, start.steps[0], weightGradient, schedule);
    }

    /// To the first of them; the schedule comes behind.
    private static void add(float[] own, float[] weightGradient) {
      for (int i = 0; i < own.length; i++) {
        weightGradient[i] += own[i];
      }
    }
  }
}
