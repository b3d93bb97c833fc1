package dev.glissade.torch;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import java.util.random.RandomGenerator;

/// A network on data of its own for each objective.
///
/// @param name what [Problem#name] returns. The random streams depend on what precedes its first
///   colon
/// @param network the network, the same for all objectives
/// @param data chooses the data of an objective
/// @param <B> a minibatch
public record TorchProblem<B>(String name, TorchNetwork<B> network, Data<B> data)
    implements Problem {

  /// Chooses the data of an objective.
  ///
  /// @param <B> a minibatch
  @FunctionalInterface
  public interface Data<B> {

    /// Where the minibatches of one objective come from. Tensors made here live as long as the
    /// objective.
    ///
    /// @param split what the objective is used for: data that one split uses, no other may
    /// @param random the only source of chance; independent between splits and between objectives
    Minibatches<B> choose(Split split, RandomGenerator random);
  }

  @Override
  public Objective sample(Split split, long seed) {
    int colon = name.indexOf(':');
    String family = (colon < 0 ? name : name.substring(0, colon)) + "/" + split;
    return new TorchObjective<>(
        network,
        network.initialParameters(Seeds.stream(seed, family + "/start", 0)),
        data.choose(split, Seeds.stream(seed, family, 0)),
        Seeds.derive(seed, family + "/minibatches", 0));
  }
}
