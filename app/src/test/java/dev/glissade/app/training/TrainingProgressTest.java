package dev.glissade.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.terminal.Console;
import dev.glissade.meta.MetaLoss;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.TrainingMetrics;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {

  private static final MetaTraining TRAINING =
      MetaTraining.of(Catalog.builtIn().problem("quadratic").problem()).withEpisodes(4);

  private final StringWriter err = new StringWriter();

  private String shown(boolean terminal) throws InterruptedException {
    PrintWriter writer = new PrintWriter(err);
    Console console = new Console(writer, writer, terminal, terminal, 100, false);
    try (TrainingProgress progress = new TrainingProgress(console, "training", 0, TRAINING)) {
      progress.begun(0);
      progress.stepping(1, 100);
      String quick = err.toString();
      assertThat(quick).isEmpty();
      Thread.sleep(1100);
      progress.stepping(50, 100);
    }
    return err.toString();
  }

  @Test
  void aTerminalShowsTheStepsOfALongEpisodeAndTheTimeThatIsLeft() throws InterruptedException {
    assertThat(shown(true)).containsPattern("12 %.* 0:\\d\\d left  step 50 of 100");
  }

  /// What is scored first may take minutes a run.
  @Test
  void aTerminalShowsHowFarAScoringIs() throws InterruptedException {
    PrintWriter writer = new PrintWriter(err);
    Console console = new Console(writer, writer, true, true, 100, false);
    try (TrainingProgress progress = new TrainingProgress(console, "training", 0, TRAINING)) {
      Thread.sleep(600);
      progress.validating(1.5, 8);
    }
    assertThat(err.toString()).contains("scoring 1 of 8, 18 %");
  }

  /// Logs have a line for what is done, not for what is being done.
  @Test
  void nothingElseDoes() throws InterruptedException {
    assertThat(shown(false)).isEmpty();
  }

  /// The mean of logarithms may be negative; what is shown is a loss.
  @Test
  void lossesThatCountByTheirLogarithmsAreShownAsLosses() throws InterruptedException {
    MetaTraining logarithms =
        TRAINING.withEpisodes(TRAINING.episodes().withLoss(MetaLoss.LOGARITHMS));
    PrintWriter writer = new PrintWriter(err);
    Console console = new Console(writer, writer, true, true, 100, false);
    try (TrainingProgress progress = new TrainingProgress(console, "training", 0, logarithms)) {
      Thread.sleep(600);
      int steps = logarithms.episodes().steps();
      progress.episode(metrics(1, steps * Math.log(1.5)));
      Thread.sleep(200);
      progress.episode(metrics(2, steps * Math.log(1.5 * Math.pow(0.5, 10))));
    }
    assertThat(err.toString()).contains("loss 1.50").contains("loss 0.750 █▁");
  }

  private static TrainingMetrics metrics(long episode, double metaLoss) {
    double none = Double.NaN;
    return new TrainingMetrics(episode, metaLoss, none, none, none, Double.POSITIVE_INFINITY, 0, 1);
  }
}
