package dev.glissade.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import dev.glissade.internal.Vectors;
import dev.glissade.optimizer.Adagrad;
import dev.glissade.optimizer.Lbfgs;
import dev.glissade.optimizer.Momentum;
import dev.glissade.optimizer.Nesterov;
import dev.glissade.optimizer.RmsProp;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.LogisticRegression;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.torch.problem.TorchProblems;
import java.nio.file.Path;
import java.util.function.Function;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LBFGS;
import org.bytedeco.pytorch.LBFGSOptions;
import org.bytedeco.pytorch.LossClosure;
import org.bytedeco.pytorch.RMSprop;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hand-designed optimizers against libtorch's own: both are given the gradients of a small
/// perceptron at the point where libtorch's stands, and must stay together for 50 steps. (With
/// gradients of their own they would part in the end, whoever is right: rules that divide by the
/// size of a gradient make large steps out of rounding where it is nearly zero.)
class LibtorchOptimizersTest {

  private static final int STEPS = 50;

  @TempDir private Path folder;

  @Test
  void sgd() {
    compare(new Sgd(0.5), theta -> new SGD(theta, new SGDOptions(0.5)));
  }

  @Test
  void momentum() {
    compare(new Momentum(0.1, 0.8), theta -> new SGD(theta, sgdOptions(0.1, 0.8, false)));
  }

  @Test
  void nesterov() {
    compare(new Nesterov(0.1, 0.8), theta -> new SGD(theta, sgdOptions(0.1, 0.8, true)));
  }

  private static SGDOptions sgdOptions(double rate, double momentum, boolean nesterov) {
    SGDOptions options = new SGDOptions(rate);
    options.momentum().put(momentum);
    options.nesterov().put(nesterov);
    return options;
  }

  @Test
  void rmsProp() {
    RMSpropOptions options = new RMSpropOptions(0.01);
    options.alpha().put(0.95);
    options.eps().put(1e-6);
    compare(new RmsProp(0.01, 0.95, 1e-6), theta -> new RMSprop(theta, options));
  }

  @Test
  void adagrad() {
    AdagradOptions options = new AdagradOptions(0.05);
    options.eps().put(1e-8);
    compare(new Adagrad(0.05, 1e-8), theta -> new org.bytedeco.pytorch.Adagrad(theta, options));
  }

  @Test
  void adam() {
    AdamOptions options = new AdamOptions(0.01);
    options.eps().put(1e-6);
    compare(
        new dev.glissade.optimizer.Adam(0.01, 0.9, 0.999, 1e-6), theta -> new Adam(theta, options));
  }

  /// Here each has gradients of its own: the function is smooth, and L-BFGS needs to know where the
  /// gradients were.
  @Test
  void lbfgs() {
    Objective objective =
        LogisticRegression.random(Seeds.stream(1, "test", 0), 10, 100, 0.01, 0, 1);
    Descent descent = Descent.start(objective, new Lbfgs(0.8, 6));
    float[] values = objective.initialParameters();
    Tensor theta = Tensors.of(values, values.length).set_requires_grad(true);
    LBFGSOptions options = new LBFGSOptions(0.8);
    options.max_iter().put(1);
    options.history_size().put(6);
    options.tolerance_grad().put(0);
    options.tolerance_change().put(0);
    var optimizer = new LBFGS(new TensorVector(theta), options);
    float[] gradient = new float[values.length];
    var closure =
        new LossClosure() {
          @Override
          public Tensor call() {
            new FloatPointer(theta.data_ptr()).get(values);
            double loss = objective.evaluate(values, 0, gradient);
            theta.mutable_grad().put(Tensors.of(gradient, gradient.length));
            return Tensor.create((float) loss);
          }
        };
    for (int step = 0; step < 30; step++) {
      optimizer.step(closure);
      new FloatPointer(theta.data_ptr()).get(values);
      descent.advance();
      assertThat(largestDifference(descent.parameters(), values))
          .as("step %d", step + 1)
          .isLessThan(1e-5);
    }
    assertThat(Vectors.norm(descent.gradient())).isLessThan(1e-5);
    assertThat(largestDifference(values, objective.initialParameters())).isGreaterThan(0.5);
  }

  private void compare(
      Optimizer<?> ours, Function<TensorVector, org.bytedeco.pytorch.Optimizer> theirs) {
    Objective objective =
        new ProblemCatalog(TorchProblems.all(TestImages.digits(folder, 60, 20)))
            .parse("mnist:units=5,batch=20,start=0.1")
            .sample(Split.TRAIN, 1);
    float[] values = objective.initialParameters();
    float[] gradient = new float[values.length];
    Descent descent = Descent.start(elsewhere(objective, values), ours);
    Tensor theta = Tensors.of(values, values.length).set_requires_grad(true);
    var optimizer = theirs.apply(new TensorVector(theta));
    for (int step = 0; step < STEPS; step++) {
      objective.evaluate(values, step, gradient);
      assertThat(gradient).isEqualTo(descent.gradient());
      theta.mutable_grad().put(Tensors.of(gradient, gradient.length));
      optimizer.step();
      new FloatPointer(theta.data_ptr()).get(values);
      descent.advance();
      assertThat(largestDifference(descent.parameters(), values))
          .as("step %d", step + 1)
          .isLessThan(1e-5);
    }
    assertThat(largestDifference(values, objective.initialParameters())).isGreaterThan(0.05);
  }

  private static double largestDifference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  /// An objective that is always evaluated at `point`.
  private static Objective elsewhere(Objective objective, float[] point) {
    return Objectives.of(
        objective.layout(),
        objective.initialParameters(),
        (_, draw, gradient) -> objective.evaluate(point, draw, gradient));
  }
}
