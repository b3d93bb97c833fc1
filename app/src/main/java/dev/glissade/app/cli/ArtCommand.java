package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.art.ArtFiles;
import dev.glissade.app.art.ArtJob;
import dev.glissade.app.art.ArtPreviews;
import dev.glissade.app.art.ArtRun;
import dev.glissade.app.art.ArtSettings;
import dev.glissade.app.art.ArtTask;
import dev.glissade.app.art.StyleChoice;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.experiment.Laboratory;
import dev.glissade.app.tensorboard.EventLog;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Entrant;
import dev.glissade.evaluation.Tuning;
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
/// also a page and a sheet of all pictures on their way, their losses as CSV and all that was
/// measured as JSON. An optimizer that diverges leaves its last good picture. Exit code 1 if the
/// picture does not fit into memory or the network's weights are missing, 0 otherwise.
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
      "OUT-compare.html and .png, all pictures on their way, and .csv and .json."
    })
final class ArtCommand implements Callable<Integer> {

  /// The optimizer without `--optimizer`: the one that was made for pictures.
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

  /// The folder of events, in which each optimizer has one of its own.
  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "Write losses and pictures as events for TensorBoard there, too.")
  private Optional<Path> tensorboard = Optional.empty();

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
  /// tuned on the picture in small, all of them before the painting begins.
  @Override
  public Integer call() throws IOException, FailureException {
    if (listStyles) {
      StyleChoice.shippedTable().print(context.console());
      return 0;
    }
    Path content = require(photo, "CONTENT, the photo");
    if (styles.isEmpty()) {
      throw missing("STYLE, the painting");
    }
    if (steps < 1) {
      throw new IllegalArgumentException("--steps must be >= 1, got " + steps);
    }
    List<StyleChoice> paintings = styles.stream().map(StyleChoice::parse).toList();
    ArtSettings settings = art.settings(data.folder(context), context.console());
    List<OptimizerName> arguments = optimizers();
    ArtFiles files = new ArtFiles(require(picture, "-o OUT.png, the picture"));
    ArtPreviews previews = new ArtPreviews(files, steps, previewEvery);
    check(content, paintings, previews);
    for (OptimizerName argument : arguments) {
      if (tensorboard.isPresent()) {
        EventLog.requireNone(ArtRun.eventsOf(tensorboard.get(), argument.entrant(steps).name()));
      }
    }
    ArtJob job = job(content, paintings, settings);
    for (OptimizerName argument : arguments) {
      job.task().requireMemory(argument.sample(), arguments.size());
    }
    json.write(context, job.run(contenders(arguments, job), previews));
    return 0;
  }

  /// Refuses files that cannot be written, or that are read.
  private void check(Path content, List<StyleChoice> paintings, ArtPreviews previews)
      throws IOException, FailureException {
    List<Path> inputs = new ArrayList<>(List.of(content));
    paintings.forEach(painting -> painting.file().ifPresent(inputs::add));
    inputs.addAll(OptimizerName.files(others));
    inputs.addAll(OptimizerName.files(List.of(optimizer)));
    List<Path> outputs = new ArrayList<>(List.of(previews.files().out()));
    if (!others.isEmpty()) {
      outputs.addAll(previews.files().comparison());
    }
    outputs.addAll(previews.paths());
    json.check(context, inputs, outputs);
    for (Path output : outputs) {
      Outputs.requireFile(output);
    }
  }

  /// Reads the pictures.
  private ArtJob job(Path content, List<StyleChoice> paintings, ArtSettings settings)
      throws IOException {
    Picture shown = ArtTask.picture(content);
    List<WeightedStyle> loaded = new ArrayList<>();
    for (StyleChoice painting : paintings) {
      loaded.add(painting.load());
    }
    ArtTask task =
        ArtTask.of(content.toString(), shown, loaded, settings, data.folder(context), run.seed());
    return new ArtJob(
        context.console(),
        task,
        content.toString(),
        StyleChoice.names(paintings),
        steps,
        run.command(),
        tensorboard);
  }

  private List<Contender> contenders(List<OptimizerName> arguments, ArtJob job) {
    Laboratory laboratory = context.laboratory();
    Tuning tuning = laboratory.tuning(job.small());
    return arguments.stream()
        .map(argument -> laboratory.contender(tuning, argument.entrant(steps)))
        .toList();
  }

  /// An argument that only `--styles` does without.
  private <T> T require(Optional<T> argument, String name) {
    return argument.orElseThrow(() -> missing(name));
  }

  private ParameterException missing(String name) {
    return new ParameterException(
        spec.commandLine(), "Missing %s; --styles lists the paintings that ship".formatted(name));
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
}
