package dev.glissade.benchmarks;

import static org.bytedeco.pytorch.global.torch.addmm;
import static org.bytedeco.pytorch.global.torch.mm;
import static org.bytedeco.pytorch.global.torch.where;

import dev.glissade.ParameterLayout;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adagrad;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.RMSprop;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A hand-designed rule on libtorch, on one native thread: its own optimizer where it has one of
/// that name, and else (Rprop, Muon) operations on whole tensors, as PyTorch's optimizers of that
/// name consist of.
///
/// A step changes the parameters, which start at 0.
final class LibtorchRule implements AutoCloseable {

  private static final double MOMENTUM = 0.9;
  private static final double MUON_MOMENTUM = 0.95;

  /// Owns what follows; native memory made while it is the innermost one is freed with it. So of
  /// several rules the last is to be closed first.
  private final PointerScope scope = new PointerScope();

  private final Tensor parameters; // [N]
  private final Tensor gradient; // [N]
  private final Runnable step;

  /// The rules that are given a gradient and no more, as libtorch's are here: L-BFGS asks for the
  /// loss as well.
  static List<Baseline> baselines() {
    return Baselines.all().stream().filter(it -> !it.name().equals("lbfgs")).toList();
  }

  /// @param name as in [#baselines]
  /// @param layout of one block
  LibtorchRule(String name, ParameterLayout layout, double rate) {
    torch.set_num_threads(1);
    parameters = Tensor.create(new float[layout.size()], layout.size());
    gradient = Tensor.create(new float[layout.size()], layout.size());
    step =
        switch (name) {
          case "rprop" -> rprop(rate);
          case "muon" -> muon(layout, rate);
          default -> own(name, rate)::step;
        };
  }

  /// Sets the gradient of the steps to come.
  void gradient(float[] values) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      gradient.copy_(Tensor.create(values, values.length));
    }
  }

  /// Makes one step.
  void step() {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      step.run();
    }
  }

  /// θ, copied.
  float[] parameters() {
    try (PointerScope _ = new PointerScope()) {
      return LibtorchLstm.toArray(parameters);
    }
  }

  private Optimizer own(String name, double rate) {
    parameters.set_requires_grad(true);
    parameters.mutable_grad().put(gradient);
    TensorVector all = new TensorVector(parameters);
    return switch (name) {
      case "sgd" -> new SGD(all, new SGDOptions(rate));
      case "momentum" -> new SGD(all, momentum(rate));
      case "nesterov" -> {
        SGDOptions options = momentum(rate);
        options.nesterov().put(true);
        yield new SGD(all, options);
      }
      case "adagrad" -> new Adagrad(all, new AdagradOptions(rate));
      case "rmsprop" -> new RMSprop(all, new RMSpropOptions(rate));
      case "adam" -> new Adam(all, new AdamOptions(rate));
      default -> throw new IllegalArgumentException("unknown rule " + name);
    };
  }

  private static SGDOptions momentum(double rate) {
    SGDOptions options = new SGDOptions(rate);
    options.momentum().put(MOMENTUM);
    return options;
  }

  private Runnable rprop(double rate) {
    Tensor before = gradient.clone();
    Tensor size = gradient.clone().fill_(new Scalar(rate));
    ScalarOptional min = new ScalarOptional(new Scalar(1e-6));
    ScalarOptional max = new ScalarOptional(new Scalar(50));
    return () -> {
      Tensor sign = gradient.sign();
      Tensor agreement = sign.mul(before);
      Tensor turned = agreement.lt(new Scalar(0));
      Tensor less = where(turned, new Scalar(0.5f), new Scalar(1.0f));
      size.mul_(where(agreement.gt(new Scalar(0)), new Scalar(1.2f), new Scalar(1.0f)));
      size.mul_(less).clamp_(min, max);
      sign.masked_fill_(turned, new Scalar(0));
      parameters.addcmul_(sign, size, new Scalar(-1));
      before.copy_(sign);
    };
  }

  private Runnable muon(ParameterLayout layout, double rate) {
    int rows = layout.blocks().getFirst().shape().getFirst();
    int columns = layout.size() / rows;
    Tensor velocity = gradient.clone();
    Tensor matrix = parameters.view(rows, columns);
    ScalarOptional epsilon = new ScalarOptional(new Scalar(1e-7));
    double length = rate * Math.sqrt(Math.max(rows, columns));
    return () -> {
      velocity.mul_(new Scalar(MUON_MOMENTUM)).add_(gradient);
      Tensor ahead = gradient.add(velocity, new Scalar(MUON_MOMENTUM)).view(rows, columns);
      Tensor x = rows > columns ? ahead.t() : ahead;
      x = orthogonal(x.div(x.norm().clamp_(epsilon)));
      matrix.add_(rows > columns ? x.t() : x, new Scalar(-length));
    };
  }

  /// Five iterations of Newton and Schulz.
  ///
  /// @param start no more rows than columns
  private static Tensor orthogonal(Tensor start) {
    Tensor x = start;
    for (int k = 0; k < 5; k++) {
      Tensor gram = mm(x, x.t());
      Tensor polynomial = addmm(gram, gram, gram, new Scalar(-4.7750), new Scalar(2.0315));
      x = addmm(x, polynomial, x, new Scalar(3.4445), new Scalar(1));
    }
    return x;
  }

  @Override
  public void close() {
    scope.close();
  }
}
