package dev.glissade.benchmarks;

import static org.bytedeco.pytorch.global.torch.addmm;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.where;

import dev.glissade.internal.kernel.LstmShape;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// The same network on libtorch, by the same equations, with gradients from autograd: the
/// independent implementation that the kernels are compared with.
///
/// It is written to be fast: one matrix product for all gates, in-place operations where nothing is
/// recorded. Tensors are `[N, H]`, one row a coordinate, as in PyTorch's own LSTM cell; or, *units
/// first*, `[H, N]`, so that the elements of a gate are contiguous, which few would write but which
/// is faster here.
final class LibtorchLstm {

  private final LstmShape shape;
  private final boolean unitsFirst;
  private final List<Layer> layers;
  private final Tensor outputWeights; // [1, H]
  private final Tensor outputBias; // [1, 1]

  /// @param inputWeights `[4H, in]`
  /// @param hiddenWeights `[4H, H]`
  /// @param bias `[4H, 1]`, the forget gate's 1 included
  @SuppressWarnings("ArrayRecordComponent") // inputs of a benchmark
  private record Layer(Tensor inputWeights, Tensor hiddenWeights, Tensor bias) {}

  /// @param hidden `[N, H]` per layer, units first `[H, N]`
  /// @param cell as `hidden`
  @SuppressWarnings("ArrayRecordComponent") // inputs of a benchmark
  record State(Tensor[] hidden, Tensor[] cell) {}

  LibtorchLstm(LstmShape shape, float[] weights, boolean unitsFirst) {
    this.shape = shape;
    this.unitsFirst = unitsFirst;
    int h = shape.hidden();
    layers = new ArrayList<>();
    for (int l = 0; l < shape.layers(); l++) {
      int in = shape.inputsOf(l);
      float[] x = new float[4 * h * in];
      float[] hidden = new float[4 * h * h];
      float[] bias = new float[4 * h];
      for (int row = 0; row < 4 * h; row++) {
        int from = shape.weightsOffset(l) + row * (in + h);
        System.arraycopy(weights, from, x, row * in, in);
        System.arraycopy(weights, from + in, hidden, row * h, h);
        bias[row] = weights[shape.biasOffset(l) + row] + (row / h == 2 ? 1 : 0);
      }
      layers.add(new Layer(leaf(x, 4 * h, in), leaf(hidden, 4 * h, h), leaf(bias, 4 * h, 1)));
    }
    int top = shape.inputsOf(shape.layers());
    float[] output = new float[top];
    System.arraycopy(weights, shape.weightsOffset(shape.layers()), output, 0, top);
    outputWeights = leaf(output, 1, top);
    outputBias = leaf(new float[] {weights[shape.biasOffset(shape.layers())]}, 1, 1);
  }

  private static Tensor leaf(float[] values, int rows, int columns) {
    return Tensor.create(values, rows, columns).set_requires_grad(true);
  }

  State zeroState(int coordinates) {
    Tensor[] hidden = new Tensor[shape.layers()];
    Tensor[] cell = new Tensor[shape.layers()];
    for (int l = 0; l < shape.layers(); l++) {
      float[] zero = new float[shape.hidden() * coordinates];
      hidden[l] = tensor(zero, shape.hidden(), coordinates);
      cell[l] = tensor(zero, shape.hidden(), coordinates);
    }
    return new State(hidden, cell);
  }

  /// A tensor of one value per coordinate, `[N, 1]`, units first `[1, N]`.
  Tensor column(float[] values) {
    return tensor(values, 1, values.length);
  }

  private Tensor tensor(float[] values, int units, int coordinates) {
    return unitsFirst
        ? Tensor.create(values, units, coordinates)
        : Tensor.create(values, coordinates, units);
  }

  /// One step.
  ///
  /// @param gradient ∇, as [#column]
  /// @param state moved on
  /// @param recording whether autograd will go back through this step
  /// @return the update, as [#column]
  Tensor step(Tensor gradient, State state, boolean recording) {
    int h = shape.hidden();
    Tensor x = preprocess(gradient, recording);
    for (int l = 0; l < shape.layers(); l++) {
      Layer layer = layers.get(l);
      Tensor z = affine(layer.bias, layer.inputWeights, x);
      if (unitsFirst) {
        z.addmm_(layer.hiddenWeights, state.hidden[l]);
      } else {
        z.addmm_(state.hidden[l], layer.hiddenWeights.t());
      }
      Tensor i = sigmoid(units(z, 0, h), recording);
      Tensor j = recording ? units(z, h, h).tanh() : units(z, h, h).tanh_();
      Tensor forgetAndOutput = sigmoid(units(z, 2 * h, 2 * h), recording);
      Tensor f = units(forgetAndOutput, 0, h);
      Tensor o = units(forgetAndOutput, h, h);
      state.cell[l] = f.mul(state.cell[l]).addcmul_(i, j);
      x = o.mul(state.cell[l].tanh());
      state.hidden[l] = x;
    }
    return affine(outputBias, outputWeights, x).mul_(new Scalar(shape.outputScale()));
  }

  /// W·x + b.
  private Tensor affine(Tensor bias, Tensor weights, Tensor x) {
    return unitsFirst ? addmm(bias, weights, x) : addmm(bias.t(), x, weights.t());
  }

  private Tensor units(Tensor z, int from, int count) {
    return z.narrow(unitsFirst ? 0 : 1, from, count);
  }

  private static Tensor sigmoid(Tensor z, boolean recording) {
    return recording ? z.sigmoid() : z.sigmoid_();
  }

  private Tensor preprocess(Tensor gradient, boolean recording) {
    float p = shape.logSign();
    if (p == 0) {
      return gradient;
    }
    Tensor magnitude = gradient.abs();
    Tensor large = magnitude.ge(new Scalar(Math.exp(-p)));
    Tensor log = (recording ? magnitude.log() : magnitude.log_()).div_(new Scalar(p));
    log = where(large, log, new Scalar(-1.0));
    Tensor sign = where(large, gradient.sign(), gradient.mul(new Scalar(Math.exp(p))));
    return cat(new TensorVector(log, sign), unitsFirst ? 0 : 1);
  }

  /// Adds what autograd has accumulated to `weightGradient`, in the order of φ, and starts anew.
  void takeWeightGradient(float[] weightGradient) {
    int h = shape.hidden();
    for (int l = 0; l < shape.layers(); l++) {
      int in = shape.inputsOf(l);
      float[] x = take(layers.get(l).inputWeights);
      float[] hidden = take(layers.get(l).hiddenWeights);
      float[] bias = take(layers.get(l).bias);
      for (int row = 0; row < 4 * h; row++) {
        int to = shape.weightsOffset(l) + row * (in + h);
        add(x, row * in, in, weightGradient, to);
        add(hidden, row * h, h, weightGradient, to + in);
      }
      add(bias, 0, 4 * h, weightGradient, shape.biasOffset(l));
    }
    float[] output = take(outputWeights);
    add(output, 0, output.length, weightGradient, shape.weightsOffset(shape.layers()));
    add(take(outputBias), 0, 1, weightGradient, shape.biasOffset(shape.layers()));
  }

  private static float[] take(Tensor leaf) {
    Tensor gradient = leaf.grad();
    float[] values = toArray(gradient);
    gradient.zero_();
    return values;
  }

  /// The elements of a tensor.
  static float[] toArray(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    new FloatPointer(tensor.detach().contiguous().data_ptr()).get(values);
    return values;
  }

  private static void add(float[] from, int offset, int count, float[] to, int toOffset) {
    for (int k = 0; k < count; k++) {
      to[toOffset + k] += from[offset + k];
    }
  }
}
