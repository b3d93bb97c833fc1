package dev.glissade.app.cli;

import dev.glissade.ParameterLayout;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.report.Chart;
import dev.glissade.app.report.Json;
import dev.glissade.app.report.ResponseChart;
import dev.glissade.app.report.ResponseTable;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Markup;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.app.terminal.Shell;
import dev.glissade.app.terminal.Table;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.evaluation.Responses;
import dev.glissade.evaluation.Responses.History;
import dev.glissade.evaluation.Responses.Response;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.LearnedRate;
import dev.glissade.learned.TrainedOptimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `inspect`: it prints what a learned optimizer is, how it was trained, how large its
/// weights are, which learning rates it has learned, and what it answers to simple gradients.
///
/// With `--out` it writes `response.json`, and `response.svg` and `response.png` where charts can
/// be drawn. Exit code 0.
@Command(
    name = "inspect",
    description =
        "Show what a learned optimizer is, how it came to be, and what it has learned: its update"
            + " as a function of the gradients it has seen.",
    footer = {"", "Example:", "  ./glissade inspect pretrained:quadratic --out ."})
final class InspectCommand implements Callable<Integer> {

  /// The steps at which learned rates are shown: two to a power of ten from 10 on, as far as the
  /// longest runs of the experiments go.
  private static final int[] RATE_STEPS = {1, 10, 32, 100, 316, 1000};

  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "OPTIMIZER",
      completionCandidates = Candidates.OfPretrained.class,
      description = "A .safetensors file, a run folder or pretrained:NAME.")
  private String optimizer = "";

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Write response.json, response.svg and response.png there.")
  private Optional<Path> out = Optional.empty();

  @Mixin private final JsonOption json = new JsonOption();

  InspectCommand(Context context) {
    this.context = context;
  }

  /// A block of weights in what `--json` writes.
  ///
  /// @param name of the block
  /// @param shape its dimensions
  /// @param meanMagnitude the mean of the weights' absolute values
  /// @param largest the largest absolute value
  private record Weights(String name, List<Integer> shape, double meanMagnitude, double largest) {}

  /// The learned rate of a rule that is corrected, in what `--json` writes.
  ///
  /// @param group of blocks that the rate is for
  /// @param base the name of the rule
  /// @param atStep the rate by step, counted from 1
  /// @param fading the power by which a gradient that shrinks shortens the steps
  private record Rate(String group, String base, Map<String, Double> atStep, double fading) {}

  /// The result that `--json` writes, and `response.json` holds.
  ///
  /// @param optimizer as it was named
  /// @param architecture as its file describes it
  /// @param history how it was trained: the problem, the validation loss and more
  /// @param weights block by block
  /// @param rates empty if the optimizer corrects no rule
  /// @param responses to gradients of several magnitudes, constant and alternating
  private record Report(
      String optimizer,
      JsonObject architecture,
      JsonObject history,
      List<Weights> weights,
      List<Rate> rates,
      List<Response> responses) {}

  /// Examines the optimizer, prints and writes what comes out. Nothing is trained, and no problem
  /// or data set is needed.
  @Override
  public Integer call() throws IOException, FailureException {
    OptimizerName.Learned learned = OptimizerName.parseLearned(optimizer);
    List<Path> outputs =
        out.map(folder -> List.of(folder.resolve("response.json"))).orElse(List.of());
    json.check(context, OptimizerName.files(List.of(optimizer)), outputs);
    if (out.isPresent()) {
      Outputs.requireFolder(out.get());
    }
    TrainedOptimizer trained = learned.trained();
    Responses response = Responses.of(trained.optimizer());
    Report report =
        new Report(
            learned.name(),
            trained.architecture().toJson(),
            trained.history(),
            weights(trained),
            trained.rates().stream().map(InspectCommand::rate).toList(),
            response.responses());
    print(report, response);
    json.write(context, report);
    if (out.isPresent()) {
      writePicture(report, response, out.get());
    }
    return 0;
  }

  /// The sizes of the weights, a row for each block, in the order of the file.
  private static List<Weights> weights(TrainedOptimizer trained) {
    List<Weights> weights = new ArrayList<>();
    float[] all = trained.weights();
    for (ParameterLayout.Slice slice : trained.architecture().layout().slices()) {
      double sum = 0;
      double largest = 0;
      for (float weight : slice.of(all)) {
        sum += Math.abs(weight);
        largest = Math.max(largest, Math.abs(weight));
      }
      ParameterLayout.Block block = slice.block();
      weights.add(new Weights(block.name(), block.shape(), sum / block.size(), largest));
    }
    return weights;
  }

  /// The rate at the steps that are shown. Step 1 is the one before which none was made.
  private static Rate rate(LearnedRate rate) {
    Map<String, Double> atStep = new LinkedHashMap<>();
    for (int step : RATE_STEPS) {
      atStep.put("" + step, rate.after(step - 1));
    }
    return new Rate(rate.group(), rate.base().baseline().name(), atStep, rate.fading());
  }

  /// Prints the report in the order of its questions: what it is, how it was trained, what it has
  /// learned.
  private void print(Report report, Responses response) {
    Console console = context.console();
    console.print("@|bold %s|@".formatted(Markup.literal(report.optimizer)));
    print(console, report.architecture);
    console.print("\n@|bold How it came to be|@");
    print(console, report.history);
    console.print("");
    Table table =
        new Table(
            Column.text("weights"),
            Column.text("shape"),
            Column.number("mean |w|", 0),
            Column.number("largest |w|", 0));
    for (Weights block : report.weights) {
      table.add(
          block.name,
          block.shape,
          Numbers.digits(block.meanMagnitude, 3),
          Numbers.digits(block.largest, 3));
    }
    table.print(console);
    if (!report.rates.isEmpty()) {
      printRates(report.rates);
    }
    for (History history : History.values()) {
      ResponseTable.print(console, response, history);
    }
  }

  /// Prints what is in an object, what is in others inside it under names like `rest/network`.
  private static void print(Console console, JsonObject object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.forEachText(texts::put);
    texts.values().removeIf(String::isEmpty);
    int width = texts.keySet().stream().mapToInt(String::length).max().orElse(0);
    texts.forEach((key, text) ->
        console.print(Markup.literal("  " + key + " ".repeat(width + 2 - key.length()) + text)));
  }

  /// Prints the learned rates as a table, a row for each group of blocks. On a narrow terminal
  /// steps 32 and 316 give way.
  private void printRates(List<Rate> rates) {
    Console console = context.console();
    console.print("\n@|bold Learning rates of the rules that it corrects, without its network|@");
    List<Column> columns = new ArrayList<>(List.of(Column.text("group"), Column.text("rule")));
    for (int step : RATE_STEPS) {
      columns.add(Column.number("step " + step, step == 32 || step == 316 ? 1 : 0));
    }
    columns.add(Column.number("fading", 0));
    Table table = new Table(columns.toArray(Column[]::new));
    for (Rate rate : rates) {
      List<String> cells = new ArrayList<>(List.of(rate.group, rate.base));
      rate.atStep.values().forEach(value -> cells.add(Numbers.digits(value, 2)));
      cells.add(Numbers.digits(rate.fading, 2));
      table.add(cells.toArray());
    }
    table.print(console);
    console.print("fading: the power by which a gradient that shrinks shortens the steps");
  }

  /// Writes the data and, where there are fonts, the chart of the answers to constant gradients.
  ///
  /// @param folder that is there already
  private void writePicture(Report report, Responses response, Path folder) throws IOException {
    Outputs.write(folder.resolve("response.json"), Json.write(report));
    if (!Chart.canBeDrawn()) {
      context
          .console()
          .note("Wrote response.json; no picture: %s says why".formatted(Shell.command("doctor")));
      return;
    }
    Chart picture = ResponseChart.of(report.optimizer, response, History.CONSTANT);
    Outputs.write(folder.resolve("response.svg"), picture.svg());
    Outputs.write(folder.resolve("response.png"), picture.png());
    context
        .console()
        .note("Wrote %s, response.svg, response.json".formatted(folder.resolve("response.png")));
  }
}
