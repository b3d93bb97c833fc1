package dev.glissade.app.cli;

import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.terminal.Progress;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Evaluation;
import java.util.ArrayList;
import java.util.List;

/// A comparison as asked for on the command line: tunes what must be tuned, then runs all.
///
/// @param evaluation the TEST instances
/// @param tuning of the baselines
/// @param arguments the optimizers
record Competition(Evaluation evaluation, Tuning tuning, List<OptimizerName> arguments) {

  Competition {
    arguments = List.copyOf(arguments);
    OptimizerName.requireDistinct(arguments);
  }

  /// About how many runs it takes, tuning included.
  long runs() {
    long runs = (long) arguments.size() * evaluation.instances();
    for (OptimizerName argument : arguments) {
      runs +=
          switch (argument) {
            case OptimizerName.Named(_, var baseline, var rate) when rate.isEmpty() ->
                tuning.runs(baseline);
            case OptimizerName.Named _, OptimizerName.Learned _ -> 0;
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
    for (OptimizerName argument : arguments) {
      contenders.add(tuning.contender(argument));
    }
    long total = (long) contenders.size() * evaluation.instances();
    try (Progress progress = new Progress(context.console(), "comparing", 0, total)) {
      Evaluation watched = WatchedProblem.watch(evaluation, done -> progress.update(done - 1, ""));
      Comparison comparison = Comparison.run(watched, contenders, _ -> {});
      return new Comparison(evaluation, comparison.entries());
    }
  }
}
