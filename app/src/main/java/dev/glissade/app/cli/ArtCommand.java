package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.art.ArtFiles;
import dev.glissade.app.art.ArtRun;
import dev.glissade.app.art.ArtSettings;
import dev.glissade.app.art.ArtTask;
import dev.glissade.app.art.StyleChoice;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.experiment.Laboratory;
import dev.glissade.app.report.ArtReport;
import dev.glissade.app.report.ArtReport.Line;
import dev.glissade.app.report.Chart;
import dev.glissade.app.report.Json;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.app.terminal.Shell;
import dev.glissade.app.terminal.Table;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Entrant;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Tuning;
import dev.glissade.internal.kernel.LstmKernels;
import dev.glissade.torch.art.Masterpiece;
import dev.glissade.torch.art.Painting;
import dev.glissade.torch.art.WeightedStyle;
import dev.glissade.torch.image.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `art`: it paints the content of a photo in the style of a painting, with a learned
/// optimizer or any other, and with `--compare` the same picture by several.
///
/// It prints the losses and the seconds of each optimizer and writes the picture; with `--compare`
/// also a sheet of all pictures on their way, their losses as CSV and all that was measured as
/// JSON. An optimizer that diverges leaves its last good picture. Exit code 1 if the picture does
/// not fit into memory or the network's weights are missing, 0 otherwise.
@Command(
    name = "art",
    description =
        "Paint the content of one picture in the style of another: an optimizer moves the pixels,"
            + " a network compares.",
    footer = {
      "",
      "Examples:",
      "  ./glissade art photo.jpg starry-night -o out.png",
      "  ./glissade art photo.jpg painting.jpg -o out.png",
      "  ./glissade art photo.jpg scream=2 great-wave -o out.png",
      "  ./glissade art photo.jpg painting.jpg -o out.png --compare adam,rprop",
      "",
      "A baseline without a rate gets the one that is best for this picture at 64",
      "pixels on its shorter side; it is remembered. --compare also writes",
      "OUT-compare.png, a sheet of all pictures on their way, .csv and .json."
    })
final class ArtCommand implements Callable<Integer> {

