package dev.glissade.torch;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.problem.ProblemSpec;
import java.util.random.RandomGenerator;

/// A network on data of its own for each objective.
///
/// The random streams depend on what precedes the first colon of the name.
///
/// @param <B> a minibatch
public interface TorchProblem<B> extends Problem {

  /// The network: one and the same for all objectives, which share its memory.
  TorchNetwork<B> network();

  /// Chooses the data of one objective: where its minibatches come from. Tensors made here live as
  /// long as the objective.
  ///
  /// @param split what the objective is used for: data that one split uses, no other may
  /// @param random the only source of chance; independent between splits and between objectives
  Minibatches<B> choose(Split split, RandomGenerator random);

  @Override
  default Objective sample(Split split, long seed) {
    String family = ProblemSpec.family(name()) + "/" + split;
    return new TorchObjective<>(
        network(),
        network().initialParameters(Seeds.stream(seed, family + "/start", 0)),
        choose(split, Seeds.stream(seed, family, 0)),
        Seeds.derive(seed, family + "/minibatches", 0));
  }

  @Override
  default ParameterLayout layout() {
    return network().layout();
  }

  @Override
  default boolean isTwiceDifferentiable() {
    return true;
  }

  /// The problem of that name with this network and these data.
  static <B> TorchProblem<B> of(String name, TorchNetwork<B> network, Data<B> data) {
    return new Named<>(name, network, data);
  }

  /// Chooses the data of an objective, as [TorchProblem#choose] does.
  ///
  /// @param <B> a minibatch
  @FunctionalInterface
  interface Data<B> {

    /// Chooses the source of the minibatches of one objective.
    Minibatches<B> choose(Split split, RandomGenerator random);
  }

  /// A problem made of a name, a network and a choice of data.
  ///
  /// @param name what [Problem#name] returns
  /// @param network the network
  /// @param data chooses the data of an objective
  /// @param <B> a minibatch
  record Named<B>(String name, TorchNetwork<B> network, Data<B> data) implements TorchProblem<B> {
    @Override
    public Minibatches<B> choose(Split split, RandomGenerator random) {
      return data.choose(split, random);
    }
  }
}
