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

/// Which learned optimizers take part in an experiment: the pretrained ones that it names, unless
/// the command line says otherwise.
///
/// @param optimizers from the command line
/// @param train whether one is trained first
/// @param budget for how long; empty for as long as the experiment's recipe says
public record LearnedChoice(List<String> optimizers, boolean train, Optional<String> budget) {

  /// A choice whose parts go together.
  public LearnedChoice {
    optimizers = List.copyOf(optimizers);
    budget.ifPresent(Numbers::duration); // throws if it is none
    if (budget.isPresent() && !train) {
      throw new IllegalArgumentException("--budget is for training: add --train");
    }
  }

  /// The budget as a time.
  public Optional<Duration> duration() {
    return budget.map(Numbers::duration);
  }

  /// Loads those that exist already.
  ///
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

  /// The options that make this choice, each after a space.
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
