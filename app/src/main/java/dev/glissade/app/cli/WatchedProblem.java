package dev.glissade.app.cli;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.evaluation.Evaluation;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// A problem that tells how many objectives were drawn from it: progress for evaluations.
///
/// @param problem the problem itself
/// @param count of the objectives drawn
/// @param listener is told the count, on any thread
record WatchedProblem(Problem problem, AtomicLong count, LongConsumer listener) implements Problem {

  /// The same evaluation, watched.
  static Evaluation watch(Evaluation evaluation, LongConsumer listener) {
    return new Evaluation(
        new WatchedProblem(evaluation.problem(), new AtomicLong(), listener),
        evaluation.split(),
        evaluation.instances(),
        evaluation.steps(),
        evaluation.seed());
  }

  @Override
  public String name() {
    return problem.name();
  }

  @Override
  public Objective sample(Split split, long seed) {
    listener.accept(count.incrementAndGet());
    return problem.sample(split, seed);
  }
}
