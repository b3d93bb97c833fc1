package dev.glissade.training;

import dev.glissade.Problem;
import dev.glissade.meta.Episodes.Position;
import java.util.concurrent.atomic.AtomicLong;

/// A count of the steps within an episode. It watches the objectives: each is evaluated once for a
/// step of each of its runs, whoever estimates the gradient. What is evaluated on other machines is
/// not seen.
final class EpisodeSteps {

  private final TrainingListener listener;
  private final Pulse pulse;
  private final long evaluationsPerStep;
  private final int unroll;
  private final AtomicLong evaluations = new AtomicLong(); // of the unroll in progress
  private volatile Position position = new Position(0, 0, 0);

  EpisodeSteps(MetaTraining training, TrainingListener listener, Pulse pulse) {
    this.listener = listener;
    this.pulse = pulse;
    this.unroll = training.estimator().unroll();
    this.evaluationsPerStep = (long) training.episodes().batch() * training.estimator().runs();
  }

  /// Begins to count the steps of an unroll.
  void begin(Position next) {
    position = next;
    evaluations.set(0);
    if (next.unroll() > 0) {
      tell(0, next); // all that is known where others evaluate
    }
  }

  private void evaluated() {
    long count = evaluations.incrementAndGet();
    if (count % evaluationsPerStep == 0) {
      Position now = position;
      tell((int) Math.min(unroll, count / evaluationsPerStep), now);
    }
  }

  /// Tells how many steps of an unroll are made.
  private void tell(int step, Position now) {
    int reached = now.unroll() * unroll + step;
    listener.stepping(reached, now.steps());
    pulse.beat(TrainingMetrics.Phase.EPISODE, (double) reached / now.steps());
  }

  /// The problem, with objectives that are counted.
  Problem watch(Problem problem) {
    return new WatchedProblem(problem, this::evaluated);
  }
}
