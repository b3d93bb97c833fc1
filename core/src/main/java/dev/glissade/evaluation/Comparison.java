package dev.glissade.evaluation;

import dev.glissade.evaluation.Evaluation.Leg;
import dev.glissade.evaluation.Statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/// Optimizers side by side on the same instances.
///
/// @param evaluation what they were run on
/// @param entries one for each contender, in their order, at least one
public record Comparison(Evaluation evaluation, List<Entry> entries) {

  /// The most steps of a trace.
  private static final int LONGEST_TRACE = 200;

  /// The last step at which optimizers are asked for their answers to other gradients.
  private static final int LAST_ASKED = 32;

  /// These gradients, in units of a coordinate's usual one.
  private static final List<Double> MULTIPLES = multiples();

  public Comparison {
    entries = List.copyOf(entries);
  }

  /// How one optimizer of the comparison did.
  public static final class Entry implements Ranking.Ranked {

    private final Contender contender;
    private final Runs runs;
    private final double[] curve;
    private final double[] finalLosses;
    private final Interval interval;

    /// @param runs those of the contender
    Entry(Contender contender, Runs runs) {
      this.contender = contender;
      this.runs = runs;
      this.curve = runs.meanCurve();
      this.finalLosses = runs.finalLosses();
      this.interval = Statistics.bootstrap95(finalLosses);
    }

    /// The optimizer that was run, as it entered the comparison.
    public Contender contender() {
      return contender;
    }

    /// The optimizer's name in tables and plots.
    public String name() {
      return contender.name();
    }

    @Override
    public boolean baseline() {
      return contender.baseline();
    }

    /// The mean loss at step 0 … steps, a new array.
    public double[] curve() {
      return curve.clone();
    }

    /// The last loss of each instance, a new array.
    public double[] finalLosses() {
      return finalLosses.clone();
    }

    /// The loss of each instance at a step, a new array.
    ///
    /// @param step 0 … steps
    public double[] losses(int step) {
      return runs.losses(step);
    }

    /// The mean loss of each instance after the last tenth of the steps, a new array.
    public double[] lateLosses() {
      return runs.lateLosses();
    }

    @Override
    public double mean() {
      return Statistics.mean(finalLosses);
    }

    /// The 95 % confidence interval of the mean, by the bootstrap.
    public Interval interval() {
      return interval;
    }

    /// The median of the final losses.
    public double median() {
      return Statistics.median(finalLosses);
    }

    /// The loss of each run's result on what was held out, a new array; NaN where nothing was.
    public double[] heldOutLosses() {
      return runs.heldOut().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// The geometric mean of the losses of each run over its steps, a new array.
    public double[] geometricMeans() {
      return runs.geometricMeans();
    }

    /// The geometric mean of the losses at step 0 … steps, a new array.
    public double[] geometricCurve() {
      return runs.geometricCurve();
    }

    /// How many runs came to nothing: got stuck, or ended above their start.
    public int diverged() {
      return runs.diverged();
    }

    @Override
    public int stuck() {
      return runs.stuck();
    }

    /// How often guards stepped in, in all runs.
    public long interventions() {
      return runs.interventions();
    }

    /// How many evaluations of all runs gave NaN or infinity.
    public long nonFiniteCount() {
      return runs.nonFiniteCount();
    }

    /// The time for one step, the objective included, in microseconds; empty if there were too few
    /// runs to know.
    public OptionalDouble microsPerStep() {
      return runs.microsPerStep();
    }

    /// The sum of the mean curve over steps 1 … steps.
    public double sum() {
      double sum = 0;
      for (int t = 1; t < curve.length; t++) {
        sum += curve[t];
      }
      return sum;
    }

    /// The first step at which the mean curve is at or below `loss`.
    public OptionalInt stepsTo(double loss) {
      for (int t = 0; t < curve.length; t++) {
        if (curve[t] <= loss) {
          return OptionalInt.of(t);
        }
      }
      return OptionalInt.empty();
    }
  }

  /// Runs all contenders on the same instances.
  ///
  /// @param contenders at least one
  /// @param progress is told of each run when it is done
  public static Comparison run(
      Evaluation evaluation, List<Contender> contenders, RunListener progress) {
    List<Leg> legs =
        contenders.stream()
            .map(contender -> new Leg(contender.optimizer(), 0, evaluation.instances()))
            .toList();
    return of(evaluation, contenders, evaluation.run(legs, progress));
  }

  /// Runs all contenders on the same instances, as far as their runs are not kept already.
  ///
  /// @param contenders at least one
  /// @param kept where runs are looked for, and kept as soon as they are made
  /// @param progress is told of each run when it is there
  public static Comparison run(
      Evaluation evaluation, List<Contender> contenders, KeptRuns kept, RunListener progress) {
    return of(evaluation, contenders, evaluation.run(contenders, kept, progress));
  }

  private static Comparison of(Evaluation evaluation, List<Contender> contenders, List<Runs> runs) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      entries.add(new Entry(contenders.get(i), runs.get(i)));
    }
    return new Comparison(evaluation, entries);
  }

  /// The entries, the best first.
  public Ranking<Entry> ranking() {
    return Ranking.of(entries);
  }

  /// The first step at which an entry's mean curve is at or below the best baseline's final mean.
  public OptionalInt stepsToBestBaseline(Entry entry) {
    return ranking()
        .bestBaseline()
        .map(baseline -> entry.stepsTo(baseline.mean()))
        .orElse(OptionalInt.empty());
  }

  /// The 95 % confidence interval of how far an entry's final losses are from those of the best
  /// baseline, by Student's t of the paired differences; empty where it is that itself, or there is
  /// none.
  public Optional<Interval> differenceToBestBaseline(Entry entry) {
    return ranking()
        .bestBaseline()
        .filter(baseline -> !baseline.name().equals(entry.name()))
        .map(b -> Statistics.pairedDifference95(entry.finalLosses, b.finalLosses));
  }

  /// What the best learned optimizer proposes along a run of its own on the first instance, and the
  /// best baseline next to it, as far as 200 steps.
  ///
  /// @param progress is told the number of each step when it is done
  /// @return empty if no optimizer is learned and sound, or that run diverges
  public Optional<UpdateTrace> trace(IntConsumer progress) {
    Optional<Contender> learned = ranking().bestLearned().map(Entry::contender);
    if (learned.isEmpty()) {
      return Optional.empty();
    }
    List<Contender> contenders = new ArrayList<>(List.of(learned.get()));
    ranking().bestBaseline().map(Entry::contender).ifPresent(contenders::add);
    try {
      return Optional.of(
          UpdateTrace.of(
              evaluation.instance(0),
              contenders,
              traced(),
              step -> Integer.bitCount(step) == 1 && step <= LAST_ASKED,
              MULTIPLES,
              progress));
    } catch (ArithmeticException e) { // the run diverges, or has no gradients
      return Optional.empty();
    }
  }

  /// The number of steps that are traced.
  public int traced() {
    return Math.min(evaluation.steps(), LONGEST_TRACE);
  }

  /// Two gradients to a power of ten, from a hundredth to a hundred times the usual one, and 0.
  private static List<Double> multiples() {
    List<Double> multiples = new ArrayList<>();
    for (int i = 4; i >= -4; i--) {
      multiples.add(-Math.pow(10, i / 2.0));
    }
    multiples.add(0.0);
    for (int i = -4; i <= 4; i++) {
      multiples.add(Math.pow(10, i / 2.0));
    }
    return List.copyOf(multiples);
  }
}
