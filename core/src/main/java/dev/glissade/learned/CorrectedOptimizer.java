package dev.glissade.learned;

import dev.glissade.LearnedOptimizer.Backpropagatable;
import dev.glissade.LearnedOptimizer.DifferentiableRule;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A hand-designed rule whose rate is learned, for all coordinates as a function of the step t and,
/// by a network, for each coordinate and step:
///
/// ```
/// update = exp(ρ(t) + network(∇)) · base(∇)
/// ```
///
/// φ is the network's weights and then the schedule ρ ([RateSchedule]). Training starts at the base
/// rule itself, with ρ = 0 and a network that says nothing, so that what the base rule does well
/// over many steps need not be learned again from unrolls of a few. A factor, not a summand: where
/// the base comes to rest, the correction does.
///
/// Second derivatives take the base's update as a constant: nothing comes back through its state.
///
/// @param network the correction; the last two blocks of its weights are its output's
/// @param base with the rate that training starts from
/// @param <B> the state of the base rule
record CorrectedOptimizer<B extends OptimizerState>(LstmOptimizer network, Optimizer<B> base)
    implements Backpropagatable<CorrectedOptimizer.State<B>> {

  /// What both remember.
  ///
  /// @param layout of θ
  /// @param steps how many steps were taken, `float[1]`
  /// @param factor room for what the network says, `float[N]`
  record State<B extends OptimizerState>(
      ParameterLayout layout, LstmMemory network, B base, float[] steps, float[] factor)
      implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(network.arrays());
      arrays.addAll(base.arrays());
      arrays.add(steps);
      return arrays;
    }
  }

  @Override
  public ParameterLayout layout() {
    List<Block> blocks = new ArrayList<>(network.layout().blocks());
    blocks.add(RateSchedule.block());
    return new ParameterLayout(blocks);
  }

  /// Those of the network but for its output, which is silent, as is ρ.
  @Override
  public float[] initialWeights(long seed) {
    float[] own = network.initialWeights(seed);
    List<Block> blocks = network.layout().blocks();
    int output = blocks.getLast().size() + blocks.get(blocks.size() - 2).size();
    Arrays.fill(own, own.length - output, own.length, 0);
    return Arrays.copyOf(own, own.length + RateSchedule.SIZE);
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
          layout,
          network.start(layout),
          base.start(layout),
          new float[1],
          new float[layout.size()]);
    }

    @Override
    public void update(float[] gradient, State<B> state, float[] update) {
      network.update(gradient, state.network, state.factor);
      base.update(gradient, state.base, update);
      double logRate = RateSchedule.at(weights, schedule, state.steps[0]++);
      for (int n = 0; n < update.length; n++) {
        update[n] *= (float) Math.exp(logRate + state.factor[n]);
      }
    }

    /// The derivative of an update by what the network says is the update itself, and so is that by
    /// ρ.
    @Override
    public void backward(
        State<B> start,
        float[][] gradients,
        float[] multipliers,
        int[] coordinates,
        float[] weightGradient) {
      float[][] updates = updates(start, gradients);
      float[] ahead = new float[coordinates.length]; // ∂L/∂update
      float[] later = new float[coordinates.length]; // ∂L/∂network, one step later
      for (int t = updates.length - 1; t >= 0; t--) {
        double slope = 0;
        for (int i = 0; i < coordinates.length; i++) {
          int n = coordinates[i];
          ahead[i] += multipliers[t + 1] * gradients[t + 1][n];
          float own = ahead[i] * updates[t][n];
          updates[t][n] = own - later[i]; // now what the sums from the end on are made of
          later[i] = own;
          slope += own;
        }
        RateSchedule.backward(slope, start.steps[0] + t, weightGradient, schedule);
      }
      network(start, gradients, updates, coordinates, weightGradient);
    }

    /// Those of an unroll, `float[T][N]`.
    private float[][] updates(State<B> start, float[][] gradients) {
      State<B> state = start(start.layout);
      state.copyFrom(start);
      float[][] updates = new float[gradients.length - 1][start.layout.size()];
      for (int t = 0; t < updates.length; t++) {
        update(gradients[t], state, updates[t]);
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
      float[] slopes = updates(start, new float[][] {gradient, gradient})[0];
      double slope = 0;
      for (int n = 0; n < slopes.length; n++) {
        slopes[n] *= updateGradient[n];
        slope += slopes[n];
      }
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
