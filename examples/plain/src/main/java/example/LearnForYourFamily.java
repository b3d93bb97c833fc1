package example;

import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Entrant;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.RunListener;
import dev.glissade.evaluation.Tuning;
import dev.glissade.evaluation.TuningCache;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.training.MetaTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Learns an optimizer for a family of functions, keeps it in a file, and compares what is in the
/// file with baselines whose learning rates are tuned for the same family.
public final class LearnForYourFamily {

  private static final RunListener SILENT = () -> {};

  private LearnForYourFamily() {}

  public static void main(String[] arguments) throws IOException {
    Problem fits = new CoolingFits();
    Path folder = Path.of("target", "optimizers");
    Path file = folder.resolve("cooling-fits.safetensors");

    MetaTraining.of(fits).withEpisodes(300).run().save(file);
    TrainedOptimizer learned = TrainedOptimizer.load(file);

    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender.Learned("learned", "an LSTM", learned.optimizer()));
    contenders.addAll(tunedBaselines(fits, folder));
    Evaluation test = new Evaluation(fits, Split.TEST, 1000, fits.steps(), 1);
    print(Comparison.run(test, contenders, SILENT));
  }

  /// All baselines, at learning rates that are best on members of the family that are not tested
  /// on.
  private static List<Contender> tunedBaselines(Problem problem, Path cache) {
    Evaluation validation = new Evaluation(problem, Split.VALIDATION, 64, problem.steps(), 1);
    Tuning tuning = new Tuning(new TuningCache(cache), validation, System.err::println);
    List<Contender> tuned = new ArrayList<>();
    for (Baseline baseline : Baselines.standard()) {
      tuned.add(tuning.contender(new Entrant.Untuned(baseline.name(), baseline), SILENT));
    }
    return tuned;
  }

  private static void print(Comparison comparison) {
    System.out.println("mean loss of 1000 fits after 40 steps");
    for (Comparison.Entry entry : comparison.entries()) {
      System.out.printf(Locale.ROOT, "%-11s %.5f%n", entry.name(), entry.mean());
    }
    Comparison.Entry learned = comparison.entries().getFirst();
    String best = comparison.ranking().bestBaseline().orElseThrow().name();
    comparison
        .stepsToBestBaseline(learned)
        .ifPresent(step -> System.out.printf("learned is where %s ends after %d%n", best, step));
    comparison
        .differenceToBestBaseline(learned)
        .ifPresent(interval ->
            System.out.printf(
                Locale.ROOT,
                "learned minus %s, 95 %% interval: %.5f to %.5f%n",
                best,
                interval.low(),
                interval.high()));
  }
}
