package dev.glissade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glissade.app.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `scripts/chaos --short`: trainings that are killed, damaged and crowded out end as one that is
/// left alone.
class ChaosTest {

  @TempDir Path folder;

  @Test
  void trainingsEndAsIfTheyHadBeenLeftAlone() throws IOException, InterruptedException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "the script is for Linux");
    ProcessBuilder chaos = new ProcessBuilder("../scripts/chaos", "--short");
    chaos.environment().put("GLISSADE", command().toString());
    Process process = chaos.redirectErrorStream(true).redirectInput(new File("/dev/null")).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("6 times killed", "4 damaged checkpoints passed over", " 0 wrong");
  }

  /// A script that runs what is tested here. It becomes the JVM, so that this can be killed.
  private Path command() throws IOException {
    Path script = folder.resolve("glissade");
    Files.writeString(
        script,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Main.class.getName()));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }
}
