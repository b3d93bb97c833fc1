package dev.glissade.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.Seeds;
import dev.glissade.internal.Vectors;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import java.util.*;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.global.torch;

public final class CompareRules {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  static float[] gradient(int n) {
    RandomGenerator r = Seeds.stream(1, "benchmark", 0);
    float[] g = new float[n];
    for (int i = 0; i < n; i++) g[i] = (float) (Math.exp(3 * r.nextGaussian() - 4) * r.nextGaussian());
    return g;
  }
  static <S extends OptimizerState> Runnable ours(Optimizer<S> o, ParameterLayout layout, float[] g, boolean move) {
    S state = o.start(layout);
    float[] theta = new float[g.length];
    float[] update = new float[g.length];
    long[] t = new long[1];
    return () -> { o.update(new Point.Known(t[0]++, 0, theta, g), state, update); if (move) Vectors.add(update, theta); };
  }
  static double[] time(Runnable... all) {
    double[] best = new double[all.length];
    int[] reps = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      long end = System.nanoTime() + 700_000_000L; int n = 0; long s = System.nanoTime();
      while (System.nanoTime() < end) { all[i].run(); n++; }
      reps[i] = Math.max(1, (int) (n * 0.03 / 0.7));
      best[i] = Double.POSITIVE_INFINITY;
    }
    for (int turn = 0; turn < 15; turn++) for (int i = 0; i < all.length; i++) {
      long s = THREADS.getCurrentThreadCpuTime();
      for (int k = 0; k < reps[i]; k++) all[i].run();
      best[i] = Math.min(best[i], (THREADS.getCurrentThreadCpuTime() - s) / 1e3 / reps[i]);
    }
    return best;
  }
  public static void main(String[] a) {
    torch.set_num_threads(1);
    Set<String> want = new HashSet<>(List.of(a));
    for (Baseline b : Baselines.all()) {
      if (!want.isEmpty() && !want.contains(b.name())) continue;
      ParameterLayout layout = ParameterLayout.of("w", 1000, 1000);
      float[] g = gradient(layout.size());
      double[] t = time(ours(b.at(1e-3), layout, g, true), LibtorchRules.step(b.name(), layout, g, 1e-3), ours(b.at(1e-3), layout, g, false));
      System.out.printf("%-10s ours %9.1f us, libtorch %9.1f us: %5.2f   (update alone %9.1f)%n", b.name(), t[0], t[1], t[1] / t[0], t[2]);
    }
    if (want.isEmpty() || want.contains("20k")) for (Baseline b : Baselines.all()) {
      if (b.name().equals("muon")) continue;
      ParameterLayout layout = ParameterLayout.of("w", 100, 200);
      float[] g = gradient(layout.size());
      double[] t = time(ours(b.at(1e-3), layout, g, true), LibtorchRules.step(b.name(), layout, g, 1e-3), ours(b.at(1e-3), layout, g, false));
      System.out.printf("%-10s 20k: ours %9.1f us, libtorch %9.1f us: %5.2f   (update alone %9.1f)%n", b.name(), t[0], t[1], t[1] / t[0], t[2]);
    }
    if (want.isEmpty() || want.contains("sizes")) for (int[] s : new int[][] {{784,20},{75,16},{20,10},{512,512}}) {
      ParameterLayout layout = ParameterLayout.of("w", s[0], s[1]);
      float[] g = gradient(layout.size());
      int m = Math.min(s[0], s[1]), n = Math.max(s[0], s[1]);
      double flops = 5 * (4.0 * m * m * n + 2.0 * m * m * m);
      double[] t = time(ours(Baselines.find("muon").at(1e-3), layout, g, true), LibtorchRules.step("muon", layout, g, 1e-3));
      System.out.printf("muon %dx%d ours %9.1f us (%.1f GFLOP/s), libtorch %9.1f us (%.1f): %5.2f%n", s[0], s[1], t[0], flops / t[0] / 1e3, t[1], flops / t[1] / 1e3, t[1] / t[0]);
    }
    if (want.isEmpty() || want.contains("robust")) {
      ParameterLayout layout = new ParameterLayout(List.of(ParameterLayout.block("weights0", 784, 20), ParameterLayout.block("bias0", 20), ParameterLayout.block("weights1", 20, 10), ParameterLayout.block("bias1", 10)));
      ParameterLayout matrices = new ParameterLayout(List.of(ParameterLayout.block("weights0", 784, 20), ParameterLayout.block("weights1", 20, 10)));
      ParameterLayout rest = new ParameterLayout(List.of(ParameterLayout.block("bias0", 20), ParameterLayout.block("bias1", 10)));
      double[] t = time(
         ours(Pretrained.named("mnist-robust").load().optimizer(), layout, gradient(layout.size()), false),
         ours(Pretrained.named("mnist").load().optimizer(), layout, gradient(layout.size()), false),
         ours(Baselines.find("muon").at(0.015), matrices, gradient(matrices.size()), false),
         ours(Baselines.find("adam").at(0.02), rest, gradient(rest.size()), false));
      System.out.printf("robust %.1f us; mnist %.1f, muon %.1f, adam %.1f: ratio %.3f%n", t[0], t[1], t[2], t[3], t[0] / (t[1] + t[2] + t[3]));
    }
  }
}
