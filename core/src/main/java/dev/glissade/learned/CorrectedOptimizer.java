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

/// A hand-designed rule whose rate is learned, and a network that learns to correct it:
///
/// ```
/// update = exp(ρ)·base(∇) + network(∇)
/// ```
///
/// φ is the network's weights and then ρ. Training starts at the base rule itself, with ρ = 0 and a
/// network that says nothing, so that what the base rule does well over many steps need not be
/// learned again from unrolls of a few.
///
/// Second derivatives take the base's update as a constant: nothing comes back through its state.
///
/// @param network the correction; the last two blocks of its weights are its output's
/// @param base coordinatewise, with the rate that training starts from
/// @param <S> the state of the network
/// @param <B> the state of the base rule
record CorrectedOptimizer<S extends OptimizerState, B extends OptimizerState>(
    Backpropagatable<S> network, Optimizer<B> base)
    implements Backpropagatable<CorrectedOptimizer.State<S, B>> {

  /// What both remember.
  record State<S extends OptimizerState, B extends OptimizerState>(
      S network, B base, float[] baseUpdate) implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(network.arrays());
      arrays.addAll(base.arrays());
      return arrays;
    }
  }

  @Override
  public ParameterLayout layout() {
    List<Block> blocks = new ArrayList<>(network.layout().blocks());
    blocks.add(ParameterLayout.block("base/log-rate", 1));
    return new ParameterLayout(blocks);
  }

  /// Those of the network but for its output, which is silent, as is ρ.
  @Override
  public float[] initialWeights(long seed) {
    float[] own = network.initialWeights(seed);
    List<Block> blocks = network.layout().blocks();
    int output = blocks.getLast().size() + blocks.get(blocks.size() - 2).size();
    Arrays.fill(own, own.length - output, own.length, 0);
    return Arrays.copyOf(own, own.length + 1);
  }

  @Override
  public DifferentiableRule<State<S, B>> with(float[] weights) {
    int own = network.layout().size();
    if (weights.length != own + 1) {
      throw new IllegalArgumentException(
          "the corrected rule has %d weights, got %d".formatted(own + 1, weights.length));
    }
    float rate = (float) Math.exp(weights[own]);
    return new Rule<>(network.with(Arrays.copyOf(weights, own)), base, rate, own);
  }

  /// The rule of one φ.
  ///
  /// @param rate exp(ρ)
  /// @param rateIndex where ρ is inside φ
  private record Rule<S extends OptimizerState, B extends OptimizerState>(
      DifferentiableRule<S> network, Optimizer<B> base, float rate, int rateIndex)
      implements DifferentiableRule<State<S, B>> {

    @Override
    public State<S, B> start(ParameterLayout layout) {
      return new State<>(network.start(layout), base.start(layout), new float[layout.size()]);
    }

    @Override
    public void update(float[] gradient, State<S, B> state, float[] update) {
      network.update(gradient, state.network, update);
      base.update(gradient, state.base, state.baseUpdate);
      for (int n = 0; n < update.length; n++) {
        update[n] += rate * state.baseUpdate[n];
      }
    }

    @Override
    public void backward(
        State<S, B> start,
        float[][] gradients,
        float[] multipliers,
        int[] coordinates,
        float[] weightGradient) {
      float[] own = new float[rateIndex];
      network.backward(start.network, gradients, multipliers, coordinates, own);
      add(own, weightGradient);
      B state = copy(start.base, gradients[0].length);
      float[] update = new float[gradients[0].length];
      double[] moved = new double[coordinates.length]; // by the base rule, since the start
      double slope = 0;
      for (int t = 0; t + 1 < gradients.length; t++) {
        base.update(gradients[t], state, update);
        double along = 0;
        for (int i = 0; i < coordinates.length; i++) {
          moved[i] += update[coordinates[i]];
          along += moved[i] * gradients[t + 1][coordinates[i]];
        }
        slope += multipliers[t + 1] * along;
      }
      weightGradient[rateIndex] += (float) (rate * slope);
    }

    @Override
    public void backwardStep(
        State<S, B> start,
        float[] gradient,
        float[] updateGradient,
        State<S, B> stateGradient,
        float[] weightGradient,
        float[] gradientGradient) {
      float[] own = new float[rateIndex];
      network.backwardStep(
          start.network, gradient, updateGradient, stateGradient.network, own, gradientGradient);
      add(own, weightGradient);
      float[] update = new float[gradient.length];
      base.update(gradient, copy(start.base, gradient.length), update);
      double slope = 0;
      for (int n = 0; n < update.length; n++) {
        slope += update[n] * (double) updateGradient[n];
      }
      weightGradient[rateIndex] += (float) (rate * slope);
    }

    /// To the first of them; ρ comes behind.
    private static void add(float[] own, float[] weightGradient) {
      for (int i = 0; i < own.length; i++) {
        weightGradient[i] += own[i];
      }
    }

    private B copy(B state, int coordinates) {
      B copy = base.start(ParameterLayout.of("all", coordinates));
      copy.copyFrom(state);
      return copy;
    }
  }
}
