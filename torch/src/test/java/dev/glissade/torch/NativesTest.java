package dev.glissade.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.internal.Natives;
import dev.glissade.torch.problem.TorchProblems;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What is said where libtorch is missing or badly configured.
class NativesTest {

  @Test
  void describesItself() {
    assertThat(Natives.description()).startsWith("libtorch for ").endsWith("threads: 1");
  }

  @Test
  void threadsCanBeChosen() throws Exception {
    assertThat(OtherMachine.run(NativesTest.class, "-Dglissade.torch.threads=2"))
        .endsWith("threads: 2");
    assertThat(OtherMachine.run(NativesTest.class, "-Dglissade.torch.threads=0"))
        .isEqualTo("-Dglissade.torch.threads must be >= 1, got 0");
  }

  @Test
  void missingPlatformsAreToldInOneLine() throws IOException, InterruptedException {
    assertThat(OtherMachine.run(NativesTest.class, "-Dorg.bytedeco.javacpp.platform=linux-ppc64le"))
        .startsWith("libtorch's native library for linux-ppc64le could not be loaded")
        .contains("org.bytedeco:pytorch, openblas and javacpp with classifier linux-ppc64le")
        .doesNotContain("\n");
  }

  /// The other machine: says what it has, or why it has nothing. Problems can be listed and named
  /// without it.
  public static void main(String[] arguments) {
    TorchProblems.all(new DataFolder(Path.of("nowhere")))
        .forEach(factory -> factory.create().layout());
    try {
      System.out.println(Natives.description());
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }
}
