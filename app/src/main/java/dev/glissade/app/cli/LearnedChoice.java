package dev.glissade.app.cli;

import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.app.experiment.Experiment;
import dev.glissade.learned.Pretrained;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which learned optimizers take part in an experiment: the pretrained ones that it names, unless
/// the command line says otherwise.
///
/// @param optimizers from the command line
/// @param train whether one is trained first
/// @param budget for how long; empty for as long as the experiment's recipe says
record LearnedChoice(List<String> optimizers, boolean train, Optional<String> budget) {

  LearnedChoice {
    optimizers = List.copyOf(optimizers);
    budget.ifPresent(Numbers::duration); // throws if it is none
    if (budget.isPresent() && !train) {
      throw new IllegalArgumentException("--budget is for training: add --train");
    }
  }

  Optional<Duration> duration() {
    return budget.map(Numbers::duration);
  }

  /// Loads those that exist already.
  ///
  /// @throws FailureException if the experiment's own ones do not ship with this version
  List<OptimizerArgument.Learned> load(Experiment experiment) throws IOException, FailureException {
    List<OptimizerArgument.Learned> loaded = new ArrayList<>();
    for (String optimizer : optimizers) {
      loaded.add(OptimizerArgument.parseLearned(optimizer));
    }
    if (!optimizers.isEmpty() || train) {
      return loaded;
    }
    for (LearnedContender contender : experiment.design().learned()) {
      String name = OptimizerArgument.PRETRAINED + contender.pretrained();
      if (Arrays.stream(Pretrained.values())
          .noneMatch(shipped -> shipped.label().equals(contender.pretrained()))) {
        throw new FailureException(
            "%s needs %s, which does not ship with this version: train one with --train, or name one with --optimizer FILE|RUN"
                .formatted(experiment.name(), name));
      }
      loaded.add(OptimizerArgument.parseLearned(name));
    }
    return loaded;
  }

  /// The options that make this choice, each after a space.
  String options() {
    StringBuilder options = new StringBuilder();
    for (String optimizer : optimizers) {
      options.append(" --optimizer ").append(optimizer);
    }
    options.append(train ? " --train" : "");
    budget.ifPresent(time -> options.append(" --budget ").append(time));
    return options.toString();
  }
}
