package dev.glissade.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Descent;
import dev.glissade.optimizer.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Native memory must not grow with the number of steps. A Java virtual machine of its own, whose
/// heap is touched at the start, takes 20,000 steps and looks at its resident memory.
class MemoryTest {

  private static final int STEPS = 20_000;
  private static final int WARM = 5_000;

  @Test
  @EnabledOnOs(OS.LINUX)
  void staysFlat() throws IOException, InterruptedException {
    String printed =
        OtherMachine.run(
            MemoryTest.class, "-Xms48m", "-Xmx48m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");
    try (Scanner kilobytes = new Scanner(printed)) {
      double warm = kilobytes.nextLong();
      double end = kilobytes.nextLong();
      assertThat(end / warm).as("resident memory, end to warm").isLessThan(1.05);
    }
  }

  /// The other machine: prints its resident memory when warm and at the end.
  public static void main(String[] arguments) throws IOException {
    var network =
        TorchNetwork.<Tensor>of(
            List.of(
                Parameter.normal("weights", 1, 4, 3),
                Parameter.normal("bias", 1, 3),
                Parameter.normal("out", 1, 3)),
            (p, x) ->
                Tensors.dense(x, p.get("weights"), p.get("bias"))
                    .tanh()
                    .matmul(p.get("out"))
                    .square()
                    .mean());
    var objective =
        new TorchObjective<>(network, new float[18], _ -> torch.rand(new long[] {8, 4}), 1);
    var descent = Descent.start(objective, new Adam(0.01));
    float[] product = new float[18];
    long warm = 0;
    for (int step = 0; step < STEPS; step++) {
      if (step == WARM) {
        warm = residentKilobytes();
      }
      descent.advance();
      if (step % 10 == 0) {
        objective.hessianTimes(descent.parameters(), step, descent.gradient(), product);
      }
    }
    System.out.println(warm + " " + residentKilobytes());
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}
