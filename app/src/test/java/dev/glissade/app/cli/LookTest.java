package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.app.report.ResponseTable;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Progress;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.app.terminal.Table;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How things look, on a terminal and elsewhere.
class LookTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "0.0386, 0.03860",
    "12.351, 12.35",
    "123456, 123500",
    "0, 0",
    "1234567, 1.235e6",
    "1.5e-7, 1.500e-7",
    "-2.5, -2.500",
    "NaN, diverged",
    "Infinity, diverged"
  })
  void lossesHaveFourDigits(double loss, String text) {
    assertThat(Numbers.loss(loss)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "999, 999 B", "4542, 4.54 kB", "11594722, 11.6 MB", "170052171, 170 MB"})
  void sizes(long bytes, String text) {
    assertThat(Numbers.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "10m, 600", "1h30m, 5400", "45, 45", "2h, 7200", "1m5s, 65"})
  void durations(String text, long seconds) {
    assertThat(Numbers.duration(text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "ten", "-5", "10x", "m", "1.5h", "99999999999"})
  void noDurations(String text) {
    assertThatThrownBy(() -> Numbers.duration(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void clock() {
    assertThat(Numbers.clock(65)).isEqualTo("1:05");
    assertThat(Numbers.clock(3723)).isEqualTo("1:02:03");
  }

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

  @Test
  void partsOfAWholeShowNoProgress() throws InterruptedException {
    try (Progress progress = new Progress(terminal(60).withoutProgress(), "tuning", 0, 10)) {
      Thread.sleep(700); // a terminal shows what takes longer than half a second
      progress.update(5, "");
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void narrowTablesDropTheLeastImportantColumns() {
    Table table =
        new Table(Column.text("name"), Column.number("important", 1), Column.number("less so", 2));
    table.add("a", "1", "2");
    table.print(terminal(18));
    assertThat(out.toString())
        .contains("important")
        .contains("(a wider terminal also shows: less so)");
    assertThat(out.toString().lines().filter(line -> line.startsWith("name")))
        .allMatch(line -> line.length() <= 18);
  }

  @Test
  void noColoursWhereTheyWouldBeNoise() {
    Console.plain(new PrintWriter(out), new PrintWriter(err)).print("@|bold,green best|@");
    assertThat(out.toString().strip()).isEqualTo("best");
  }

  @Test
  void sparklinesSpanTheirRange() {
    assertThat(ResponseTable.sparkline(new double[] {0, 1, 2})).isEqualTo("▁▅█");
    assertThat(ResponseTable.sparkline(new double[] {0, 0})).isEqualTo("▁▁");
    assertThat(ResponseTable.sparkline(new double[] {-1, 1})).isEqualTo("▁█");
  }

  @Test
  void interruptionsAreExplainedOnce() {
    Console console = terminal(60);
    console.onInterrupt("Stopped.");
    console.interrupted();
    console.interrupted();
    assertThat(err.toString()).containsOnlyOnce("Stopped.");
  }

  private Console terminal(int width) {
    return new Console(new PrintWriter(out), new PrintWriter(err), true, true, width, false);
  }
}
