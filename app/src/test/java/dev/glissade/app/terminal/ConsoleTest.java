package dev.glissade.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void noColoursWhereTheyWouldBeNoise() {
    Console.plain(new PrintWriter(out), new PrintWriter(err)).print("@|bold,green best|@");
    assertThat(out.toString().strip()).isEqualTo("best");
  }

  @Test
  void interruptionsAreExplainedOnce() {
    Console console = terminal(60);
    console.onInterrupt("Stopped.");
    console.interrupted();
    console.interrupted();
    assertThat(err.toString()).containsOnlyOnce("Stopped.");
  }

  @Test
  void stylesAreWhatATerminalUnderstands() {
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), true, true, 80, true);
    console.print("a @|bold,green b $1|@ c @|faint d|@");
    assertThat(out.toString().strip()).isEqualTo("a \033[1;32mb $1\033[0m c \033[2md\033[0m");
  }

  @Test
  void aStyleThatIsUnknownIsNamed() {
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), true, true, 80, true);
    assertThatThrownBy(() -> console.print("@|purple x|@"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'purple'");
  }

  private Console terminal(int width) {
    return new Console(new PrintWriter(out), new PrintWriter(err), true, true, width, false);
  }
}
