package dev.glissade.app.art;

import dev.glissade.app.FailureException;
import dev.glissade.app.terminal.Outputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The files of `art`: the picture, and the names of all that is written with it.
///
/// @param out the picture, a path that ends in `.png`; everything else lies in the same folder and
///   begins with its name
public record ArtFiles(Path out) {

  private static final String SUFFIX = ".png";

  /// Refuses a picture that is no PNG.
  public ArtFiles {
    if (!out.toString().endsWith(SUFFIX)) {
      throw new IllegalArgumentException(
          "%s: pictures are written as PNG, so call it %s.png"
              .formatted(out, out.toString().replaceFirst("\\.\\w*$", "")));
    }
  }

  /// The file of the picture after a step, such as `out-0032.png`.
  ///
  /// @param step from 1 to `steps`
  /// @param steps all of them: they decide the number of digits, so that names sort as numbers do
  public Path preview(int step, int steps) {
    int digits = Math.max(4, Integer.toString(steps).length());
    return beside("-" + "0".repeat(digits - Integer.toString(step).length()) + step + ".png");
  }

  /// The sheet of all pictures on their way.
  public Path sheet() {
    return beside("-compare.png");
  }

  /// The losses of all optimizers, step by step.
  public Path csv() {
    return beside("-compare.csv");
  }

  /// All that was measured.
  public Path json() {
    return beside("-compare.json");
  }

  private Path beside(String ending) {
    String name = out.getFileName().toString();
    return out.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ending);
  }

  /// Refuses outputs that cannot be written, or that are an input under whatever name: a photo
  /// cannot be had again.
  ///
  /// @param inputs files that are read; those that are missing are no matter here
  /// @param outputs all files that will be written
  /// @throws IllegalArgumentException if an output is an input
  /// @throws FailureException if an output cannot be written
  /// @throws IOException if two files cannot be compared
  public void require(List<Path> inputs, List<Path> outputs) throws FailureException, IOException {
    for (Path output : outputs) {
      for (Path input : inputs) {
        if (Files.exists(output) && Files.exists(input) && Files.isSameFile(input, output)) {
          throw new IllegalArgumentException(
              "%s would be overwritten: choose another name for -o".formatted(input));
        }
      }
      Outputs.requireFile(output);
    }
  }
}
