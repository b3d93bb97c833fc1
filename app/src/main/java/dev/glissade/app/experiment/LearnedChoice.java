package dev.glissade.app.experiment;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.experiment.Design.LearnedContender;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.learned.Pretrained;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A choice of the learned optimizers that take part in an experiment: the pretrained ones that it
/// names, unless the command line says otherwise.
///
/// @param optimizers from the command line; where there are any, the pretrained ones stay away
/// @param train whether one is trained first, to the same effect
/// @param budget for how long; empty for as long as the experiment's recipe says
public record LearnedChoice(List<String> optimizers, boolean train, Optional<String> budget) {

  /// Checks that the parts of a choice go together.
  public LearnedChoice {
    optimizers = List.copyOf(optimizers);
    budget.ifPresent(Numbers::duration); // throws if it is none
    if (budget.isPresent() && !train) {
      throw new IllegalArgumentException("--budget is for training: add --train");
    }
  }

  /// The budget as a time, if there is one.
  public Optional<Duration> duration() {
    return budget.map(Numbers::duration);
  }

  /// Loads the optimizers that exist already; one that is yet to be trained is not among them.
  ///
  /// @throws IllegalArgumentException if one of the command line does not exist
  /// @throws IOException if a file cannot be read
  /// @throws FailureException if the experiment's own ones do not ship with this version
  public List<OptimizerName.Learned> load(Experiment experiment)
      throws IOException, FailureException {
    List<OptimizerName.Learned> loaded = new ArrayList<>();
    for (String optimizer : optimizers) {
      loaded.add(OptimizerName.parseLearned(optimizer));
    }
    if (!optimizers.isEmpty() || train) {
      return loaded;
    }
    for (LearnedContender contender : experiment.design().learned()) {
      String name = OptimizerName.PRETRAINED + contender.pretrained();
      if (Arrays.stream(Pretrained.values())
          .noneMatch(shipped -> shipped.label().equals(contender.pretrained()))) {
        throw new FailureException(
            "%s needs %s, which does not ship with this version: train one with --train, or name one with --optimizer FILE|RUN"
                .formatted(experiment.name(), name));
      }
      loaded.add(OptimizerName.parseLearned(name));
    }
    return loaded;
  }

  /// The options that make this choice, each after a space, for the command that a report gives.
  public String options() {
    StringBuilder options = new StringBuilder();
    for (String optimizer : optimizers) {
      options.append(" --optimizer ").append(optimizer);
    }
    options.append(train ? " --train" : "");
    budget.ifPresent(time -> options.append(" --budget ").append(time));
    return options.toString();
  }
}
