package dev.glissade.benchmarks;

import static org.bytedeco.pytorch.global.torch.addmm;
import static org.bytedeco.pytorch.global.torch.mm;

import dev.glissade.ParameterLayout;
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

/// The hand-designed rules on libtorch: its own optimizers where it has one of that name, and else
/// (Rprop, Muon) the operations on whole tensors that PyTorch's optimizers of that name consist of.
///
/// A step changes the parameters, as a step of theirs does.
final class LibtorchRules {

  private LibtorchRules() {}

  /// One step of a rule, on parameters of its own.
  ///
  /// @param name as in `Baselines`
  /// @param layout one matrix, or a vector
  /// @param gradient the same in each step
  static Runnable step(String name, ParameterLayout layout, float[] gradient, double rate) {
    Tensor g = Tensor.create(gradient, gradient.length);
    Tensor parameters = Tensor.create(new float[gradient.length], gradient.length);
    return switch (name) {
      case "rprop" -> rprop(parameters, g, rate);
      case "muon" -> muon(parameters, g, layout, rate);
      default -> own(name, parameters.set_requires_grad(true), g, rate);
    };
  }

  private static Runnable own(String name, Tensor parameters, Tensor gradient, double rate) {
    parameters.mutable_grad().put(gradient);
    TensorVector all = new TensorVector(parameters);
    Optimizer optimizer =
        switch (name) {
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
    return () -> {
      try (PointerScope _ = new PointerScope()) {
        optimizer.step();
      }
    };
  }

  private static SGDOptions momentum(double rate) {
    SGDOptions options = new SGDOptions(rate);
    options.momentum().put(0.9);
    return options;
  }

  /// As PyTorch's: the step sizes multiplied by a factor for each sign, and the sign that turned
  /// counted as 0.
  private static Runnable rprop(Tensor parameters, Tensor gradient, double rate) {
    Tensor before = gradient.clone().zero_();
    Tensor size = gradient.clone().fill_(new Scalar(rate));
    return () -> {
      try (PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        Tensor agreement = gradient.mul(before).sign_();
        Tensor turned = agreement.lt(new Scalar(0));
        agreement.masked_fill_(agreement.gt(new Scalar(0)), new Scalar(1.2));
        agreement.masked_fill_(turned, new Scalar(0.5));
        agreement.masked_fill_(agreement.eq(new Scalar(0)), new Scalar(1));
        size.mul_(agreement)
            .clamp_(
                new ScalarOptional(new Scalar(1e-6)), new ScalarOptional(new Scalar(50)));
        Tensor seen = gradient.masked_fill(turned, new Scalar(0));
        parameters.addcmul_(seen.sign(), size, new Scalar(-1));
        before.copy_(seen);
      }
    };
  }

  private static Runnable muon(
      Tensor parameters, Tensor gradient, ParameterLayout layout, double rate) {
    int rows = layout.blocks().getFirst().shape().getFirst();
    int columns = layout.size() / rows;
    Tensor velocity = gradient.clone().zero_();
    double length = rate * Math.sqrt(Math.max(rows, columns));
    return () -> {
      try (PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        velocity.mul_(new Scalar(0.95)).add_(gradient);
        Tensor looked = gradient.add(velocity, new Scalar(0.95)).view(rows, columns);
        Tensor x = rows > columns ? looked.t() : looked;
        x = orthogonal(x.div(x.norm().clamp_(new ScalarOptional(new Scalar(1e-7)))));
        x = rows > columns ? x.t() : x;
        parameters.view(rows, columns).add_(x, new Scalar(-length));
      }
    };
  }

  /// Five iterations of Newton and Schulz.
  ///
  /// @param start no more rows than columns
  static Tensor orthogonal(Tensor start) {
    Tensor x = start;
    for (int k = 0; k < 5; k++) {
      Tensor gram = mm(x, x.t());
      Tensor polynomial = addmm(gram, gram, gram, new Scalar(-4.7750), new Scalar(2.0315));
      x = addmm(x, polynomial, x, new Scalar(3.4445), new Scalar(1));
    }
    return x;
  }
}
