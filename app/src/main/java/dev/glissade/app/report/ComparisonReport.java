package dev.glissade.app.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.glissade.Problem;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Comparison.Entry;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.LearningRateSearch.Trial;
import dev.glissade.evaluation.Ranking;
import dev.glissade.evaluation.RateSource;
import dev.glissade.evaluation.Statistics;
import dev.glissade.evaluation.Statistics.Interval;
import dev.glissade.evaluation.UpdateTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// The result of a comparison as data: what tables, pictures and pages are made from, and what the
/// JSON file holds. `compare` and `demo` write it; experiments make theirs from one or several.
///
/// @param problem its full name
/// @param split that the instances are taken from
/// @param steps of each run
/// @param instances of the problem
/// @param seed that decides on the instances
/// @param kernels which kernels learned optimizers ran on
/// @param optimizers in the order in which they were named
/// @param best the name of the first in the ranking
/// @param updates what the best learned optimizer and the best baseline propose along a run on the
///   first instance; empty if that was not asked
/// @param command that gives it again; empty if it is part of something larger
public record ComparisonReport(
    String problem,
    Problem.Split split,
    int steps,
    int instances,
    long seed,
    String kernels,
    List<Line> optimizers,
    String best,
    Optional<UpdateTrace> updates,
    String command)
    implements Result {

  /// The steps at which bands are known: about so many.
  private static final int BAND_STEPS = 60;

  /// The resamples of a band, which is seen and not read.
  private static final int BAND_RESAMPLES = 400;

  /// The result of one optimizer.
  ///
  /// @param name in tables and plots
  /// @param baseline whether it is hand-designed
  /// @param rateSource where its learning rate comes from; empty for a learned optimizer
  /// @param trials the learning rates that were tried for it, ascending; empty if none was searched
  ///   for
  /// @param settings what decides it
  /// @param curve the mean loss at step 0 … steps
  /// @param sum of the curve from step 1 on
  /// @param band the 95 % confidence interval of the mean loss at some of the steps
  /// @param last the losses after the last step
  /// @param late the mean losses after the last tenth of the steps
  /// @param diverged how many runs came to nothing: got stuck, or ended above their start
  /// @param stuck how many runs ended where no step can be made: at a loss or a gradient that is
  ///   NaN or infinite
  /// @param interventions how often guards stepped in, in all runs
  /// @param nonFinite how many evaluations of all runs gave NaN or infinity
  /// @param stepsToBestBaseline the first step at which the curve is at or below the final mean of
  ///   the best baseline
  /// @param differenceToBestBaseline how far the final losses are from those of the best baseline;
  ///   empty for itself
  /// @param microsPerStep time for one step, the objective included; empty if there were too few
  ///   runs to know
  /// @param heldOut the losses of the results on what was held out; empty where nothing was
  public record Line(
      String name,
      boolean baseline,
      Optional<RateSource> rateSource,
      List<Trial> trials,
      Map<String, String> settings,
      List<Double> curve,
      Plot.Band band,
      double sum,
      @JsonProperty("final") Final last,
      @JsonProperty("lastTenth") Final late,
      int diverged,
      int stuck,
      long interventions,
      long nonFinite,
      OptionalInt stepsToBestBaseline,
      Optional<Difference> differenceToBestBaseline,
      OptionalDouble microsPerStep,
      Optional<Final> heldOut)
      implements Ranking.Ranked {

    /// The mean of the final losses, by which optimizers are ranked.
    @Override
    public double mean() {
      return last.mean;
    }

    /// The microseconds until the curve is where the best baseline ends; empty if it never is, or
    /// the time of a step is not known.
    public OptionalDouble microsToBestBaseline() {
      return stepsToBestBaseline.isPresent() && microsPerStep.isPresent()
          ? OptionalDouble.of(stepsToBestBaseline.getAsInt() * microsPerStep.getAsDouble())
          : OptionalDouble.empty();
    }

    /// Whether its learning rate was searched for, and found.
    public boolean tuned() {
      return rateSource.equals(Optional.of(RateSource.TUNED));
    }
  }

  /// A summary of losses, one for each instance.
  ///
  /// @param mean over the instances
  /// @param ci95 the 95 % confidence interval of the mean, low and high
  /// @param median over the instances
  /// @param losses of each instance
  public record Final(
      double mean,
      @JsonFormat(shape = Shape.ARRAY) Interval ci95,
      double median,
      List<Double> losses) {

    private static Final of(double[] losses) {
      return new Final(
          Statistics.mean(losses),
          Statistics.bootstrap95(losses),
          Statistics.median(losses),
          DoubleStream.of(losses).boxed().toList());
    }
  }

  /// A mean difference of losses on the same instances.
  ///
  /// @param mean below 0 where the losses are lower than those they are compared with
  /// @param ci95 its 95 % confidence interval, low and high; NaN for a single instance
  /// @param percent the mean, in per cent of the mean loss that is compared with; NaN where that is
  ///   not > 0
  /// @param percentCi95 the interval, likewise
  public record Difference(
      double mean,
      @JsonFormat(shape = Shape.ARRAY) Interval ci95,
      double percent,
      @JsonFormat(shape = Shape.ARRAY) Interval percentCi95) {

    /// The difference with an interval around it.
    ///
    /// @param reference the mean loss that is compared with
    static Difference of(double mean, Interval interval, double reference) {
      double unit = reference > 0 ? 100 / reference : Double.NaN;
      return new Difference(
          mean, interval, unit * mean, new Interval(unit * interval.low(), unit * interval.high()));
    }

    /// Whether the losses are lower, and not by chance.
    public boolean below() {
      return ci95.high() < 0;
    }

    /// Whether the losses are higher, and not by chance, or have diverged.
    public boolean above() {
      return ci95.low() > 0 || !Double.isFinite(mean);
    }
  }

  /// The report of a comparison.
  ///
  /// @param updates what was asked after it
  /// @param kernels as `LstmKernels.fastestImplementation()` names them
  /// @param command that gives it again; empty if it is part of something larger
  public static ComparisonReport of(
      Comparison comparison, Optional<UpdateTrace> updates, String kernels, String command) {
    return new ComparisonReport(
        comparison.evaluation().problem().name(),
        comparison.evaluation().split(),
        comparison.evaluation().steps(),
        comparison.evaluation().instances(),
        comparison.evaluation().seed(),
        kernels,
        comparison.entries().stream().map(entry -> line(comparison, entry)).toList(),
        comparison.ranking().best().name(),
        updates,
        command);
  }

  /// The report with the seed that was given, where the instances have one that is derived from it.
  public ComparisonReport withSeed(long given) {
    return new ComparisonReport(
        problem, split, steps, instances, given, kernels, optimizers, best, updates, command);
  }

  private static Line line(Comparison comparison, Entry entry) {
    return new Line(
        entry.name(),
        entry.baseline(),
        rateSource(entry.contender()),
        trials(entry.contender()),
        settings(entry.contender()),
        DoubleStream.of(entry.curve()).boxed().toList(),
        band(entry, comparison.evaluation().steps()),
        entry.sum(),
        new Final(
            entry.mean(),
            entry.interval(),
            entry.median(),
            DoubleStream.of(entry.finalLosses()).boxed().toList()),
        Final.of(entry.lateLosses()),
        entry.diverged(),
        entry.stuck(),
        entry.interventions(),
        entry.nonFiniteCount(),
        comparison.stepsToBestBaseline(entry),
        difference(comparison, entry),
        entry.microsPerStep(),
        heldOut(entry.heldOutLosses()));
  }

  private static Optional<Final> heldOut(double[] losses) {
    return DoubleStream.of(losses).allMatch(Double::isNaN)
        ? Optional.empty()
        : Optional.of(Final.of(losses));
  }

  private static Plot.Band band(Entry entry, int steps) {
    List<Double> at = new ArrayList<>();
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    int count = Math.min(steps, BAND_STEPS);
    for (int i = 0; i <= count; i++) {
      int step = (int) Math.round((double) i * steps / count);
      Interval interval = Statistics.bootstrap95(entry.losses(step), BAND_RESAMPLES);
      at.add((double) step);
      low.add(interval.low());
      high.add(interval.high());
    }
    return new Plot.Band(at, low, high);
  }

  /// The source of a baseline's rate.
  private static Optional<RateSource> rateSource(Contender contender) {
    return switch (contender) {
      case Contender.Designed designed -> Optional.of(designed.source());
      case Contender.Learned _ -> Optional.empty();
    };
  }

  private static List<Trial> trials(Contender contender) {
    return switch (contender) {
      case Contender.Designed designed -> designed.trials();
      case Contender.Learned _ -> List.of();
    };
  }

  /// The settings that decide an optimizer, by name: the learning rate and the rest of a baseline,
  /// the architecture of a learned one.
  ///
  /// @return numbers as text with all their digits, so that a run can be repeated
  public static Map<String, String> settings(Contender contender) {
    return switch (contender) {
      case Contender.Designed(_, var rule, _, _) -> {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("learningRate", Double.toString(rule.learningRate()));
        rule.settings().forEach(it -> settings.put(it.name(), Double.toString(it.value())));
        yield settings;
      }
      case Contender.Learned(_, var summary, _) -> Map.of("architecture", summary);
    };
  }

  /// The difference to the best baseline, where there is one to compare with.
  private static Optional<Difference> difference(Comparison comparison, Entry entry) {
    return comparison
        .differenceToBestBaseline(entry)
        .map(interval -> {
          double reference = comparison.ranking().bestBaseline().orElseThrow().mean();
          return Difference.of(entry.mean() - reference, interval, reference);
        });
  }

  @Override
  public String name() {
    return "comparison";
  }

  @Override
  public String title() {
    return problem;
  }

  @Override
  public String caption() {
    return "mean loss over %s %s instances after %s steps"
        .formatted(Numbers.count(instances), split, Numbers.count(steps));
  }

  @Override
  public List<String> verdict() {
    return Stream.of(Verdict.of(this), Verdict.time(this)).flatMap(Optional::stream).toList();
  }

  @Override
  public Table table() {
    return ComparisonTable.of(this);
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        new Figure(
            "curves", CurvesCsv.write(this), () -> CurvesChart.of(this), ComparisonPlots.of(this)));
  }

  @Override
  public List<Section> sections() {
    return Stream.of(updates.map(trace -> UpdatesSection.of(this, trace)), RatesSection.of(this))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public String howMade() {
    return howMeasured("") + " Made by Glissade.";
  }

  /// The sentences on how it was measured.
  ///
  /// @param tuning on how many VALIDATION instances, if that is known, with a space after it;
  ///   otherwise empty
  String howMeasured(String tuning) {
    String rates =
        optimizers.stream().anyMatch(Line::tuned)
            ? " Learning rates of baselines, where none was given, are tuned on %s%sVALIDATION instances."
                .formatted(tuning, split == Problem.Split.VALIDATION ? "other " : "")
            : "";
    return ("Mean loss over %s %s instances (seed %s), the same for every optimizer, %s steps"
            + " each.%s Intervals of means are by the bootstrap (expanded percentiles of 10,000"
            + " resamples), those of paired differences by Student's t. Learned optimizers ran"
            + " on the %s kernels.")
        .formatted(instances, split, seed, steps, rates, kernels);
  }

  /// The sentences on how it was measured for an experiment, whose number of tuning instances is
  /// known.
  String howMeasured(ExperimentReport.Origin origin) {
    return howMeasured(origin.tuningInstances() + " ")
        + " The paper's values are read from its figures, good to about 1 %.";
  }

  /// The result of the optimizer of that name, which must be one of the report's.
  public Line line(String name) {
    return optimizers.stream().filter(line -> line.name().equals(name)).findFirst().orElseThrow();
  }

  /// The optimizers in the order of their final losses, the best first; those with runs that got
  /// stuck come last.
  public List<Line> ranking() {
    return Ranking.of(optimizers).entries();
  }

  /// The best baseline, if there is one of which no run got stuck.
  public Optional<Line> bestBaseline() {
    return Ranking.of(optimizers).bestBaseline();
  }

  /// The best learned optimizer, if there is one of which no run got stuck.
  public Optional<Line> bestLearned() {
    return Ranking.of(optimizers).bestLearned();
  }
}
