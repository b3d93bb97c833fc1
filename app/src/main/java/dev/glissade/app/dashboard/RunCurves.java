package dev.glissade.app.dashboard;

import dev.glissade.app.report.Json;
import dev.glissade.training.TrainingMetrics;
import dev.glissade.training.TrainingMetrics.Phase;
import java.io.IOException;
import java.nio.file.Path;

/// The curves of a run by its episodes, as far as its metrics go.
final class RunCurves {

  private final Tail tail;
  private Curve metaLoss = new Curve();
  private Curve validationLoss = new Curve();
  private Curve gradientNorm = new Curve();
  private Curve learningRate = new Curve();
  private long version = -1;
  private String json = "";

  /// What is sent.
  ///
  /// @param metaLoss of an episode, at validations the mean since the one before
  /// @param validationLoss where frozen weights were scored
  /// @param gradientNorm of the meta-gradient, before clipping
  /// @param learningRate of the outer optimizer
  private record All(
      Curve.Points metaLoss,
      Curve.Points validationLoss,
      Curve.Points gradientNorm,
      Curve.Points learningRate) {}

  RunCurves(Path metrics) {
    this.tail = new Tail(metrics, this::forget);
  }

  private void forget() {
    metaLoss = new Curve();
    validationLoss = new Curve();
    gradientNorm = new Curve();
    learningRate = new Curve();
  }

  /// All curves as JSON.
  ///
  /// @param current the version of the run's files; what was made for it is given again
  synchronized String json(long current) throws IOException {
    if (version != current) {
      tail.read(line -> TrainingMetrics.parse(line).ifPresent(this::add));
      All all =
          new All(
              metaLoss.points(),
              validationLoss.points(),
              gradientNorm.points(),
              learningRate.points());
      json = Json.line(all);
      version = current;
    }
    return json;
  }

  private void add(TrainingMetrics metrics) {
    if (metrics.phase() == Phase.DONE) {
      double episode = metrics.episode();
      metaLoss.add(episode, metrics.metaLoss());
      gradientNorm.add(episode, metrics.gradientNorm());
      learningRate.add(episode, metrics.learningRate());
      validationLoss.add(episode, metrics.validationLoss());
    }
  }
}
