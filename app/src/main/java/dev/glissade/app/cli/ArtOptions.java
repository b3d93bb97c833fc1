package dev.glissade.app.cli;

import dev.glissade.Optimizer;
import dev.glissade.app.FailureException;
import dev.glissade.app.art.ArtTask;
import dev.glissade.app.report.ArtReport.Line;
import dev.glissade.app.report.ArtReport;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.torch.art.ArtLoss;
import dev.glissade.torch.art.ArtMemory;
import dev.glissade.torch.art.ArtProblem.Start;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.features.FeatureNetworks;
import dev.glissade.torch.image.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// The options of `art` that say what picture is to be made.
final class ArtOptions {

  private static final int SMALLEST = 32; // the most that a feature network asks for
  private static final int LARGEST = 8192;
  private static final int TUNING_SIZE = 64;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "256",
      description = "Pixels on the longer side (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--init",
      paramLabel = "START",
      defaultValue = "content",
      description = "What the picture starts as: content or noise (default: ${DEFAULT-VALUE}).")
  private Start init = Start.CONTENT;

  @Option(
      names = "--weights",
      paramLabel = "NETWORK",
      defaultValue = "vgg19",
      description =
          "The network that compares pictures: vgg19, or distilled and squeezenet, which are six"
              + " times as fast and coarser (default: ${DEFAULT-VALUE}).")
  private FeatureNetworks network = FeatureNetworks.VGG19;

  @Option(
      names = "--alpha",
      paramLabel = "X",
      description = "Weight of the content (default: ${DEFAULT-VALUE}).")
  private double alpha = ArtLoss.ALPHA;

  @Option(
      names = "--beta",
      paramLabel = "X",
      description = "Weight of the style (default: ${DEFAULT-VALUE}).")
  private double beta = ArtLoss.BETA;

  @Option(
      names = "--gamma",
      paramLabel = "X",
      description = "Weight of smoothness (default: ${DEFAULT-VALUE}).")
  private double gamma = ArtLoss.GAMMA;

  int size() {
    return size;
  }

  /// On the longer side of the picture that learning rates are tuned on: the shorter side has 64
  /// pixels, so that all of it costs seconds, unless the picture is smaller than that itself.
  int tuningSize(ArtTask task) {
    return Math.min(size, smallestSize(task.content(), TUNING_SIZE));
  }

  /// To be called before anything is read.
  void check() {
    if (size < SMALLEST || size > LARGEST) {
      throw new IllegalArgumentException(
          "--size must be from %d to %d, got %d".formatted(SMALLEST, LARGEST, size));
    }
    requireWeight("--alpha", alpha);
    requireWeight("--beta", beta);
    requireWeight("--gamma", gamma);
  }

  private static void requireWeight(String option, double value) {
    if (!(value >= 0 && value <= 1e6)) {
      throw new IllegalArgumentException(
          "%s must be from 0 to 1000000, got %s".formatted(option, value));
    }
  }

  /// Reads the pictures and the network.
  ///
  /// @throws IOException with one line that says what is missing or wrong, and what to do
  ArtTask read(Path content, Path style, DataFolder folder, long seed) throws IOException {
    Picture photo = picture(content);
    Picture painting = picture(style);
    ArtLoss loss = ArtLoss.load(network, folder, alpha, beta, gamma);
    int smallest = smallestSize(photo, loss.network().minExtent());
    if (size < smallest) {
      throw new IllegalArgumentException(
          "%s is %d x %d pixels: --size must be >= %d, so that the shorter side has %d; or crop it"
              .formatted(
                  content, photo.width(), photo.height(), smallest, loss.network().minExtent()));
    }
    String settings =
        "weights=%s,alpha=%s,beta=%s,gamma=%s".formatted(network.label(), alpha, beta, gamma);
    return new ArtTask(photo, painting, loss, settings, init, seed);
  }

  private static Picture picture(Path file) throws IOException {
    Picture picture = Picture.read(file);
    if (Math.min(picture.width(), picture.height()) < SMALLEST) {
      throw new IOException(
          "%s: is %d x %d pixels, too few to see anything in: %d x %d are needed"
              .formatted(file, picture.width(), picture.height(), SMALLEST, SMALLEST));
    }
    return picture;
  }

  /// At which the shorter side has `pixels`.
  private static int smallestSize(Picture picture, int pixels) {
    int longer = Math.max(picture.width(), picture.height());
    int shorter = Math.min(picture.width(), picture.height());
    return (int) Math.ceil((pixels - 0.5) * longer / shorter);
  }

  ArtReport report(
      Path content,
      Path style,
      ArtTask.Canvas canvas,
      int steps,
      RunOptions run,
      List<Line> lines) {
    return new ArtReport(
        content.toString(),
        style.toString(),
        canvas.stylisation().width(),
        canvas.stylisation().height(),
        steps,
        init.label(),
        network.label(),
        alpha,
        beta,
        gamma,
        run.seed(),
        Kernels.implementationName(),
        lines);
  }

  /// Refuses pictures that memory is too small for.
  void requireMemory(ArtTask task, Optimizer<?> optimizer) throws FailureException {
    Picture content = task.content();
    double scale = size / (double) Math.max(content.width(), content.height());
    double pixels = scale * scale * content.width() * content.height();
    ArtMemory memory = ArtMemory.of(network, optimizer);
    if (pixels > memory.mostPixels(ArtMemory.Free.now())) {
      System.gc(); // what reading has left behind may be all that is too much
    }
    ArtMemory.Free free = ArtMemory.Free.now();
    long most = memory.mostPixels(free);
    if (pixels > most) {
      throw new FailureException(
          ("a picture of --size %d needs %s in Java and %s in libtorch, but %s and %s are free:"
                  + " --size %d is the largest that fits")
              .formatted(
                  size,
                  Numbers.bytes((long) (pixels * memory.heap())),
                  Numbers.bytes((long) (pixels * memory.nativeMemory())),
                  Numbers.bytes(free.heap()),
                  Numbers.bytes(free.nativeMemory()),
                  (int) (size * Math.sqrt(most / pixels))));
    }
  }
}
