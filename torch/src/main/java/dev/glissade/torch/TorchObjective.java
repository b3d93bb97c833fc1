package dev.glissade.torch;

import dev.glissade.ParameterLayout;
import dev.glissade.Seeds;
import dev.glissade.TwiceDifferentiable;
import java.util.function.Supplier;

/// The loss of a [TorchNetwork] on minibatches, as an objective. The gradient comes from libtorch's
/// automatic differentiation, and the Hessian-vector product from differentiating once more.
///
/// Equal draws see equal minibatches. Any number of threads may evaluate at once. A loss that is
/// NaN or infinite is returned as it is; only a mistake in the loss function throws.
///
/// @param <B> a minibatch
public final class TorchObjective<B> implements TwiceDifferentiable {

  private final TorchNetwork<B> network;
  private final float[] start; // θ₀, [N]
  private final Minibatches<B> minibatches;
  private final long seed;

  /// An objective of a network and a source of minibatches.
  ///
  /// @param start θ₀, `float[N]`, copied
  /// @param minibatches what the loss is computed on, a fresh one for each draw
  /// @param seed decides which minibatch belongs to which draw
  public TorchObjective(
      TorchNetwork<B> network, float[] start, Minibatches<B> minibatches, long seed) {
    int size = network.layout().size();
    if (start.length != size) {
      throw new IllegalArgumentException(
          "the network has %s parameters, got %s".formatted(size, start.length));
    }
    this.network = network;
    this.start = start.clone();
    this.minibatches = minibatches;
    this.seed = seed;
  }

  @Override
  public ParameterLayout layout() {
    return network.layout();
  }

  @Override
  public float[] initialParameters() {
    return start.clone();
  }

  @Override
  public double evaluate(float[] parameters, long draw, float[] gradient) {
    return network.evaluate(parameters, minibatch(draw), gradient);
  }

  @Override
  public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
    network.hessianTimes(parameters, minibatch(draw), vector, product);
  }

  private Supplier<B> minibatch(long draw) {
    return () -> minibatches.next(Seeds.stream(seed, "minibatch", draw));
  }
}