  /// The optimizer without `--optimizer`: the one that was trained for pictures.
  private static final String PRETRAINED = "pretrained:art";

  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CONTENT",
      description = "A photo, JPEG or PNG.")
  private Optional<Path> photo = Optional.empty();

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "STYLE", description = StyleChoice.FORMS)
  private List<String> styles = List.of();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "OUT.png",
      description = "The picture.")
  private Optional<Path> picture = Optional.empty();

  @Option(names = "--styles", description = "List the paintings that ship, and do nothing else.")
  private boolean listStyles;

  @Option(
      names = "--optimizer",
      paramLabel = "OPTIMIZER",
      defaultValue = PRETRAINED,
      description = OptimizerName.FORMS + " (default: ${DEFAULT-VALUE}).")
  private String optimizer = PRETRAINED;

  /// The optimizers to compare with, which make the same picture after the one of `--optimizer`.
  @Option(
      names = "--compare",
      split = ",",
      paramLabel = "OPTIMIZER",
      description = "Others to make the same picture with, such as adam,rprop.")
  private List<String> others = List.of();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "128",
      description = "Steps (default: ${DEFAULT-VALUE}).")
  private int steps;

  /// The number of steps from one intermediate picture to the next; empty for none.
  @Option(
      names = "--preview-every",
      paramLabel = "N",
      description = "Write the picture every N steps, too: OUT-0032.png, …")
  private Optional<Integer> previewEvery = Optional.empty();

  @Mixin private final ArtOptions art = new ArtOptions();

  /// The folder in which the weights of the comparing network are looked for.
  @Mixin private final DataOption data = new DataOption();

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final JsonOption json = new JsonOption();

  ArtCommand(Context context) {
    this.context = context;
  }

  /// Paints the picture, and the same one by each optimizer to compare with.
  ///
  /// Arguments, files and memory are checked for all optimizers before the first is run. Rates are
  /// tuned on the picture in small, all of them before the painting begins. The picture is written
  /// as soon as the first optimizer is done, so that it is there whatever becomes of the others.
  @Override
  public Integer call() throws IOException, FailureException {
    if (listStyles) {
      printStyles();
      return 0;
    }
    Path content = require(photo, "CONTENT, the photo");
    if (styles.isEmpty()) {
      throw missing("STYLE, the painting");
    }
    requireSteps();
    List<StyleChoice> paintings = styles.stream().map(StyleChoice::parse).toList();
    ArtSettings settings = art.settings(data.folder(context), context.console());
    List<OptimizerName> arguments = optimizers();
    ArtFiles files = new ArtFiles(require(picture, "-o OUT.png, the picture"));
    List<Path> inputs = new ArrayList<>(List.of(content));
    paintings.forEach(painting -> painting.file().ifPresent(inputs::add));
    inputs.addAll(OptimizerName.files(others));
    inputs.addAll(OptimizerName.files(List.of(optimizer)));
    json.check(context, inputs, outputs(files));
    for (Path output : outputs(files)) {
      Outputs.requireFile(output);
    }
    Picture shown = ArtTask.picture(content);
    List<WeightedStyle> loaded = new ArrayList<>();
    for (StyleChoice painting : paintings) {
      loaded.add(painting.load());
    }
    ArtTask task =
        ArtTask.of(content.toString(), shown, loaded, settings, data.folder(context), run.seed());
    for (OptimizerName argument : arguments) {
      task.requireMemory(argument.sample(), arguments.size());
    }
    Laboratory laboratory = context.laboratory();
    Tuning tuning = laboratory.tuning(smallPicture(task));
    List<Contender> contenders = new ArrayList<>();
    for (OptimizerName argument : arguments) {
      contenders.add(laboratory.contender(tuning, argument.entrant(steps)));
    }

    ArtRun paint = new ArtRun(context.console(), task.canvas(), steps);
    List<ArtRun.Result> results = new ArrayList<>();
    for (Contender contender : contenders) {
      boolean first = results.isEmpty();
      results.add(paint.paint(contender, first ? previews(files) : (_, _, _) -> {}));
      if (first) {
        Outputs.write(files.out(), results.getFirst().painting().picture().png());
        context.console().note("Wrote " + files.out());
      }
    }
    report(files, settings, paint, results);
    return 0;
  }

  /// Prints the paintings that ship.
  private void printStyles() {
    Table table = new Table(Column.text("style"), Column.text("title"), Column.text("painter"));
    for (Masterpiece painting : Masterpiece.values()) {
      table.add(painting.label(), painting.title(), painting.source());
    }
    table.print(context.console());
  }

  /// An argument that only `--styles` does without.
  private <T> T require(Optional<T> argument, String name) {
    return argument.orElseThrow(() -> missing(name));
  }

  private ParameterException missing(String name) {
    return new ParameterException(
        spec.commandLine(), "Missing %s; --styles lists the paintings that ship".formatted(name));
  }

  /// Refuses numbers of steps below 1.
  private void requireSteps() {
    if (steps < 1) {
      throw new IllegalArgumentException("--steps must be >= 1, got " + steps);
    }
    if (previewEvery.isPresent() && previewEvery.get() < 1) {
      throw new IllegalArgumentException("--preview-every must be >= 1, got " + previewEvery.get());
    }
  }

  /// The optimizers, the one of the picture first.
  ///
  /// @throws IllegalArgumentException if two have the same name, or there is none of a name
  private List<OptimizerName> optimizers() throws IOException {
    List<OptimizerName> arguments = new ArrayList<>();
    arguments.add(OptimizerName.parse(optimizer));
    for (String other : others) {
      arguments.add(OptimizerName.parse(other));
    }
    Entrant.requireDistinct(arguments.stream().map(it -> it.entrant(steps)).toList());
    return arguments;
  }

  /// The picture in small, for learning rates: one instance, because there is one picture. The seed
  /// is that of all tunings, so that rates are remembered.
  private Evaluation smallPicture(ArtTask task) {
    return new Evaluation(task.small(), Problem.Split.VALIDATION, 1, steps, Tuning.SEED);
  }

  /// All files that will be written, previews included, to find out first whether they can be. The
  /// last step is no preview: it is the picture.
  private List<Path> outputs(ArtFiles files) {
    List<Path> outputs = new ArrayList<>(List.of(files.out()));
    if (!others.isEmpty()) {
      outputs.addAll(List.of(files.sheet(), files.csv(), files.json()));
    }
    int every = previewEvery.orElse(steps);
    for (int step = every; step < steps; step += every) {
      outputs.add(files.preview(step, steps));
    }
    return outputs;
  }

  /// A watcher that writes previews, and that keeps up to date what is said if the user stops the
  /// painting: which picture is the last one on disk.
  private Painting.Listener previews(ArtFiles files) {
    int every = previewEvery.orElse(steps);
    Console console = context.console();
    console.onInterrupt("Interrupted: no picture was written; --preview-every N keeps some");
    return (step, _, picture) -> {
      if (step > 0 && step < steps && step % every == 0) {
        Outputs.write(files.preview(step, steps), picture.png());
        console.onInterrupt("Interrupted: the last picture is " + files.preview(step, steps));
      }
    };
  }

  /// Prints the losses and what diverged, and writes the files of the comparison.
  ///
  /// @param results one for each optimizer, that of the picture first
  /// @throws IOException if a file cannot be written after all
  private void report(
      ArtFiles files, ArtSettings settings, ArtRun paint, List<ArtRun.Result> results)
      throws IOException {
    Console console = context.console();
    List<Line> lines = results.stream().map(ArtRun.Result::line).toList();
    ArtReport report = report(settings, paint.canvas(), lines);
    console.print(
        "%s in the style of %s: %s x %s pixels, %s steps"
            .formatted(report.content(), report.style(), report.width(), report.height(), steps));
    report.table().print(console);
    for (ArtRun.Result result : results) {
      if (result.painting().diverged()) {
        console.note(
            "%s diverged: NaN or infinity from step %s on, its picture is that of the step before"
                .formatted(result.line().name(), result.painting().reached() + 1));
      }
    }
    json.write(context, report);
    if (!others.isEmpty()) {
      Outputs.write(files.json(), Json.write(report));
      Outputs.write(files.csv(), report.csv());
      if (Chart.canBeDrawn()) {
        Outputs.write(files.sheet(), paint.sheet(results).png());
        console.note("Wrote %s, %s, %s".formatted(files.sheet(), files.csv(), files.json()));
      } else {
        console.note(
            "Wrote %s and %s; no sheet of pictures: %s says why"
                .formatted(files.csv(), files.json(), Shell.command("doctor")));
      }
    }
  }

  /// The result as data, for the table, the CSV and JSON files.
  private ArtReport report(ArtSettings settings, ArtTask.Canvas canvas, List<Line> lines) {
    return new ArtReport(
        photo.map(Path::toString).orElse(""),
        StyleChoice.names(styles.stream().map(StyleChoice::parse).toList()),
        canvas.stylisation().width(),
        canvas.stylisation().height(),
        steps,
        settings.init().label(),
        settings.network().label(),
        settings.alpha(),
        settings.beta(),
        settings.gamma(),
        run.seed(),
        LstmKernels.fastestImplementation(),
        lines);
  }
}
