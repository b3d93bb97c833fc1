package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lets bash run the script that it is given, and looks at what it offers.
class CompletionCommandTest {

  private static final Path BASH = Path.of("/bin/bash");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "tr, train",
    "compare qua, quadratic quadratic-uniform",
    "compare quadratic pretrained:qua, pretrained:quadratic pretrained:quadratic-uniform",
    "tune nest, nesterov",
    "inspect pretrained:ar, pretrained:art pretrained:art-lstm",
    "experiment run fig8, fig8-art fig8-art-transfer",
    "data fetch mni, mnist",
    "train --log-, --log-loss",
    "train quadratic --recipe rob, robust",
    "completion z, zsh"
  })
  void whatIsTypedIsCompleted(String typed, String offered) throws Exception {
    assertThat(offers("bash", typed)).containsExactlyInAnyOrder(offered.split(" "));
  }

  @Test
  void zshIsAskedToUnderstandIt() throws Exception {
    assertThat(script("zsh")).contains("bashcompinit\n");
    assertThat(offers("zsh", "tr")).containsExactly("train"); // what follows is the same
  }

  private String script(String shell) {
    Cli cli = Cli.run(folder, "completion", shell);
    assertThat(cli.err()).isEmpty();
    assertThat(cli.code()).isZero();
    return cli.out();
  }

  private List<String> offers(String shell, String typed) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(BASH), "no bash here");
    Path file = folder.resolve("completion." + shell);
    Files.writeString(file, script(shell));
    String words = "glissade " + typed;
    String command =
        """
        compopt() { :; }; autoload() { :; }; compinit() { :; }; bashcompinit() { :; }
        source %s
        COMP_WORDS=(%s); COMP_CWORD=%s; COMP_LINE='%s'; COMP_POINT=%s
        _complete_glissade
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(file, words, words.split(" ").length - 1, words, words.length());
    Process bash =
        new ProcessBuilder(BASH.toString(), "-c", command).redirectErrorStream(true).start();
    List<String> lines =
        new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(bash.waitFor()).isZero();
    return lines.stream().map(String::strip).distinct().toList();
  }
}
