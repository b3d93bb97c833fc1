package dev.glissade.torch;

import dev.glissade.ParameterLayout;
import dev.glissade.torch.internal.NativeErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Named parameters, and a function from them and a minibatch to a loss. Immutable; any number of
/// threads and objectives may share one.
///
/// @param <B> a minibatch
public final class TorchNetwork<B> {

  /// A function from parameters and a minibatch to a loss.
  ///
  /// @param <B> a minibatch
  @FunctionalInterface
  public interface Loss<B> {

    /// Computes the loss with libtorch's functions, so that it can be differentiated.
    ///
    /// @param parameters θ, by name
    /// @param minibatch what the loss is computed on
    /// @return one number, that is a tensor of one element
    Tensor of(Blocks parameters, B minibatch);
  }

  private final List<Parameter> parameters;
  private final Loss<B> loss;
  private final torch.ScalarType type;
  private final ParameterLayout layout;
  private final Queue<Workspace> idle = new ConcurrentLinkedQueue<>();

  private TorchNetwork(List<Parameter> parameters, Loss<B> loss, torch.ScalarType type) {
    this.parameters = List.copyOf(parameters);
    this.loss = loss;
    this.type = type;
    this.layout = new ParameterLayout(this.parameters.stream().map(Parameter::block).toList());
    Set<String> names = new HashSet<>();
    for (ParameterLayout.Block block : layout.blocks()) {
      if (!names.add(block.name())) {
        throw new IllegalArgumentException("parameter '%s' is given twice".formatted(block.name()));
      }
    }
  }

  /// A network in single precision.
  ///
  /// @param parameters at least one, with different names
  /// @param loss must be pure: equal arguments give equal results
  public static <B> TorchNetwork<B> of(List<Parameter> parameters, Loss<B> loss) {
    return new TorchNetwork<>(parameters, loss, torch.ScalarType.Float);
  }

  /// This network computed in double precision, which is slower; a gradient check wants it.
  /// Minibatches must then be in double precision too.
  public TorchNetwork<B> inDoublePrecision() {
    return new TorchNetwork<>(parameters, loss, torch.ScalarType.Double);
  }

  /// The names and shapes of the network's parameters.
  public ParameterLayout layout() {
    return layout;
  }

  /// Parameters drawn from their distributions, `float[N]`.
  public float[] initialParameters(RandomGenerator random) {
    float[] values = new float[layout.size()];
    int i = 0;
    for (Parameter parameter : parameters) {
      for (int end = i + parameter.block().size(); i < end; i++) {
        values[i] = parameter.start().sample(random);
      }
    }
    return values;
  }

  double evaluate(float[] at, Supplier<B> minibatch, float[] gradient) {
    return borrow(w -> w.evaluate(at, blocks -> loss.of(blocks, minibatch.get()), gradient));
  }

  void hessianTimes(float[] at, Supplier<B> minibatch, float[] vector, float[] product) {
    borrow(w -> {
      w.hessianTimes(at, blocks -> loss.of(blocks, minibatch.get()), vector, product);
      return 0;
    });
  }

  /// Runs a task on a workspace that nobody else uses; there are as many as evaluations at once.
  private double borrow(ToDoubleFunction<Workspace> task) {
    Workspace workspace = idle.poll();
    if (workspace == null) {
      workspace = new Workspace(layout, type);
    }
    try {
      return task.applyAsDouble(workspace);
    } catch (RuntimeException e) {
      throw NativeErrors.shortened(e);
    } finally {
      idle.add(workspace);
    }
  }
}
