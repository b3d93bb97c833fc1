package dev.glissade.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my runs/x",
        "it's",
        "a$HOME",
        "a;b",
        "",
        "*",
        "a\\b",
        "\"q\"",
        "~",
        "#c",
        "ü",
        "a&b",
        "!x"
      })
  void aShellTakesAWordForWhatItIs(String text) throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", "printf %s " + Shell.word(text)).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEqualTo(text);
    assertThat(shell.waitFor()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs/x", "quadratic:dim=20", "own.Fits@1a2b", "--steps"})
  void whatNeedsNoQuotesHasNone(String text) {
    assertThat(Shell.word(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = "my runs/x")
  void aCommandIsThisPrograms(Path run) {
    assertThat(Shell.command("inspect", run)).isEqualTo("./glissade inspect 'my runs/x'");
  }
}
