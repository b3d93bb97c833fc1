package dev.glissade.benchmarks;

import dev.glissade.Descent;
import dev.glissade.Problem;
import dev.glissade.optimizer.Adam;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.torch.problem.TorchProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// `benchmarks/compare memory`: 100,000 steps of Adam on `mnist`, and how much memory the process
/// holds on the way. The heap is fixed and touched at the start, so that what grows is a leak.
public final class ResidentMemory {

  private static final int STEPS = 100_000;
  private static final int WARM = 1_000;
  private static final int EVERY = 10_000;

  private ResidentMemory() {}

  /// Prints a line for each time that it looks.
  public static void main(String[] arguments) throws IOException {
    var objective =
        new ProblemCatalog(TorchProblems.all()).parse("mnist").sample(Problem.Split.TRAIN, 1);
    var descent = Descent.start(objective, new Adam(0.01));
    double warm = Double.NaN;
    System.out.printf(Locale.ROOT, "%8s %12s %9s%n", "step", "resident", "change");
    for (int step = 1; step <= STEPS; step++) {
      descent.advance();
      if (step == WARM || step % EVERY == 0) {
        double now = residentBytes();
        warm = step == WARM ? now : warm;
        System.out.printf(
            Locale.ROOT, "%8d %9.1f MB %+8.2f%%%n", step, now / 1e6, 100 * (now / warm - 1));
      }
    }
  }

  private static double residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToDouble(kilobytes -> 1024.0 * Long.parseLong(kilobytes))
        .findFirst()
        .orElseThrow();
  }
}
