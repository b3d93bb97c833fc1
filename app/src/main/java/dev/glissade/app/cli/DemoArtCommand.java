package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.art.ArtRun;
import dev.glissade.app.art.ArtSettings;
import dev.glissade.app.art.ArtTask;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Markup;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.app.terminal.Shell;
import dev.glissade.evaluation.Contender;
import dev.glissade.torch.art.ArtLoss;
import dev.glissade.torch.art.ArtProblem.Start;
import dev.glissade.torch.art.Masterpiece;
import dev.glissade.torch.art.WeightedStyle;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.features.FeatureNetworks;
import dev.glissade.torch.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `demo art`: the optimizer for pictures paints a landscape in the style of each
/// painting that ships, in a minute or two. Exit code 1 if a picture cannot be written, 0
/// otherwise.
@Command(
    name = "art",
    description =
        "Paint a landscape in the style of four paintings, with an optimizer that is there for"
            + " that. Needs no download. The pictures go to runs/demo-art, or to --out.",
    footer = {"", "Example:", "  ./glissade demo art --out pictures"})
final class DemoArtCommand implements Callable<Integer> {

  private static final String OPTIMIZER = "pretrained:art";
  private static final int STEPS = 128; // as many as the optimizer was made for
  private static final String SUFFIX = ".png";

  /// Less style and more smoothness than usual: the landscape is made of few and large things,
  /// which strokes would hide.
  private static final double BETA = 300;

  private static final double GAMMA = 3000;

  private final Context context;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Where the pictures go (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("runs/demo-art");

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Pixels on the longer side (default: ${DEFAULT-VALUE}).")
  private int size = 256;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps for each picture (default: ${DEFAULT-VALUE}).")
  private int steps = STEPS;

  @Option(names = "--force", description = "Write over the pictures that are there.")
  private boolean force;

  @Mixin private final RunOptions run = new RunOptions();

  DemoArtCommand(Context context) {
    this.context = context;
  }

  /// Paints the pictures one after the other, each of which is there as soon as it is done.
  @Override
  public Integer call() throws IOException, FailureException {
    if (steps < 1) {
      throw new IllegalArgumentException("--steps must be >= 1, got " + steps);
    }
    ArtSettings settings =
        new ArtSettings(size, Start.CONTENT, FeatureNetworks.DISTILLED, ArtLoss.ALPHA, BETA, GAMMA);
    OptimizerName.Learned optimizer = OptimizerName.parseLearned(OPTIMIZER);
    Contender contender =
        new Contender.Learned(
            optimizer.name(), optimizer.trained().architecture().summary(), optimizer.sample());
    check();
    Picture landscape = Masterpiece.landscape();
    Outputs.write(folder.resolve("landscape" + SUFFIX), landscape.resizeLongerSide(size).png());
    for (Masterpiece painting : Masterpiece.values()) {
      WeightedStyle style = new WeightedStyle(painting.picture(), 1);
      ArtTask task =
          ArtTask.of("the landscape", landscape, List.of(style), settings, NO_DATA, run.seed());
      task.requireMemory(optimizer.sample(), 1);
      paint(painting, task, contender);
    }
    context
        .console()
        .print(
            "Next: @|bold %s|@ with a photo of yours"
                .formatted(
                    Markup.literal(
                        Shell.command("art", "photo.jpg", "starry-night", "-o", "out.png"))));
    return 0;
  }

  /// The network ships, so that no data are looked for.
  private static final DataFolder NO_DATA = new DataFolder(Path.of(""));

  private Path file(Masterpiece painting) {
    return folder.resolve(painting.label() + SUFFIX);
  }

  /// Refuses a folder that cannot be written to, or one with pictures.
  private void check() throws FailureException {
    List<Path> pictures = new ArrayList<>(List.of(folder.resolve("landscape" + SUFFIX)));
    for (Masterpiece painting : Masterpiece.values()) {
      pictures.add(file(painting));
    }
    for (Path picture : pictures) {
      if (!force && Files.exists(picture)) {
        throw new FailureException(
            "%s is there already: choose another --out, or add --force".formatted(picture));
      }
    }
    Outputs.requireFolder(folder);
  }

  private void paint(Masterpiece painting, ArtTask task, Contender contender) throws IOException {
    Console console = context.console();
    console.print(
        "@|bold %s|@: %s, %s …".formatted(painting.label(), painting.title(), painting.source()));
    ArtRun.Result result =
        new ArtRun(console, task.canvas(), steps, Optional.empty())
            .paint(contender, (_, _, _) -> {});
    Outputs.write(file(painting), result.painting().picture().png());
    double[] losses = result.painting().losses();
    console.print(
        "  loss %s → %s in %s: %s"
            .formatted(
                Numbers.loss(losses[0]),
                Numbers.loss(result.painting().loss()),
                Numbers.clock(result.painting().seconds()),
                file(painting)));
  }
}
