package dev.glissade.app.cli;

import dev.glissade.training.MetaTrainingConfiguration;
import dev.glissade.training.TrainingListener;
import dev.glissade.training.TrainingMetrics;

/// Shows how a training goes.
final class TrainingProgress implements TrainingListener, AutoCloseable {

  /// How much of the shown loss, a geometric mean, comes from the last episode: one is noisy.
  private static final double FRESH = 0.1;

  private final Progress progress;
  private final MetaTrainingConfiguration configuration;
  private double loss = Double.NaN;
  private double best = Double.POSITIVE_INFINITY;

  /// @param title one or two words
  /// @param first how many episodes are done already
  TrainingProgress(Console console, String title, long first, TrainingPlan plan) {
    this.progress = new Progress(console, title, first, plan.configuration().episodes());
    this.configuration = plan.configuration();
  }

  @Override
  public void episode(long episode, long episodes, double metaLoss) {
    double mean = metaLoss / configuration.plan().curriculum().stepsOf(episode - 1);
    loss = Double.isFinite(loss) ? loss * Math.pow(mean / loss, FRESH) : mean;
    String detail = "loss " + Numbers.digits(loss, 3);
    progress.update(
        episode, Double.isFinite(best) ? detail + " best " + Numbers.digits(best, 3) : detail);
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
