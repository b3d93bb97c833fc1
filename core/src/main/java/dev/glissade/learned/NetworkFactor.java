package dev.glissade.learned;

import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import java.util.Arrays;
import java.util.List;

/// A factor for each coordinate and step: its logarithm is what a learned network would give as an
/// update.
///
/// @param network the network; training starts with its blocks `output/…`, in each of its groups,
///   at 0, so that it is silent
record NetworkFactor(Architecture<?> network) implements Factor {

  private static final BlockFilter OUTPUT = new BlockFilter("(^|/)output/");

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public float[] initialWeights(long seed) {
    float[] weights = network.initialWeights(seed);
    for (Slice slice : network.layout().slices()) {
      if (OUTPUT.matches(slice.block())) {
        Arrays.fill(weights, slice.offset(), slice.end(), 0);
      }
    }
    return weights;
  }

  @Override
  public Coupling coupling() {
    return network.coupling();
  }

  @Override
  public Bound with(float[] weights) {
    return new Network(Erased.rule(network.with(weights)));
  }

  /// The state of the network, and room for what it says.
  ///
  /// @param said `float[N]`
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  private record State(OptimizerState network, float[] said) implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      return network.arrays();
    }
  }

  /// The state of the network inside that of the factor.
  static OptimizerState network(OptimizerState state) {
    return ((State) state).network;
  }

  /// The network with its weights.
  private record Network(Optimizer<OptimizerState> rule) implements Bound {

    @Override
    public OptimizerState start(ParameterLayout layout) {
      return new State(rule.start(layout), new float[layout.size()]);
    }

    @Override
    public void addTo(Point at, OptimizerState state, double[] logarithms) {
      State own = (State) state;
      rule.update(at, own.network, own.said);
      for (int n = 0; n < logarithms.length; n++) {
        logarithms[n] += own.said[n];
      }
    }

    @Override
    public void backward(
        OptimizerState start, Unroll unroll, float[][] slopes, float[] weightGradient) {
      for (int t = 0; t < slopes.length - 1; t++) {
        for (int n : unroll.coordinates()) {
          slopes[t][n] -= slopes[t + 1][n]; // now what sums from the end on are made of
        }
      }
      Unroll own = unroll.withDifferences(slopes);
      Erased.differentiable(rule).backward(((State) start).network, own, weightGradient);
    }

    @Override
    public void backwardStep(
        OptimizerState before,
        Point at,
        Cotangent<OptimizerState> cotangent,
        float[] weightGradient) {
      Cotangent<OptimizerState> own =
          new Cotangent<>(
              cotangent.update(), ((State) cotangent.state()).network, cotangent.gradient());
      Erased.differentiable(rule).backwardStep(((State) before).network, at, own, weightGradient);
    }
  }
}
