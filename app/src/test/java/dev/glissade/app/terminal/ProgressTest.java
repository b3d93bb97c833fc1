package dev.glissade.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 59, 79, 119})
  void progressFitsTheTerminal(int width) {
    Progress progress = new Progress(terminal(width), "training", 0, 1000);
    String text = progress.text(421, 12.34, "loss 0.0123 best 0.0101", width);
    assertThat(text.length()).isLessThanOrEqualTo(width);
    assertThat(text).startsWith("training");
    if (width >= 59) {
      assertThat(text).contains("42 %", "12/s", "0:47 left", "loss 0.0123");
    }
  }

  @Test
  void progressKeepsQuietAboutWhatIsQuick() {
    try (Progress progress = new Progress(terminal(60), "training", 0, 10)) {
      progress.update(5, "");
    }
    assertThat(err.toString()).isEmpty();
  }

  /// The total is a guess where rates are searched for.
  @Test
  void countsWhatIsDoneAndNeverSaysThatAllIs() throws InterruptedException {
    try (Progress progress = new Progress(terminal(60), "tuning", 0, 4)) {
      progress.oneMore("");
      Thread.sleep(700); // a terminal shows what takes longer than half a second
      progress.oneMore("");
      assertThat(err.toString()).contains("50 %");
      for (int i = 0; i < 5; i++) {
        Thread.sleep(120);
        progress.oneMore("");
      }
    }
    assertThat(err.toString()).contains("75 %").doesNotContain("100 %");
  }

  private Console terminal(int width) {
    return new Console(new PrintWriter(out), new PrintWriter(err), true, true, width, false);
  }
}
