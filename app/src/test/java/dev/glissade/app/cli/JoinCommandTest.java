package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.learned.Pretrained;
import dev.glissade.learned.Probing;
import dev.glissade.learned.TrainedOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinCommandTest {

  @TempDir Path folder;

  /// In the order in which they are named: they are for opposite things.
  @Test
  void theFileHoldsBoth() throws IOException {
    Path file = folder.resolve("new/both.safetensors");
    Cli cli = Cli.run(folder, "join", "pretrained:digits", "pretrained:smooth", "-o", file);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("with noise pretrained:digits, without pretrained:smooth");
    assertThat(cli.err().lines()).containsExactly("Wrote " + file);
    assertThat(TrainedOptimizer.load(file))
        .isEqualTo(Probing.join(Pretrained.DIGITS.load(), Pretrained.SMOOTH.load()));
  }

  @Test
  void neitherOfThemIsWrittenOver() throws IOException {
    Path learned = folder.resolve("a.safetensors");
    Pretrained.QUADRATIC.load().save(learned);
    byte[] before = Files.readAllBytes(learned);
    Cli cli = Cli.run(folder, "join", "pretrained:digits", learned, "--out", learned);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("would be overwritten");
    assertThat(learned).hasBinaryContent(before);
  }
}
