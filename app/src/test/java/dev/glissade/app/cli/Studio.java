package dev.glissade.app.cli;

import dev.glissade.torch.image.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// A folder with a photo, a painting and random weights in place of a trained network's, in which
/// `art` is run.
record Studio(Path folder) {

  /// Fills a folder.
  static Studio in(Path folder) throws IOException {
    Studio studio = new Studio(folder);
    FakeWeights.write(studio.data());
    noise(90, 60, 1).resize(60, 40).writePng(studio.photo());
    noise(50, 50, 2).writePng(studio.painting());
    return studio;
  }

  static Picture noise(int width, int height, long seed) {
    return Picture.noise(width, height, new SplittableRandom(seed));
  }

  Path data() {
    return folder.resolve("data");
  }

  Path photo() {
    return folder.resolve("photo.png");
  }

  Path painting() {
    return folder.resolve("painting.png");
  }

  /// Where a picture goes unless a test says otherwise; its folder is not there yet.
  Path out() {
    return folder.resolve("out/made.png");
  }

  /// Runs `art` with the random weights on the photo and the painting.
  Cli art(Object... more) {
    return art(photo(), painting(), out(), more);
  }

  /// Runs `art` with the random weights.
  Cli art(Path content, Path style, Path picture, Object... more) {
    Object[] fixed = {
      "art", content, style, "-o", picture, "--data", data(), "--weights", "squeezenet"
    };
    return Cli.run(folder, with(fixed, more));
  }

  /// The arguments, and more behind them.
  static Object[] with(Object[] arguments, Object... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray();
  }
}
