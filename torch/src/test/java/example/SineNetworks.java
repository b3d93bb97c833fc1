package example;

import static dev.glissade.torch.Parameter.constant;
import static dev.glissade.torch.Parameter.normal;

import dev.glissade.torch.Minibatches;
import dev.glissade.torch.Tensors;
import dev.glissade.torch.TorchNetwork;
import dev.glissade.torch.TorchProblem;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Networks of 16 units that learn a sine wave each, 32 points at a time.
public final class SineNetworks implements TorchProblem<SineNetworks.Points> {

  /// A minibatch: points of one wave.
  public record Points(Tensor x, Tensor y) {}

  private final TorchNetwork<Points> network =
      TorchNetwork.of(
          List.of(
              normal("hidden/weights", 1, 1, 16),
              normal("hidden/bias", 1, 16),
              normal("out/weights", 0.25, 16, 1),
              constant("out/bias", 0, 1)),
          (p, points) -> {
            Tensor in = Tensors.dense(points.x(), p.get("hidden/weights"), p.get("hidden/bias"));
            Tensor out = Tensors.dense(in.tanh(), p.get("out/weights"), p.get("out/bias"));
            return torch.mse_loss(out, points.y());
          });

  @Override
  public String name() {
    return "sine-networks";
  }

  @Override
  public TorchNetwork<Points> network() {
    return network;
  }

  @Override
  public Minibatches<Points> choose(Split split, RandomGenerator random) {
    double height = random.nextDouble(0.5, 2);
    double phase = random.nextDouble(0, Math.PI);
    return draw -> {
      Tensor x = Tensors.uniform(draw, -3, 3, 32, 1);
      Tensor y = x.add(new Scalar(phase)).sin().mul(new Scalar(height));
      return new Points(x, y);
    };
  }
}
