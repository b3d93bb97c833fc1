package dev.glissade.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Kernels are those that are fast on the machine at hand.
class VectorSupportTest {

  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  /// Without the instruction each product goes through BigDecimal.
  @Test
  void withoutFusedMultiplyAddTheScalarKernelsAreTaken() throws Exception {
    assertThat(inAnotherJvm(VECTORS, "-XX:-UseFMA"))
        .startsWith("scalar: ")
        .contains("fused multiply-add");
    assertThat(inAnotherJvm(VECTORS, "-XX:-UseFMA", "-Xint")).startsWith("scalar: ");
  }

  @Test
  void withoutTheModuleThePortableKernelsAreTakenAndTheRemedyIsToAddIt() throws Exception {
    if (hasFma()) {
      assertThat(inAnotherJvm()).startsWith("portable: ").contains(VECTORS);
    }
    assertThat(inAnotherJvm("-XX:-UseFMA")).startsWith("scalar: ");
  }

  @Test
  void withBothTheVectorKernelsAreTaken() throws Exception {
    if (hasFma()) {
      assertThat(inAnotherJvm(VECTORS)).startsWith("vector ").endsWith("-bit: ");
      assertThat(inAnotherJvm(VECTORS, "-Xint")).startsWith("vector ");
    }
  }

  private static boolean hasFma() throws IOException, InterruptedException {
    return output(List.of("-XX:+PrintFlagsFinal", "-version"))
        .lines()
        .anyMatch(line -> line.matches(".* UseFMA += true .*"));
  }

  private static String inAnotherJvm(String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), Say.class.getName()));
    return output(arguments);
  }

  private static String output(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(arguments);
    command.addFirst(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.stripTrailing().concat(output.endsWith(": \n") ? " " : "");
  }

  /// Says which kernels there are, and why not others.
  static final class Say {
    private Say() {}

    public static void main(String[] arguments) {
      System.out.println(LstmKernels.fastestImplementation() + ": " + LstmKernels.obstacle());
    }
  }
}
