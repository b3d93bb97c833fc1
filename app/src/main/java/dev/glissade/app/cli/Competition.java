package dev.glissade.app.cli;

import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Evaluation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A comparison as asked for on the command line: tunes what must be tuned, then runs all.
///
/// @param evaluation the TEST instances
/// @param tuning of the baselines
/// @param arguments the optimizers
record Competition(Evaluation evaluation, Tuning tuning, List<OptimizerArgument> arguments) {

  Competition {
    arguments = List.copyOf(arguments);
    Set<String> names = new HashSet<>();
    for (OptimizerArgument argument : arguments) {
      if (!names.add(argument.name())) {
        throw new IllegalArgumentException(
            "two optimizers are called '%s': leave one out, or rename its file or folder"
                .formatted(argument.name()));
      }
    }
  }

  /// About how many runs it takes, tuning included.
  long runs() {
    long runs = (long) arguments.size() * evaluation.instances();
    for (OptimizerArgument argument : arguments) {
      runs +=
          switch (argument) {
            case OptimizerArgument.Named(_, var baseline, var rate) when rate.isEmpty() ->
                tuning.runs(baseline);
            case OptimizerArgument.Named _, OptimizerArgument.Learned _ -> 0;
          };
    }
    return runs;
  }

  /// The same competition, on instances that tell when they are run.
  ///
  /// @param listener is called at the begin of each run, on any thread
  Competition watched(Runnable listener) {
    return new Competition(
        WatchedProblem.watch(evaluation, _ -> listener.run()),
        tuning.watched(_ -> listener.run()),
        arguments);
  }

  Comparison run(Context context) {
    List<Contender> contenders = new ArrayList<>();
    for (OptimizerArgument argument : arguments) {
      contenders.add(contender(argument));
    }
    long total = (long) contenders.size() * evaluation.instances();
    try (Progress progress = new Progress(context.console(), "comparing", 0, total)) {
      Evaluation watched = WatchedProblem.watch(evaluation, done -> progress.update(done - 1, ""));
      Comparison comparison = Comparison.run(watched, contenders, _ -> {});
      return new Comparison(evaluation, comparison.entries());
    }
  }

  private Contender contender(OptimizerArgument argument) {
    return switch (argument) {
      case OptimizerArgument.Learned(var name, var trained) ->
          new Contender(name, false, trained.architecture().toMap(), trained.optimizer(1));
      case OptimizerArgument.Named(var name, var baseline, var fixed) -> {
        double rate = fixed.orElseGet(() -> tuning.rate(baseline));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("learningRate", Double.toString(rate));
        settings.putAll(baseline.settings());
        yield new Contender(name, true, settings, baseline.at(rate));
      }
    };
  }
}
