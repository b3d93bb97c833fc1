package example;

import ai.djl.nn.Block;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.glissade.djl.LearnedDjlOptimizer;
import dev.glissade.evaluation.Statistics;
import dev.glissade.evaluation.Statistics.Interval;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Guarded;
import dev.glissade.optimizer.Muon;
import dev.glissade.optimizer.Nesterov;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Compares DJL's Adam with optimizers of Glissade, all in DJL: ten trainings of 100 steps each,
/// from the same starts and with the same batches. Learning rates are tuned on other trainings, of
/// other images.
public final class CompareInDjl {

  private static final int STEPS = 100;
  private static final int RUNS = 10;
  private static final int TUNING_SEED = 1000; // of the first of the trainings for tuning

  private CompareInDjl() {}

  /// @param arguments nothing for the digits that ship, or a folder with MNIST's files
  public static void main(String[] arguments) throws IOException {
    boolean mnist = arguments.length > 0;
    Images tuning = mnist ? Images.folder(Path.of(arguments[0]), "train") : Images.digits("train");
    Images test = mnist ? Images.folder(Path.of(arguments[0]), "t10k") : Images.digits("t10k");
    List<Pretrained> pretrained =
        mnist ? List.of(Pretrained.MNIST, Pretrained.MNIST_ROBUST) : List.of(Pretrained.DIGITS);
    for (Training.Hidden network : Training.Hidden.values()) {
      System.out.println(network + " on " + (mnist ? "MNIST" : "the digits that ship"));
      new Contest(network, tuning, test).print(pretrained);
    }
  }

  /// A rate and what came of it.
  private record Tuned(double rate, Training.Result[] results) {}

  /// Two sets of images that have nothing in common: pretrained optimizers have learned on networks
  /// for the first.
  private record Contest(Training.Hidden network, Images tuning, Images test) {

    private void print(List<Pretrained> contenders) {
      Tuned adam = tuned(1e-3, CompareInDjl::adam);
      report("DJL's Adam", adam, null);
      report("Nesterov", tuned(1e-2, rate -> ours(new Nesterov(rate))), adam);
      report("Muon", tuned(1e-3, rate -> ours(new Muon(rate))), adam);
      for (Pretrained pretrained : contenders) {
        var learned = pretrained.load().optimizer();
        report("pretrained:" + pretrained.label(), fixed(learned), adam);
        var guarded = new Guarded<>(learned, new Adam(adam.rate));
        report("the same, guarded by Adam", fixed(guarded), adam);
      }
    }

    /// The best rate in three decades.
    private Tuned tuned(double from, DoubleFunction<Function<Block, Optimizer>> rule) {
      double best = from;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i <= 12; i++) {
        double rate = from * Math.pow(10, i / 4.0);
        double loss = mean(runs(tuning, TUNING_SEED, rule.apply(rate)), Training.Result::loss);
        if (loss < least) {
          least = loss;
          best = rate;
        }
      }
      return new Tuned(best, runs(test, 0, rule.apply(best)));
    }

    private Tuned fixed(dev.glissade.Optimizer<?> optimizer) {
      return new Tuned(Double.NaN, runs(test, 0, ours(optimizer)));
    }

    /// Trains on four fifths of some images, and looks at how many of the others are recognised. Of
    /// MNIST's 60,000 it takes as many as there are in the other set.
    private Training.Result[] runs(Images images, int seed, Function<Block, Optimizer> optimizer) {
      int count = Math.min(images.count(), test.count());
      int learned = count * 4 / 5;
      Images others = images.part(learned, count);
      Images seen = images.part(0, learned);
      return IntStream.range(0, RUNS)
          .mapToObj(run -> new Training(seed + run, network, seen).run(STEPS, others, optimizer))
          .toArray(Training.Result[]::new);
    }
  }

  private static Function<Block, Optimizer> adam(double rate) {
    return _ -> Optimizer.adam().optLearningRateTracker(Tracker.fixed((float) rate)).build();
  }

  private static Function<Block, Optimizer> ours(dev.glissade.Optimizer<?> optimizer) {
    return block -> LearnedDjlOptimizer.builder(block, optimizer).build();
  }

  private static void report(String name, Tuned tuned, Tuned baseline) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.4f | %s | %.1f %% | %s |%n",
        name,
        mean(tuned.results, Training.Result::early),
        mean(tuned.results, Training.Result::loss),
        baseline == null ? "" : difference(tuned.results, baseline.results),
        100 * mean(tuned.results, Training.Result::accuracy),
        Double.isNaN(tuned.rate) ? "learned" : String.format(Locale.ROOT, "%.2g", tuned.rate));
  }

  private static String difference(Training.Result[] results, Training.Result[] baseline) {
    Interval interval =
        Statistics.pairedDifference95(
            values(results, Training.Result::loss), values(baseline, Training.Result::loss));
    return String.format(Locale.ROOT, "%+.4f … %+.4f", interval.low(), interval.high());
  }

  private static double mean(Training.Result[] results, ToDoubleFunction<Training.Result> what) {
    return Statistics.mean(values(results, what));
  }

  private static double[] values(
      Training.Result[] results, ToDoubleFunction<Training.Result> what) {
    return Arrays.stream(results).mapToDouble(what).toArray();
  }
}
