package dev.glissade.app.report;

import dev.glissade.app.Version;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.file.JsonObject;
import dev.glissade.meta.Episodes;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outcome;
import dev.glissade.training.RateSearch;
import dev.glissade.training.TrainingMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The result of a training: what `train` leaves in the folder of a run, and what its `--json`
/// writes.
///
/// @param run the folder
/// @param problem its full name
/// @param validationLoss the lowest; that of `best.safetensors`
/// @param startLoss that of the first weights
/// @param bestEpisode after which the lowest loss was measured
/// @param averaged whether it is that of the average over the last third of the training
/// @param nonFinite evaluations that gave NaN or infinity
/// @param rewinds how often it diverged and went back to its best weights
/// @param seconds of this command; less than the training's, if that was resumed
/// @param training all settings, as the folder's `run.json` holds them
/// @param rates what `--search-rate` tried, by rate; empty without it
/// @param validations all scores, by episode, that of the start first
/// @param episodes what was measured of the training, by episode; of many some
/// @param command that trains it again; empty if none is known
public record TrainingReport(
    String run,
    String problem,
    double validationLoss,
    double startLoss,
    long bestEpisode,
    boolean averaged,
    long nonFinite,
    int rewinds,
    double seconds,
    JsonObject training,
    List<RateSearch.Trial> rates,
    List<Score> validations,
    List<Episode> episodes,
    String command)
    implements Result {

  /// The name of its JSON file without the ending.
  public static final String NAME = "training";

  /// A validation.
  ///
  /// @param episode after which the optimizer was frozen and scored; 0 for the start
  /// @param loss that it had; +∞ if any run diverged
  public record Score(long episode, double loss) {}

  /// What was measured of an episode.
  ///
  /// @param episode its number, from 1
  /// @param loss of an ordinary step
  /// @param gradientNorm the root mean square of the norms of its meta-gradients, before clipping
  /// @param learningRate of the outer optimizer; empty if there is no such number
  public record Episode(
      long episode, double loss, double gradientNorm, OptionalDouble learningRate) {}

  public TrainingReport {
    rates = List.copyOf(rates);
    validations = List.copyOf(validations);
    episodes = List.copyOf(episodes);
  }

  /// The report of a training that has ended.
  ///
  /// @param run its folder
  /// @param metrics what was measured, by episode
  /// @param seconds of this command
  /// @param rates what was tried before
  /// @param command that trains it again; empty if none is known
  public static TrainingReport of(
      String run,
      MetaTraining training,
      Outcome outcome,
      List<TrainingMetrics> metrics,
      double seconds,
      List<RateSearch.Trial> rates,
      String command) {
    return new TrainingReport(
        run,
        training.problem().name(),
        outcome.validationLoss(),
        outcome.startLoss(),
        outcome.episode(),
        outcome.averaged(),
        outcome.nonFiniteCount(),
        outcome.rewinds(),
        seconds,
        training.toJson(),
        rates,
        scores(outcome, metrics),
        episodes(training, metrics),
        command);
  }

  /// The validations, that of the start first.
  private static List<Score> scores(Outcome outcome, List<TrainingMetrics> metrics) {
    return Stream.concat(
            Stream.of(new Score(0, outcome.startLoss())),
            metrics.stream()
                .filter(TrainingMetrics::isValidation)
                .map(it -> new Score(it.episode(), it.validationLoss())))
        .toList();
  }

  private static List<Episode> episodes(MetaTraining training, List<TrainingMetrics> metrics) {
    return IntStream.of(Plot.thinned(metrics.size(), Plot.MOST_POINTS))
        .mapToObj(metrics::get)
        .map(it -> episode(training.episodes(), it))
        .toList();
  }

  private static Episode episode(Episodes episodes, TrainingMetrics metrics) {
    double rate = metrics.learningRate();
    int steps = episodes.stepsOf(metrics.episode() - 1);
    return new Episode(
        metrics.episode(),
        episodes.loss().typical(metrics.metaLoss(), steps),
        metrics.gradientNorm(),
        Double.isNaN(rate) ? OptionalDouble.empty() : OptionalDouble.of(rate));
  }

  /// The validation that was kept, where it is one of those that were made.
  Predicate<Score> kept() {
    return score -> !averaged && score.episode == bestEpisode;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "An optimizer for " + problem;
  }

  @Override
  public String caption() {
    long count = training.object("episodes").whole("count");
    return "trained in %s episodes, in %s".formatted(Numbers.count(count), run);
  }

  @Override
  public List<String> verdict() {
    List<String> sentences = new ArrayList<>(List.of(headline()));
    sentences.addAll(remarks());
    return sentences;
  }

  private String headline() {
    String end = Numbers.loss(validationLoss);
    String start = Numbers.loss(startLoss);
    String when =
        averaged
            ? "with the average over the last third of the training"
            : "after episode " + Numbers.count(bestEpisode);
    return validationLoss > 0 && startLoss > validationLoss
        ? "The validation loss fell from %s to %s, %s times lower, %s."
            .formatted(start, end, Numbers.digits(startLoss / validationLoss, 2), when)
        : "The best validation loss is %s, %s; it was %s at the start.".formatted(end, when, start);
  }

  /// What else a person should know, in sentences: whether it went wrong, and what may help.
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (nonFinite > 0) {
      remarks.add("%s evaluations gave NaN or infinity".formatted(Numbers.count(nonFinite)));
    }
    if (rewinds > 0) {
      remarks.add(
          "The training diverged and went back to its best weights with half the learning rate,"
              + " %s: a lower --learning-rate may do better"
                  .formatted(rewinds == 1 ? "once" : rewinds + " times"));
    }
    if (bestEpisode == 0) {
      remarks.add(
          "No episode led to anything better than the start (%s): try more --episodes, another"
                  .formatted(Numbers.loss(startLoss))
              + " --learning-rate, or --search-rate 8");
    }
    return remarks;
  }

  @Override
  public Table table() {
    return new Columns<>(List.of(this))
        .number("validation loss", 0, it -> Numbers.loss(it.validationLoss))
        .number("at the start", 0, it -> Numbers.loss(it.startLoss))
        .number("after episode", 0, it -> Numbers.count(it.bestEpisode))
        .number("not finite", 1, it -> Numbers.count(it.nonFinite))
        .number("went back", 1, it -> Integer.toString(it.rewinds))
        .number("seconds", 2, it -> Numbers.digits(it.seconds, 3))
        .table();
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        new Figure(
            NAME,
            TrainingPlots.csv(this),
            () -> TrainingPlots.chart(this),
            TrainingPlots.main(this)));
  }

  @Override
  public List<Section> sections() {
    List<Section> sections = new ArrayList<>(TrainingPlots.section(this).stream().toList());
    sections.add(Section.of("Settings", training));
    return sections;
  }

  @Override
  public String howMade() {
    String budget =
        command.contains("--budget")
            ? " How many episodes fit into a budget depends on the machine: --episodes %s gives the"
                    .formatted(training.object("episodes").whole("count"))
                + " same result on any."
            : "";
    return ("The validation loss is that of the frozen optimizer on VALIDATION instances, which"
            + " training does not see.%s Made by Glissade %s.")
        .formatted(budget, Version.TEXT);
  }
}
