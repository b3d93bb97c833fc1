package dev.glissade.benchmarks;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// An unroll on libtorch, on one native thread.
///
/// The loss is Σₜ λₜ·updateₜ, where λₜ is the known derivative by the update of step t: so autograd
/// records the network only, which is the least work that gives this meta-gradient. Inputs are
/// copied to native memory once, outside of what is timed.
final class LibtorchRunner implements UnrollRunner {

  /// Owns the tensors below; native memory made while it is the innermost one is freed with it.
  private final PointerScope scope = new PointerScope();

  private final boolean unitsFirst;
  private final UnrollInputs inputs;
  private final LibtorchLstm lstm;
  private final LibtorchLstm.State start;
  private final Tensor[] gradients; // [T] of [N, 1] or [1, N]
  private final Tensor[] updateGradients; // [T] of [N]
  private final float[] weightGradient; // [φ]

  LibtorchRunner(UnrollInputs inputs, boolean unitsFirst) {
    this.unitsFirst = unitsFirst;
    torch.set_num_threads(1);
    this.inputs = inputs;
    int n = inputs.coordinates();
    int steps = inputs.steps();
    lstm = new LibtorchLstm(inputs.shape(), inputs.weights(), unitsFirst);
    start = lstm.zeroState(n);
    gradients = new Tensor[steps];
    updateGradients = new Tensor[steps];
    float[] sum = new float[n];
    for (int t = steps - 1; t >= 0; t--) {
      for (int i = 0; i < n; i++) {
        sum[i] += inputs.multipliers()[t + 1] * inputs.gradients()[t + 1][i];
      }
      gradients[t] = lstm.column(inputs.gradients()[t]);
      updateGradients[t] = Tensor.create(sum, n);
    }
    weightGradient = new float[inputs.shape().size()];
  }

  @Override
  public String implementationName() {
    return "libtorch " + Machine.libtorchVersion() + (unitsFirst ? ", units first" : "");
  }

  private LibtorchLstm.State state() {
    return new LibtorchLstm.State(start.hidden().clone(), start.cell().clone());
  }

  @Override
  public float[] forward() {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      LibtorchLstm.State state = state();
      Tensor update = gradients[0];
      for (Tensor gradient : gradients) {
        update = lstm.step(gradient, state, false);
      }
      return LibtorchLstm.toArray(update);
    }
  }

  @Override
  public float[] forwardBackward() {
    try (PointerScope _ = new PointerScope()) {
      LibtorchLstm.State state = state();
      Tensor loss = Tensor.create(new float[1], 1);
      for (int t = 0; t < gradients.length; t++) {
        Tensor update = lstm.step(gradients[t], state, true);
        loss = loss.add(update.view(inputs.coordinates()).dot(updateGradients[t]));
      }
      loss.backward();
      Arrays.fill(weightGradient, 0);
      lstm.takeWeightGradient(weightGradient);
      return weightGradient;
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
