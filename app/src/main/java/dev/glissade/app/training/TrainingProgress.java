package dev.glissade.app.training;

import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Progress;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.TrainingListener;
import dev.glissade.training.TrainingMetrics;

/// Shows how a training goes.
public final class TrainingProgress implements TrainingListener, AutoCloseable {

  /// How much of the shown loss, a geometric mean, comes from the last episode: one is noisy.
  private static final double FRESH = 0.1;

  private final Progress progress;
  private final MetaTraining training;
  private volatile long done; // read by the threads that score
  private double loss = Double.NaN;
  private double best = Double.POSITIVE_INFINITY;

  /// A progress of a training.
  ///
  /// @param title one or two words
  /// @param first how many episodes are done already
  public TrainingProgress(Console console, String title, long first, MetaTraining training) {
    this.progress = new Progress(console, title, first, training.episodes().count());
    this.training = training;
    this.done = first;
  }

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
