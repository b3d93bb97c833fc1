package dev.glissade.benchmarks;

import dev.glissade.internal.kernel.BlockLstmKernels;
import dev.glissade.internal.kernel.LstmKernels;
import dev.glissade.internal.kernel.LstmState;
import dev.glissade.internal.kernel.ScalarLstmKernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// One unroll, on one implementation of the network.
interface UnrollRunner extends AutoCloseable {

  /// What it runs on, for reports.
  String implementationName();

  /// The updates of all steps, without what a backward pass would need.
  ///
  /// @return the updates of the last step, `float[N]`
  float[] forward();

  /// The inner run of an unroll and its meta-gradient, second derivatives dropped.
  ///
  /// @return the weight gradient, `float[φ]`
  float[] forwardBackward();

  @Override
  void close();

  /// Makes a runner.
  ///
  /// @param implementation `fastest`: the kernels that users get; or `vector`, `portable`,
  ///   `scalar`, `libtorch`, `libtorch-units-first`
  static UnrollRunner create(String implementation, UnrollInputs inputs) {
    return switch (implementation) {
      case "fastest" ->
          new KernelRunner(LstmKernels.fastest(inputs.shape(), inputs.weights()), inputs);
      case "scalar" ->
          new KernelRunner(new ScalarLstmKernels(inputs.shape(), inputs.weights()), inputs);
      case "vector" ->
          new KernelRunner(BlockLstmKernels.vector(inputs.shape(), inputs.weights()), inputs);
      case "portable" ->
          new KernelRunner(BlockLstmKernels.portable(inputs.shape(), inputs.weights()), inputs);
      case "libtorch" -> new LibtorchRunner(inputs, false);
      case "libtorch-units-first" -> new LibtorchRunner(inputs, true);
      default -> throw new IllegalArgumentException("unknown implementation " + implementation);
    };
  }

  /// On the kernels.
  final class KernelRunner implements UnrollRunner {
    private final LstmKernels kernels;
    private final UnrollInputs inputs;
    private final LstmState start;
    private final LstmState state;
    private final float[] update; // [N]
    private final float[] weightGradient; // [φ]
    private final int[] coordinates; // [N]

    KernelRunner(LstmKernels kernels, UnrollInputs inputs) {
      this.kernels = kernels;
      this.inputs = inputs;
      int n = inputs.coordinates();
      start = LstmState.zero(inputs.shape(), n);
      state = LstmState.zero(inputs.shape(), n);
      update = new float[n];
      weightGradient = new float[inputs.shape().size()];
      coordinates = IntStream.range(0, n).toArray();
    }

    @Override
    public String implementationName() {
      return kernels.implementationName();
    }

    @Override
    public float[] forward() {
      System.arraycopy(start.values(), 0, state.values(), 0, start.values().length);
      for (int t = 0; t < inputs.steps(); t++) {
        kernels.forward(inputs.gradients()[t], state, update);
      }
      return update;
    }

    @Override
    public float[] forwardBackward() {
      forward();
      Arrays.fill(weightGradient, 0);
      kernels.backward(
          List.of(start),
          inputs.gradients(),
          inputs.gradients(),
          inputs.multipliers(),
          coordinates,
          weightGradient,
          null,
          null);
      return weightGradient;
    }

    @Override
    public void close() {}
  }
}
