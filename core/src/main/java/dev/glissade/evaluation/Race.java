package dev.glissade.evaluation;

import dev.glissade.LearningCurve;
import dev.glissade.Optimizer;
import dev.glissade.evaluation.Evaluation.Leg;
import dev.glissade.evaluation.LearningRateSearch.Family;
import dev.glissade.evaluation.LearningRateSearch.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Rates that race: what came of those that were tried, each on the first instances of an
/// evaluation. A rate that stays in the race is run on more of them; what it was run on before
/// counts, and is not run again.
final class Race {

  private final TreeMap<Integer, List<LearningCurve>> tried = new TreeMap<>();
  private final Evaluation evaluation;
  private final ToDoubleFunction<Runs> judge;
  private final Family family;
  private final RunListener progress;

  Race(Evaluation evaluation, ToDoubleFunction<Runs> judge, Family family, RunListener progress) {
    this.evaluation = evaluation;
    this.judge = judge;
    this.family = family;
    this.progress = progress;
  }

  /// Runs rates on the first instances, as far as that was not done before, all at once: so that as
  /// many machines as there are can share the work.
  ///
  /// @param exponents of rates that will all be asked for
  /// @param instances how many of them, at most those of the evaluation
  void prepare(IntStream exponents, int instances) {
    List<List<LearningCurve>> behind = new ArrayList<>();
    List<Leg> legs = new ArrayList<>();
    exponents
        .distinct()
        .forEach(exponent -> {
          List<LearningCurve> curves = tried.computeIfAbsent(exponent, _ -> new ArrayList<>());
          if (curves.size() < instances) {
            Optimizer<?> optimizer =
                family.at(LearningRateSearch.rate(exponent), evaluation.steps());
            behind.add(curves);
            legs.add(new Leg(optimizer, curves.size(), instances));
          }
        });
    List<Runs> runs = evaluation.run(legs, progress);
    for (int i = 0; i < runs.size(); i++) {
      behind.get(i).addAll(runs.get(i).curves());
    }
  }

  /// What came of a rate on the first instances.
  ///
  /// @param exponent of the rate, on the search's grid
  /// @param instances how many of them, at most those of the evaluation
  /// @return how bad the runs are; +∞ if any got stuck
  double loss(int exponent, int instances) {
    prepare(IntStream.of(exponent), instances);
    return score(curves(exponent).subList(0, instances));
  }

  /// Whether a rate does harm on the first instances: some run gets stuck, or they end on average
  /// above where the worst of them began. Above where they began on average is not enough: later
  /// minibatches may be harder than the first.
  boolean harms(int exponent, int instances) {
    double loss = loss(exponent, instances);
    double worstStart =
        curves(exponent).subList(0, instances).stream()
            .mapToDouble(curve -> score(List.of(standingStill(curve))))
            .max()
            .orElseThrow();
    return !Double.isFinite(loss) || loss > worstStart;
  }

  /// A run that stays where another one began.
  private static LearningCurve standingStill(LearningCurve curve) {
    double[] losses = new double[curve.steps() + 1];
    Arrays.fill(losses, curve.loss(0));
    return LearningCurve.of(losses, true, 0, 0);
  }

  /// How much lower one rate ends than another on each of the first instances, judged one by one;
  /// not finite where either got stuck.
  double[] advantages(int exponent, int other, int instances) {
    prepare(IntStream.of(exponent, other), instances);
    double[] advantages = new double[instances];
    for (int i = 0; i < instances; i++) {
      advantages[i] =
          score(curves(other).subList(i, i + 1)) - score(curves(exponent).subList(i, i + 1));
    }
    return advantages;
  }

  /// The rates that were tried, by their exponents, the lowest first.
  IntStream tried() {
    return List.copyOf(tried.keySet()).stream().mapToInt(Integer::intValue);
  }

  private List<LearningCurve> curves(int exponent) {
    return tried.getOrDefault(exponent, List.of());
  }

  private double score(List<LearningCurve> curves) {
    return judge.applyAsDouble(new Runs(curves, OptionalDouble.empty()));
  }

  /// The trials, by exponent, each on the most instances that it was run on.
  ///
  /// @param found the exponent of the rate that others are compared with; it is run where it was
  ///   not
  NavigableMap<Integer, Trial> trials(int found) {
    NavigableMap<Integer, Trial> trials = new TreeMap<>();
    for (int exponent : tried().toArray()) {
      List<LearningCurve> curves = curves(exponent);
      int instances = curves.size();
      double rate = LearningRateSearch.rate(exponent);
      double foundLoss = loss(found, instances);
      trials.put(exponent, new Trial(rate, score(curves), foundLoss, instances));
    }
    return trials;
  }
}
