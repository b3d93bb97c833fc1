package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Optimizer;
import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.LearningRateSearch;
import dev.glissade.evaluation.LearningRateSearch.Found;
import dev.glissade.evaluation.Runs;
import dev.glissade.evaluation.Statistics;
import dev.glissade.evaluation.Tuning;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Guarded;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tables of guarded optimizers in `docs/pretrained.md`. It takes minutes and is no test that a
/// build runs: `mvn -pl core test -Dtest=GuardTable` prints them, on VALIDATION instances, or with
/// `-Dglissade.split=TEST` on those that are reported.
class GuardTable {

  private static final Split SPLIT =
      Split.valueOf(System.getProperty("glissade.split", "VALIDATION"));

  /// Other instances than those that rates are tuned on.
  private static final long SEED = SPLIT == Split.TEST ? 1 : 7;

  private static final List<String> AWAY =
      List.of(
          "quadratic:dim=5",
          "quadratic:dim=20",
          "quadratic:dim=50",
          "quadratic-uniform:dim=20",
          "lasso",
          "rosenbrock",
          "rastrigin");

  /// A problem, tuned Adam, and what that reaches there.
  private record Column(Evaluation evaluation, Adam adam, double reached) {

    static Column of(String problem, int instances) {
      int steps = problem.equals("rosenbrock") ? 200 : 100;
      var parsed = new ProblemCatalog(Problems.core()).parse(problem);
      var tuning = new Evaluation(parsed, Split.VALIDATION, 32, steps, Tuning.SEED);
      var found = (Found) new LearningRateSearch(tuning).search((r, _) -> new Adam(r), () -> {});
      var evaluation = new Evaluation(parsed, SPLIT, instances, steps, SEED);
      Adam adam = new Adam(found.best().learningRate());
      return new Column(evaluation, adam, end(evaluation.run(adam)));
    }

    double alone(Optimizer<?> optimizer) {
      return end(evaluation.run(optimizer)) / reached;
    }

    double guarded(Optimizer<?> optimizer) {
      Runs runs = evaluation.run(new Guarded<>(optimizer, adam));
      assertThat(runs.stuck()).isZero();
      return end(runs) / reached;
    }

    private static double end(Runs runs) {
      return Statistics.mean(runs.finalLosses());
    }
  }

  private static double row(String name, Optimizer<?> optimizer, List<Column> columns) {
    double worst = 0;
    StringBuilder row = new StringBuilder("| `" + name + "` |");
    for (Column column : columns) {
      double guarded = column.guarded(optimizer);
      worst = Math.max(worst, guarded);
      row.append(String.format(Locale.ROOT, " %.3g (%.3g) |", guarded, column.alone(optimizer)));
    }
    System.out.println(row);
    return worst;
  }

  @Test
  void away() {
    List<Column> columns = AWAY.stream().map(it -> Column.of(it, 64)).toList();
    double worst = 0;
    for (Pretrained pretrained : Pretrained.values()) {
      Optimizer<?> optimizer = pretrained.load().optimizer();
      worst = Math.max(worst, row(pretrained.label(), optimizer, columns));
    }
    System.out.println("worst: " + worst);
  }

  @Test
  void damaged() {
    List<Column> columns = AWAY.stream().map(it -> Column.of(it, 32)).toList();
    List<Double> worst = new ArrayList<>();
    Stream.of("quadratic", "quadratic-uniform", "mnist", "mnist-robust", "digits")
        .map(Pretrained::named)
        .forEach(it -> {
          for (Damage damage : Damage.values()) {
            String name = it.label() + " " + damage;
            worst.add(row(name, damage.of(it.load()), columns));
          }
        });
    System.out.println("worst of each: " + worst);
  }

  @Test
  void atHome() {
    for (String home : List.of("quadratic", "quadratic-uniform")) {
      List<Column> columns = List.of(Column.of(home, 512));
      for (String name : List.of(home, "smooth", "general")) {
        row(name + " on " + home, Pretrained.named(name).load().optimizer(), columns);
      }
    }
  }

  /// Ways to make the weights of an optimizer worthless.
  private enum Damage {
    SHUFFLED,
    REDRAWN,
    NOISY,
    UNTRAINED;

    Optimizer<?> of(TrainedOptimizer trained) {
      float[] weights = trained.weights();
      long seed = SPLIT == Split.TEST ? 2 : 1;
      if (this == UNTRAINED) {
        return trained.architecture().with(trained.architecture().initialWeights(seed));
      }
      RandomGenerator random = Seeds.stream(seed, name(), weights.length);
      float[] before = weights.clone();
      double scale = Math.sqrt(Statistics.mean(squares(weights)));
      for (int i = weights.length - 1; i >= 0; i--) {
        int j = random.nextInt(i + 1);
        switch (this) {
          case SHUFFLED -> {
            float weight = weights[i];
            weights[i] = weights[j];
            weights[j] = weight;
          }
          case REDRAWN -> weights[i] = (float) (scale * random.nextGaussian());
          default -> weights[i] = before[i] + (float) (0.5 * scale * random.nextGaussian());
        }
      }
      return trained.architecture().with(weights);
    }

    private static double[] squares(float[] values) {
      double[] squares = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        squares[i] = (double) values[i] * values[i];
      }
      return squares;
    }
  }
}
