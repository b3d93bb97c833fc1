package dev.glissade.torch.art;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.torch.image.Picture;
import java.io.IOException;
import java.util.Arrays;

/// One picture that an optimizer has made, and how.
///
/// @param losses f at step 0 … steps, `double[steps + 1]`, copied; NaN from where the run diverged
/// @param picture after the last step, or after the last one before it diverged
/// @param seconds it took
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and on the way out
public record Painting(double[] losses, Picture picture, double seconds) {

  public Painting {
    losses = losses.clone();
  }

  /// The losses f at step 0 … steps, a new array.
  @Override
  public double[] losses() {
    return losses.clone();
  }

  /// A watcher that is told of every step, the start being step 0.
  @FunctionalInterface
  public interface Listener {

    /// The picture after a step.
    ///
    /// @param picture a copy, to be kept or not
    void at(int step, double loss, Picture picture) throws IOException;
  }

  /// Makes a picture; the optimizer sees [EvenGradients]. A run ends early where the loss or its
  /// gradient is NaN or infinite: the objective draws nothing, so that nothing would ever change.
  ///
  /// @param stylisation that gave the objective
  /// @param steps ≥ 1
  /// @throws IOException if the listener does
  public static Painting run(
      Stylisation stylisation,
      Objective objective,
      Optimizer<?> optimizer,
      int steps,
      Listener listener)
      throws IOException {
    final long begin = System.nanoTime();
    double[] losses = new double[steps + 1];
    Arrays.fill(losses, Double.NaN);
    EvenGradients even = EvenGradients.of(objective);
    Descent descent = Descent.start(even, optimizer);
    Picture picture = stylisation.picture(descent.parameters());
    for (int t = 0; t <= steps; t++) {
      if (t > 0) {
        descent.advance();
      }
      if (!descent.isFinite()) {
        break;
      }
      losses[t] = descent.loss() / even.factor();
      picture = stylisation.picture(descent.parameters());
      listener.at(t, losses[t], picture);
    }
    return new Painting(losses, picture, (System.nanoTime() - begin) / 1e9);
  }

  /// The loss of the picture; NaN if even that of the start is.
  public double loss() {
    return losses[Math.max(0, reached())];
  }

  /// The step of the picture; −1 if even the loss of the start is NaN or infinite.
  public int reached() {
    int step = losses.length - 1;
    while (step >= 0 && Double.isNaN(losses[step])) {
      step--;
    }
    return step;
  }

  /// Whether the run ended early.
  public boolean diverged() {
    return reached() < losses.length - 1;
  }
}
