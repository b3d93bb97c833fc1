package dev.glissade.app.training;

import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Progress;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.TrainingListener;
import dev.glissade.training.TrainingMetrics;

/// A line that shows how a training goes: how many episodes are done, the loss of late, the best
/// validation loss so far.
public final class TrainingProgress implements TrainingListener, AutoCloseable {

  /// The part of the shown loss, a geometric mean, that comes from the last episode: one alone is
  /// noisy, and losses differ by factors.
  private static final double FRESH = 0.1;

  private final Progress progress;
  private final MetaTraining training;
  private volatile long done; // read by the threads that score
  private double loss = Double.NaN;
  private double best = Double.POSITIVE_INFINITY;

  /// A progress of a training, to be closed at its end.
  ///
  /// @param console on whose error stream it is shown
  /// @param title one or two words
  /// @param first how many episodes are done already, by an earlier process
  /// @param training that is shown
  public TrainingProgress(Console console, String title, long first, MetaTraining training) {
    this.progress = new Progress(console, title, first, training.episodes().count());
    this.training = training;
    this.done = first;
  }

  /// Shows the mean loss of a step: the meta-loss is a sum over an episode, and episodes of a
  /// curriculum differ in length.
  @Override
  public void episode(TrainingMetrics metrics) {
    done = metrics.episode();
    double mean = metrics.metaLoss() / training.episodes().stepsOf(metrics.episode() - 1);
    loss = Double.isFinite(loss) ? loss * Math.pow(mean / loss, FRESH) : mean;
    String detail = "loss " + Numbers.digits(loss, 3);
    progress.update(
        done, Double.isFinite(best) ? detail + " best " + Numbers.digits(best, 3) : detail);
  }

  @Override
  public void validating(int scored, int of) {
    progress.update(done, "scoring %s of %s".formatted(scored, of));
  }

  @Override
  public void validated(TrainingMetrics metrics) {
    best = metrics.bestLoss();
  }

  @Override
  public void close() {
    progress.close();
  }
}
