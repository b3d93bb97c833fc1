package dev.glissade.benchmarks;

import dev.glissade.Seeds;
import dev.glissade.internal.kernel.LstmShape;
import dev.glissade.torch.Minibatches;
import dev.glissade.torch.data.ImageBatch;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A whole meta-gradient of a [Perceptron] as one writes it with autograd: the network that
/// proposes the updates is unrolled together with the losses, the gradients that it sees are
/// detached, and the sum of the losses is differentiated once.
final class LibtorchMetaStep implements AutoCloseable {

  private final PointerScope scope = new PointerScope(); // owns the tensors below
  private final LibtorchLstm lstm;
  private final LibtorchLstm.State zero;
  private final Tensor start; // θ₀, a column
  private final int steps; // T
  private final Minibatches<ImageBatch> minibatches;
  private final long seed;

  /// @param weights φ
  /// @param start θ₀
  /// @param seed of the minibatches, which are those of a [dev.glissade.torch.TorchObjective]
  LibtorchMetaStep(
      LstmShape shape,
      float[] weights,
      boolean unitsFirst,
      float[] start,
      int steps,
      Minibatches<ImageBatch> minibatches,
      long seed) {
    torch.set_num_threads(1);
    this.lstm = new LibtorchLstm(shape, weights, unitsFirst);
    this.zero = lstm.zeroState(start.length);
    this.start = lstm.column(start).set_requires_grad(true);
    this.steps = steps;
    this.minibatches = minibatches;
    this.seed = seed;
  }

  /// One unroll from θ₀ on: Σ f(θₜ), t = 1 to T, and its gradient by φ.
  double evaluate(float[] weightGradient, long draw) {
    try (PointerScope _ = new PointerScope()) {
      LibtorchLstm.State state = new LibtorchLstm.State(zero.hidden().clone(), zero.cell().clone());
      Tensor theta = start;
      Tensor loss = loss(theta, draw);
      Tensor sum = loss.detach().zero_();
      for (int t = 1; t <= steps; t++) {
        Tensor update = lstm.step(slope(loss, theta), state, true);
        theta = theta.add(update);
        loss = loss(theta, draw + t);
        sum = sum.add(loss);
      }
      sum.backward();
      Arrays.fill(weightGradient, 0);
      lstm.takeWeightGradient(weightGradient);
      return sum.item_double();
    }
  }

  private Tensor loss(Tensor theta, long draw) {
    return Perceptron.loss(theta.view(-1), minibatches.next(Seeds.stream(seed, "minibatch", draw)));
  }

  /// ∇f, detached.
  private static Tensor slope(Tensor loss, Tensor theta) {
    return torch
        .grad(
            new TensorVector(loss),
            new TensorVector(theta),
            new TensorVector(),
            new BoolOptional(true),
            false,
            false)
        .get(0);
  }

  @Override
  public void close() {
    scope.close();
  }
}
