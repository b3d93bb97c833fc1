package dev.glissade.app.training;

import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Progress;
import dev.glissade.app.terminal.Sparkline;
import dev.glissade.meta.Episodes;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.TrainingListener;
import dev.glissade.training.TrainingMetrics;

/// A line that shows how a training goes: how many episodes are done, the loss of late and its
/// curve, the best validation loss so far; and on a terminal the steps of an episode that takes its
/// time.
public final class TrainingProgress implements TrainingListener, AutoCloseable {

  /// The part of the shown loss, a geometric mean, that comes from the last episode: one alone is
  /// noisy, and losses differ by factors.
  private static final double FRESH = 0.1;

  /// The characters of the curve of losses.
  private static final int CURVE = 8;

  /// The time after which an episode is a long one, whose steps are shown.
  private static final long LONG = 1_000_000_000L;

  private final boolean terminal;
  private final Progress progress;
  private final MetaTraining training;
  private volatile long done; // read by the threads that score
  private volatile long episodeBegan = System.nanoTime(); // of the episode in progress
  private volatile String detail = "";
  private final Sparkline curve = new Sparkline(CURVE);
  private double loss = Double.NaN;
  private double best = Double.POSITIVE_INFINITY;

  /// A progress of a training, to be closed at its end.
  ///
  /// @param console on whose error stream it is shown
  /// @param title one or two words
  /// @param first how many episodes are done already, by an earlier process
  /// @param training that is shown
  public TrainingProgress(Console console, String title, long first, MetaTraining training) {
    this.terminal = console.errIsTerminal();
    this.progress = new Progress(console, title, first, training.episodes().count());
    this.training = training;
    this.done = first;
  }

  /// Shows the loss of an ordinary step: the meta-loss is a sum over an episode, and episodes of a
  /// curriculum differ in length.
  @Override
  public void episode(TrainingMetrics metrics) {
    done = metrics.episode();
    Episodes episodes = training.episodes();
    double fresh = episodes.loss().typical(metrics.metaLoss(), episodes.stepsOf(done - 1));
    loss = blended(loss, fresh);
    curve.add(loss > 0 ? Math.log(loss) : loss);
    String now = "loss %s %s".formatted(Numbers.digits(loss, 3), curve).strip();
    detail = Double.isFinite(best) ? now + " best " + Numbers.digits(best, 3) : now;
    episodeBegan = System.nanoTime();
    progress.update(done, detail);
  }

  private static double blended(double loss, double fresh) {
    if (!Double.isFinite(loss)) {
      return fresh;
    }
    return loss > 0 && fresh > 0
        ? loss * Math.pow(fresh / loss, FRESH)
        : loss + FRESH * (fresh - loss);
  }

  @Override
  public void begun(long before) {
    episodeBegan = System.nanoTime();
  }

  /// Shows the episode as not quite done at its last step: the way back is still to go.
  @Override
  public void stepping(int step, int of) {
    if (terminal && System.nanoTime() - episodeBegan >= LONG) {
      String steps = "step %s of %s".formatted(Numbers.count(step), Numbers.count(of));
      progress.update(done + step / (of + 1.0), (steps + "  " + detail).strip());
    }
  }

  /// Shows the runs that are done, and on a terminal what a long one has done.
  @Override
  public void validating(double scored, int of) {
    long whole = (long) scored;
    if (terminal || whole == scored) {
      progress.update(
          done, "scoring %s of %s, %s %%".formatted(whole, of, (long) (100 * scored / of)));
    }
  }

  @Override
  public void validated(TrainingMetrics metrics) {
    best = metrics.bestLoss();
    episodeBegan = System.nanoTime();
  }

  @Override
  public void rewound(long episode, long at, int times) {
    progress.note(
        "Diverged by episode %s: back to the weights of episode %s, with half the learning rate"
            .formatted(Numbers.count(episode), Numbers.count(at)));
  }

  @Override
  public void close() {
    progress.close();
  }
}
