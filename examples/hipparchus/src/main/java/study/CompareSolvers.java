package study;

import dev.glissade.Optimizer;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.LearningRateSearch;
import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import example.Curve;
import example.DoseResponse;
import example.Loss;
import example.Training;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;

/// Fits the same curves in many ways: what losses they come to after some evaluations, and how long
/// they take.
///
/// The arguments are `student` or `squares`; a folder, where learned optimizers are kept from run
/// to run; and, if times are wanted, after how many evaluations.
public final class CompareSolvers {

  private static final int CURVES = 1000;
  private static final int[] EVALUATIONS = {6, 11, 21, 101};
  private static final int UNLIMITED = 1000;
  private static final int TIMED = 100;
  private static final int WARM_UP = 4;
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 100_000_000;

  private final DoseResponse family;
  private final TrainedOptimizer network;
  private final TrainedOptimizer quasiNewton;
  private final List<Curve> curves;
  private final double[] best = new double[CURVES]; // the lowest losses that anything found

  private CompareSolvers(DoseResponse family, Path folder) throws IOException {
    this.family = family;
    network = kept(folder.resolve(family.name() + "-network"), Training::network);
    quasiNewton = kept(folder.resolve(family.name() + "-quasi-newton"), Training::quasiNewton);
    curves = IntStream.range(0, CURVES).mapToObj(i -> family.curve(Split.TEST, i)).toList();
    Arrays.fill(best, Double.POSITIVE_INFINITY);
  }

  public static void main(String[] arguments) throws IOException {
    Loss loss = Loss.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    CompareSolvers study = new CompareSolvers(new DoseResponse(loss), folder);
    if (arguments.length > 2) {
      study.times(Integer.parseInt(arguments[2]));
    } else {
      study.losses();
    }
  }

  private TrainedOptimizer kept(Path file, Function<Problem, TrainedOptimizer> training)
      throws IOException {
    if (!Files.exists(file)) {
      long begin = System.nanoTime();
      training.apply(family).save(file);
      System.out.printf("%s learned in %.0f s%n", file, (System.nanoTime() - begin) / 1e9);
    }
    return TrainedOptimizer.load(file);
  }

  private List<Solver> solvers(int evaluations) {
    List<Solver> solvers = new ArrayList<>();
    solvers.add(Solver.levenbergMarquardt());
    solvers.add(Solver.threeStarts());
    solvers.add(Solver.conjugateGradients());
    solvers.add(Solver.settling("lbfgs", tuned(Baselines.find("lbfgs"), evaluations - 1)));
    for (String name : List.of("rprop", "adam")) {
      solvers.add(Solver.of(name, tuned(Baselines.find(name), evaluations - 1)));
    }
    solvers.add(Solver.settling("pretrained:smooth", Pretrained.SMOOTH.load().optimizer()));
    solvers.add(Solver.settling("learned quasi-Newton", quasiNewton.optimizer()));
    solvers.add(Solver.of("learned network", network.optimizer()));
    solvers.add(Solver.polished("learned network, then L.-M.", network.optimizer(), 9));
    return solvers;
  }

  /// A baseline with the rate that is best for so many steps, on curves of their own.
  private Optimizer<?> tuned(Baseline baseline, int steps) {
    Evaluation validation = new Evaluation(family, Split.VALIDATION, 64, steps, 1);
    LearningRateSearch.Result result =
        new LearningRateSearch(validation)
            .search((rate, most) -> baseline.rule(rate, most).optimizer(), () -> {});
    return switch (result) {
      case LearningRateSearch.Found(var trial, _) -> baseline.at(trial.learningRate());
      case LearningRateSearch.AllDiverged _ ->
          throw new IllegalStateException(baseline.name() + " diverges at every rate");
    };
  }

  private void losses() {
    List<List<Row>> tables = new ArrayList<>();
    for (int most : EVALUATIONS) {
      tables.add(solvers(most).stream().map(solver -> row(solver, most)).toList());
    }
    findBest();
    for (int i = 0; i < EVALUATIONS.length; i++) {
      System.out.printf(
          "%nat most %s evaluations        used  mean excess  median excess  within 1 %%  above 10"
              + " %%%n",
          EVALUATIONS[i]);
      tables.get(i).forEach(this::print);
    }
  }

  /// What a solver came to.
  ///
  /// @param lowest loss on each curve
  /// @param evaluations the mean number
  private record Row(String name, double[] lowest, double evaluations) {}

  private Row row(Solver solver, int most) {
    double[] lowest = new double[CURVES];
    int evaluations = 0;
    for (int i = 0; i < CURVES; i++) {
      Watched watched = new Watched(curves.get(i));
      run(solver, watched, curves.get(i).start(), most);
      lowest[i] = watched.lowest();
      best[i] = Math.min(best[i], lowest[i]);
      evaluations += watched.evaluations();
    }
    return new Row(solver.name(), lowest, (double) evaluations / CURVES);
  }

  private static void run(
      Solver solver, MultivariateJacobianFunction function, double[] start, int most) {
    try {
      solver.method().fit(function, start, most);
    } catch (MathRuntimeException e) {
      // not at its end after so many evaluations, or nowhere: what was lowest counts
    }
  }

  /// Looks from the true parameters and elsewhere for what is lower than all that was found.
  private void findBest() {
    Solver exact = Solver.levenbergMarquardt();
    for (int i = 0; i < CURVES; i++) {
      Watched watched = new Watched(curves.get(i));
      run(exact, watched, curves.get(i).truth(), UNLIMITED);
      for (double middle : new double[] {-1.5, -0.5, 0.5, 1.5}) {
        double[] start = curves.get(i).start();
        start[2] = middle;
        run(exact, watched, start, UNLIMITED);
      }
      best[i] = Math.min(best[i], watched.lowest());
    }
  }

  private void print(Row row) {
    double[] excess = new double[CURVES];
    Arrays.setAll(excess, i -> row.lowest[i] - best[i]);
    System.out.printf(
        Locale.ROOT,
        "%-30s %7.1f %12.4f %14.6f %10.0f%% %10.0f%%%n",
        row.name,
        row.evaluations,
        Arrays.stream(excess).average().orElseThrow(),
        median(excess),
        share(row, 1.01),
        100 - share(row, 1.1));
  }

  /// Percent of the curves whose loss is within a factor of the best.
  private double share(Row row, double factor) {
    return 100.0
        * IntStream.range(0, CURVES).filter(i -> row.lowest[i] <= factor * best[i]).count()
        / CURVES;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /// Prints the processor time of a fit, the median of rounds in which all solvers take turns.
  private void times(int most) {
    List<Solver> solvers = solvers(most);
    double[][] rounds = new double[solvers.size()][ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int i = 0; i < rounds.length; i++) {
        rounds[i][Math.max(0, round)] = microseconds(solvers.get(i), most);
      }
    }
    System.out.printf("%nat most %s evaluations: microseconds a fit%n", most);
    for (int i = 0; i < rounds.length; i++) {
      System.out.printf("%-30s %8.0f%n", solvers.get(i).name(), median(rounds[i]));
    }
  }

  private double microseconds(Solver solver, int most) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    long fits = 0;
    do {
      for (Curve curve : curves.subList(0, TIMED)) {
        run(solver, curve, curve.start(), most);
      }
      fits += TIMED;
    } while (threads.getCurrentThreadCpuTime() - begin < ROUND_NANOS);
    return (threads.getCurrentThreadCpuTime() - begin) / 1e3 / fits;
  }
}
