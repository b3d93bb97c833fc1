package dev.glissade.app.tensorboard;

import dev.glissade.training.TrainingListener;
import dev.glissade.training.TrainingMetrics;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The metrics of a training as events, whose steps are episodes: at most one a second of single
/// episodes, and each validation.
public final class TrainingEvents implements TrainingListener, Closeable {

  private static final double SECONDS_BETWEEN = 1;

  private final EventLog log;
  private double last = Double.NEGATIVE_INFINITY; // seconds

  private TrainingEvents(EventLog log) {
    this.log = log;
  }

  /// Begins to write.
  ///
  /// @param folder of the events
  /// @param done how many episodes are done already, by an earlier process
  public static TrainingEvents open(Path folder, long done) throws IOException {
    return new TrainingEvents(EventLog.open(folder, done));
  }

  @Override
  public void episode(TrainingMetrics metrics) {
    if (metrics.seconds() - last >= SECONDS_BETWEEN) {
      last = metrics.seconds();
      Map<String, Double> numbers = new LinkedHashMap<>();
      numbers.put("training/meta-loss", metrics.metaLoss());
      numbers.put("training/gradient-norm", metrics.gradientNorm());
      numbers.put("training/learning-rate", metrics.learningRate());
      numbers.put("training/skipped", (double) metrics.nonFiniteCount());
      write(metrics.episode(), numbers);
    }
  }

  @Override
  public void validated(TrainingMetrics metrics) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("validation/loss", metrics.validationLoss());
    numbers.put("validation/best", metrics.bestLoss());
    write(metrics.episode(), numbers);
  }

  private void write(long episode, Map<String, Double> numbers) {
    try {
      log.numbers(episode, numbers);
    } catch (IOException e) {
      throw new UncheckedIOException("the events for TensorBoard: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
