package dev.glissade.app.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.glissade.app.Version;
import dev.glissade.app.report.Plot.Axis;
import dev.glissade.app.report.Plot.Kind;
import dev.glissade.app.report.Plot.Role;
import dev.glissade.app.report.Plot.Series;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.torch.art.Painting;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// A picture that was made, or the same one by several optimizers, as data: what `art --json`
/// writes. `art` makes it and prints its table.
///
/// @param content the path of the photo, as the user wrote it
/// @param style the path of the painting, likewise
/// @param width of the picture, in pixels
/// @param height of the picture, in pixels
/// @param steps of each run
/// @param init what the picture started as
/// @param weights the network that compared pictures
/// @param alpha weight of the content
/// @param beta weight of the style
/// @param gamma weight of the roughness
/// @param seed of a start from noise
/// @param kernels which kernels learned optimizers ran on
/// @param optimizers the one of the picture first
/// @param gallery the pictures on their way, where there are several optimizers; in JSON they are
///   only in the page's part
/// @param command that makes it again
public record ArtReport(
    String content,
    String style,
    int width,
    int height,
    int steps,
    String init,
    String weights,
    double alpha,
    double beta,
    double gamma,
    long seed,
    String kernels,
    List<Line> optimizers,
    @JsonIgnore Optional<Gallery> gallery,
    String command)
    implements Result {

  public ArtReport {
    optimizers = List.copyOf(optimizers);
  }

  /// The result of one optimizer.
  ///
  /// @param name on the command line
  /// @param baseline whether it is hand-designed
  /// @param settings what decides it, by name
  /// @param curve the loss at step 0 … steps; NaN from where the run diverged
  /// @param nonFinite steps whose loss or gradient was NaN or infinite, or that were left out
  ///   because nothing would have changed after one
  /// @param seconds for all steps
  public record Line(
      String name,
      boolean baseline,
      Map<String, String> settings,
      List<Double> curve,
      int nonFinite,
      double seconds) {

    /// The line of a run.
    ///
    /// @param settings as [ComparisonReport#settings] gives them
    public static Line of(
        String name, boolean baseline, Map<String, String> settings, Painting painting) {
      List<Double> losses = DoubleStream.of(painting.losses()).boxed().toList();
      int nonFinite = (int) losses.stream().filter(loss -> !Double.isFinite(loss)).count();
      return new Line(name, baseline, settings, losses, nonFinite, painting.seconds());
    }

    /// The loss after the last step.
    double last() {
      return curve.getLast();
    }

    /// The learning rate, to three digits, of a baseline whose name does not say it; empty for all
    /// others.
    public Optional<String> rate() {
      return Optional.ofNullable(settings.get("learningRate"))
          .filter(_ -> !name.contains("="))
          .map(rate -> Numbers.digits(Double.parseDouble(rate), 3));
    }
  }

  @Override
  public String name() {
    return "art";
  }

  @Override
  public String title() {
    return "%s in the style of %s".formatted(content, style);
  }

  @Override
  public String caption() {
    return "%s × %s pixels, %s steps".formatted(width, height, Numbers.count(steps));
  }

  /// A sentence on the optimizer of the picture and the best of the others.
  @Override
  public List<String> verdict() {
    Line first = optimizers.getFirst();
    return optimizers.stream()
        .skip(1)
        .filter(line -> Double.isFinite(line.last()))
        .min(Comparator.comparingDouble(Line::last))
        .filter(_ -> Double.isFinite(first.last()))
        .map(other ->
            "%s ends at a loss of %s, %s at one of %s: %s times as high."
                .formatted(
                    first.name,
                    Numbers.loss(first.last()),
                    other.name,
                    Numbers.loss(other.last()),
                    Numbers.digits(other.last() / first.last(), 3)))
        .stream()
        .toList();
  }

  /// The table of the losses on the way and of the times, in the order of the optimizers.
  @Override
  public Table table() {
    return new Columns<>(optimizers)
        .text("optimizer", 0, Line::name)
        .number("rate", 2, line -> line.rate().orElse(""))
        .number("loss at the start", 3, line -> Numbers.loss(line.curve().getFirst()))
        .number("half-way", 1, line -> Numbers.loss(line.curve().get(steps / 2)))
        .number("at the end", 0, line -> Numbers.loss(line.curve().getLast()))
        .number("seconds", 0, line -> Numbers.digits(line.seconds(), 3))
        .table();
  }

  /// The curves as comma-separated values: a row for each step, a column for each optimizer.
  public String csv() {
    return CurvesCsv.write(
        optimizers.stream().map(Line::name).toList(),
        optimizers.stream().map(Line::curve).toList());
  }

  @Override
  public List<Figure> figures() {
    List<Series> series = new ArrayList<>();
    LineChart chart = new LineChart(title(), "step", "loss");
    for (Line line : optimizers) {
      Color color = Charts.color(series.size());
      double[] curve = Charts.values(line.curve);
      double[] at = Charts.steps(0, steps);
      chart.add(line.name, at, curve, color);
      series.add(
          new Series(
              line.name,
              line.baseline ? Role.BASELINE : Role.LEARNED,
              Charts.code(color),
              IntStream.rangeClosed(0, steps).asDoubleStream().boxed().toList(),
              line.curve));
    }
    Plot plot =
        new Plot("Loss", Kind.LINES, Axis.linear("step"), Axis.losses("loss", true), series);
    return List.of(new Figure("curves", csv(), chart::chart, List.of(plot)));
  }

  @Override
  public List<Section> sections() {
    return gallery
        .map(pictures ->
            new Section("On the way", List.of(), List.of(), Optional.empty(), List.of(pictures)))
        .stream()
        .toList();
  }

  @Override
  public String howMade() {
    return ("The loss is of this one picture, as the network %s sees it, with the weights %s of the"
            + " content, %s of the style and %s of smoothness; the picture starts as %s. Rates of"
            + " baselines, where none was given, are the best for the picture in small. Made by"
            + " Glissade %s.")
        .formatted(weights, alpha, beta, gamma, init, Version.TEXT);
  }
}
