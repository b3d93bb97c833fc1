package dev.glissade.app.report;

import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.torch.art.Painting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

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
    List<Line> optimizers) {

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

    /// The learning rate, to three digits, of a baseline whose name does not say it; empty for all
    /// others.
    public Optional<String> rate() {
      return Optional.ofNullable(settings.get("learningRate"))
          .filter(_ -> !name.contains("="))
          .map(rate -> Numbers.digits(Double.parseDouble(rate), 3));
    }
  }

  /// The table of the losses on the way and of the times, in the order of the optimizers.
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
}
