package dev.glissade.app.report;

import dev.glissade.ParameterLayout;
import dev.glissade.app.Version;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.evaluation.Responses;
import dev.glissade.evaluation.Responses.Response;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.LearnedRate;
import dev.glissade.learned.TrainedOptimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a learned optimizer is and what it has learned: what `inspect` prints and writes.
///
/// @param optimizer as it was named
/// @param architecture as its file describes it
/// @param history how it was trained: the problem, the validation loss and more
/// @param weights block by block
/// @param rates empty if the optimizer corrects no rule
/// @param responses to gradients of several magnitudes, constant and alternating
/// @param command that shows it again
public record InspectionReport(
    String optimizer,
    JsonObject architecture,
    JsonObject history,
    List<Weights> weights,
    List<Rate> rates,
    List<Response> responses,
    String command)
    implements Result {

  /// The name of its JSON file without the ending.
  public static final String NAME = "response";

  /// The steps at which learned rates are shown: two to a power of ten from 10 on, as far as the
  /// longest runs of the experiments go.
  private static final int[] RATE_STEPS = {1, 10, 32, 100, 316, 1000};

  /// A block of weights.
  ///
  /// @param name of the block
  /// @param shape its dimensions
  /// @param meanMagnitude the mean of the weights' absolute values
  /// @param largest the largest absolute value
  public record Weights(String name, List<Integer> shape, double meanMagnitude, double largest) {

    private static Weights of(ParameterLayout.Slice slice, float[] all) {
      double sum = 0;
      double largest = 0;
      for (float weight : slice.of(all)) {
        sum += Math.abs(weight);
        largest = Math.max(largest, Math.abs(weight));
      }
      ParameterLayout.Block block = slice.block();
      return new Weights(block.name(), block.shape(), sum / block.size(), largest);
    }
  }

  /// The learned rate of a rule that is corrected.
  ///
  /// @param group of blocks that the rate is for
  /// @param base the name of the rule
  /// @param atStep the rate by step, counted from 1
  /// @param fading the power by which a gradient that shrinks shortens the steps
  public record Rate(String group, String base, Map<String, Double> atStep, double fading) {

    /// The rate at the steps that are shown. Step 1 is the one before which none was made.
    private static Rate of(LearnedRate rate) {
      Map<String, Double> atStep = new LinkedHashMap<>();
      for (int step : RATE_STEPS) {
        atStep.put("" + step, rate.after(step - 1));
      }
      return new Rate(rate.group(), rate.base().baseline().name(), atStep, rate.fading());
    }
  }

  public InspectionReport {
    weights = List.copyOf(weights);
    rates = List.copyOf(rates);
    responses = List.copyOf(responses);
  }

  /// Examines an optimizer. Nothing is trained, and no problem or data set is needed.
  ///
  /// @param name as it was named
  /// @param command that shows it again
  public static InspectionReport of(String name, TrainedOptimizer trained, String command) {
    float[] all = trained.weights();
    return new InspectionReport(
        name,
        trained.architecture().toJson(),
        trained.history(),
        trained.architecture().layout().slices().stream()
            .map(slice -> Weights.of(slice, all))
            .toList(),
        trained.rates().stream().map(Rate::of).toList(),
        Responses.of(trained.optimizer()).responses(),
        command);
  }

  /// The answers, by history.
  Responses answers() {
    return new Responses(responses);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "What %s has learned".formatted(optimizer);
  }

  @Override
  public List<String> verdict() {
    return ResponseVerdict.of(answers());
  }

  /// The weights, a row for each block, in the order of the file.
  @Override
  public Table table() {
    return new Columns<>(weights)
        .text("weights", 0, Weights::name)
        .text("shape", 0, block -> block.shape.toString())
        .number("mean |w|", 0, block -> Numbers.digits(block.meanMagnitude, 3))
        .number("largest |w|", 0, block -> Numbers.digits(block.largest, 3))
        .table();
  }

  /// The learned rates, a row for each group of blocks. On a narrow terminal steps 32 and 316 give
  /// way.
  Table rateTable() {
    Columns<Rate> columns =
        new Columns<>(rates).text("group", 0, Rate::group).text("rule", 0, Rate::base);
    for (int step : RATE_STEPS) {
      columns.number(
          "step " + step,
          step == 32 || step == 316 ? 1 : 0,
          rate -> Numbers.digits(rate.atStep.getOrDefault("" + step, Double.NaN), 2));
    }
    return columns.number("fading", 0, rate -> Numbers.digits(rate.fading, 2)).table();
  }

  @Override
  public List<Figure> figures() {
    return ResponsePlots.figures(optimizer, answers());
  }

  @Override
  public List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    if (!rates.isEmpty()) {
      sections.add(ResponsePlots.rates(this));
    }
    sections.add(Section.of("What it is", architecture));
    sections.add(Section.of("How it came to be", history));
    return sections;
  }

  @Override
  public String howMade() {
    return ("The effective learning rate is −update / gradient: the rate at which plain gradient"
            + " descent would make the same step. Made by Glissade %s.")
        .formatted(Version.TEXT);
  }
}
