package example;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Entrant;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Tuning;
import dev.glissade.evaluation.TuningCache;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.RandomProblem;
import dev.glissade.training.MetaTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Learns an optimizer for a family of functions, keeps it in a file, and compares what is in the
/// file with tuned baselines.
public final class LearnForYourFamily {

  private static final int STEPS = 20;

  private LearnForYourFamily() {}

  public static void main(String[] arguments) throws IOException {
    Problem fits = RandomProblem.of("cooling-fits", LearnForYourFamily::member);
    Path folder = Files.createTempDirectory("learned");
    Path file = folder.resolve("cooling-fits.safetensors");
    MetaTraining.of(fits).withSteps(STEPS).withEpisodes(1000).run().save(file);
    TrainedOptimizer learned = TrainedOptimizer.load(file);
    System.out.println("learned " + learned.weights().length + " weights");

    Evaluation validation = new Evaluation(fits, Split.VALIDATION, 64, STEPS, 1);
    Tuning tuning = new Tuning(new TuningCache(folder), validation, System.err::println);
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender.Learned("learned", "an LSTM", learned.optimizer()));
    for (Baseline baseline : Baselines.standard()) {
      contenders.add(tuning.contender(new Entrant.Untuned(baseline.name(), baseline), () -> {}));
    }
    Evaluation test = new Evaluation(fits, Split.TEST, 1000, STEPS, 1);
    Comparison comparison = Comparison.run(test, contenders, () -> {});
    for (Comparison.Entry entry : comparison.ranking().entries()) {
      System.out.printf(
          "%-12s %8.4f  %s  %s%n",
          entry.name(), entry.mean(), entry.median(), comparison.stepsToBestBaseline(entry));
    }
  }

  /// One member: the fit of a·exp(−b·t) + c to 20 noisy measurements of something that cools down.
  private static Objective member(RandomGenerator random) {
    double a = random.nextDouble(0.5, 2);
    double b = random.nextDouble(0.2, 1.5);
    double c = random.nextDouble(-0.5, 0.5);
    double[] measured = new double[20];
    for (int t = 0; t < measured.length; t++) {
      measured[t] = a * Math.exp(-b * t / 4) + c + 0.02 * random.nextGaussian();
    }
    return Objectives.of(
        new float[] {1, 0.5f, 0},
        (x, gradient) -> {
          double loss = 0;
          double slopeA = 0;
          double slopeB = 0;
          double slopeC = 0;
          for (int t = 0; t < measured.length; t++) {
            double decay = Math.exp(-x[1] * t / 4.0);
            double residual = x[0] * decay + x[2] - measured[t];
            loss += residual * residual;
            slopeA += 2 * residual * decay;
            slopeB -= 2 * residual * x[0] * decay * t / 4;
            slopeC += 2 * residual;
          }
          gradient[0] = (float) slopeA;
          gradient[1] = (float) slopeB;
          gradient[2] = (float) slopeC;
          return loss;
        });
  }
}
