package dev.glissade.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
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

  @Test
  void aDumbTerminalGetsNoEscapeSequences() {
    Console dumb =
        Console.of(new PrintWriter(out), new PrintWriter(err), true, true, Map.of("TERM", "dumb"));
    dumb.print("@|bold best|@");
    dumb.redraw("50 %");
    dumb.clear();
    dumb.interrupted();
    assertThat(out.toString() + err).contains("best", "50 %").doesNotContain("\033", "\r");
    assertThat(
            Console.of(
                    new PrintWriter(out), new PrintWriter(err), true, true, Map.of("TERM", "xterm"))
                .isColoured())
        .isTrue();
  }

  @Test
  void noProgressIsDrawnAfterAnInterruption() {
    Console console = terminal(60);
    console.onInterrupt("Stopped.");
    console.redraw("10 %");
    console.interrupted();
    console.redraw("20 %");
    console.clear();
    assertThat(err.toString()).doesNotContain("20 %").endsWith("Stopped." + System.lineSeparator());
  }

  @Test
  void theLineOfProgressDoesNotStayWhereThePromptComes() {
    Console console = terminal(60);
    console.redraw("10 %");
    console.interrupted();
    assertThat(err.toString()).endsWith("\r\033[2K");
  }

  @Test
  void dataOnStandardOutputStaysAlone() {
    Console console = terminal(60);
    console.reserveOut();
    console.print("@|bold for people|@");
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().strip()).isEqualTo("for people");
  }

  @Test
  void textOfOthersIsShownAndNotObeyed() {
    String evil = "\033[2J\033]0;title\007a\nb\u202Ec\u009B @|red x|@ @@||@";
    for (Console console :
        List.of(
            Console.plain(new PrintWriter(out), new PrintWriter(err)),
            new Console(new PrintWriter(out), new PrintWriter(err), true, true, 80, true))) {
      console.print(Markup.literal(evil));
      assertThat(out.toString().strip())
          .isEqualTo("\uFFFD[2J\uFFFD]0;title\uFFFDa\uFFFDb\uFFFDc\uFFFD @|red x|@ @@||@");
      out.getBuffer().setLength(0);
    }
  }

  private Console terminal(int width) {
    return new Console(new PrintWriter(out), new PrintWriter(err), true, true, width, false);
  }
}
