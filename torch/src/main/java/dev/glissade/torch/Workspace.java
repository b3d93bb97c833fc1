package dev.glissade.torch;

import dev.glissade.ParameterLayout;
import dev.glissade.torch.internal.FlushedDenormals;
import dev.glissade.torch.internal.NativeVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The memory that one evaluation at a time needs: θ and ∇f in flat native memory, seen by libtorch
/// as one leaf tensor a parameter whose `grad` lies at its place in ∇f. Back-propagation so adds
/// into the flat gradient by itself, and the number of calls into native code does not grow with
/// the number of parameters.
final class Workspace {

  private final NativeVector parameters; // θ, [N]
  private final NativeVector gradient; // ∇f or H·v, [N]
  private final NativeVector direction; // v, [N]
  private final List<Tensor> leaves = new ArrayList<>();
  private final List<Tensor> gradients = new ArrayList<>(); // views, kept from the collector
  private final List<Tensor> directions = new ArrayList<>();
  private final Blocks blocks;

  Workspace(ParameterLayout layout, torch.ScalarType type) {
    int size = layout.size();
    this.parameters = NativeVector.of(size, type);
    this.gradient = NativeVector.of(size, type);
    this.direction = NativeVector.of(size, type);
    Map<String, Tensor> byName = new LinkedHashMap<>();
    int offset = 0;
    for (ParameterLayout.Block block : layout.blocks()) {
      long[] shape = block.shape().stream().mapToLong(Integer::longValue).toArray();
      Tensor leaf = parameters.view(offset, shape);
      Tensor slope = gradient.view(offset, shape);
      try (PointerScope _ = new PointerScope()) {
        leaf.set_requires_grad(true);
        leaf.mutable_grad().put(slope);
      }
      leaves.add(leaf);
      gradients.add(slope);
      directions.add(direction.view(offset, shape));
      byName.put(block.name(), leaf);
      offset += block.size();
    }
    this.blocks = new Blocks(byName);
  }

  /// Computes f(θ), and ∇f(θ) into `slope`.
  double evaluate(float[] at, Function<Blocks, Tensor> loss, float[] slope) {
    parameters.put(at);
    gradient.clear();
    try (PointerScope _ = new PointerScope();
        FlushedDenormals _ = FlushedDenormals.begin()) {
      Tensor value = loss.apply(blocks);
      value.backward();
      gradient.get(slope);
      return value.item_double();
    }
  }

  /// Computes H·v into `product`, as the gradient of ∇f·v.
  void hessianTimes(float[] at, Function<Blocks, Tensor> loss, float[] vector, float[] product) {
    parameters.put(at);
    direction.put(vector);
    gradient.clear();
    try (PointerScope _ = new PointerScope();
        FlushedDenormals _ = FlushedDenormals.begin()) {
      TensorVector first = slopes(loss.apply(blocks));
      TensorVector outputs = new TensorVector();
      TensorVector weights = new TensorVector();
      for (int b = 0; b < leaves.size(); b++) {
        Tensor slope = first.get(b);
        if (slope.defined() && slope.requires_grad()) { // else f is linear in this block
          outputs.push_back(slope);
          weights.push_back(directions.get(b));
        }
      }
      if (!outputs.empty()) {
        torch.backward(outputs, weights, new BoolOptional(), false, new TensorVector());
      }
      gradient.get(product);
    }
  }

  /// Computes ∂f/∂θ, one tensor a parameter, that can be differentiated again; undefined where f
  /// does not depend on it.
  private TensorVector slopes(Tensor loss) {
    TensorVector inputs = new TensorVector(leaves.toArray(Tensor[]::new));
    return torch.grad(
        new TensorVector(loss), inputs, new TensorVector(), new BoolOptional(true), true, true);
  }
}
