package dev.glissade.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.internal.Natives;
import dev.glissade.torch.problem.TorchProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said where libtorch is missing or badly configured.
class NativesTest {

  @Test
  void describesItself() {
    assertThat(Natives.description()).startsWith("libtorch for ").endsWith("threads: 1");
  }

  /// NNPACK would write a line to standard error at each convolution on processors that it does not
  /// know.
  @Test
  void convolutionsSayNothing() {
    Natives.require();
    assertThat(torch.globalContext().userEnabledNNPACK()).isFalse();
  }

  @Test
  void threadsCanBeChosen() throws Exception {
    assertThat(OtherMachine.run(NativesTest.class, "-Dglissade.torch.threads=2"))
        .endsWith("threads: 2");
    assertThat(OtherMachine.run(NativesTest.class, "-Dglissade.torch.threads=0"))
        .isEqualTo("-Dglissade.torch.threads must be >= 1, got 0: leave it out");
  }

  @Test
  void missingPlatformsAreToldInOneLine() throws IOException, InterruptedException {
    assertThat(OtherMachine.run(NativesTest.class, "-Dorg.bytedeco.javacpp.platform=linux-ppc64le"))
        .startsWith("libtorch's native library for linux-ppc64le could not be loaded")
        .contains("org.bytedeco:pytorch, openblas and javacpp with classifier linux-ppc64le")
        .doesNotContain("\n");
  }

  /// A library that is there but cannot be loaded: here it is no library at all.
  @Test
  void librariesThatCannotBeLoadedAreNotCalledMissing(@TempDir Path cache) throws Exception {
    String option = "-Dorg.bytedeco.javacpp.cachedir=" + cache;
    assertThat(OtherMachine.run(NativesTest.class, option)).startsWith("libtorch for ");
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : files.filter(f -> f.toString().contains("openblas_nolapack")).toList()) {
        FileTime time = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, (byte) 0);
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);
      }
    }
    assertThat(OtherMachine.run(NativesTest.class, option))
        .contains("cannot be loaded (" + cache.toRealPath())
        .endsWith("GLISSADE_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=FOLDER")
        .doesNotContain("\n");
  }

  /// What JavaCPP does by itself: a process that maps a library while another unpacks it dies.
  @Test
  void processesThatUnpackTogetherWaitForEachOther(@TempDir Path cache) throws Exception {
    String option = "-Dorg.bytedeco.javacpp.cachedir=" + cache;
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Callable<String> other = () -> OtherMachine.run(NativesTest.class, option);
      for (Future<String> description : threads.invokeAll(Collections.nCopies(3, other))) {
        assertThat(description.get()).startsWith("libtorch for ");
      }
    }
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
