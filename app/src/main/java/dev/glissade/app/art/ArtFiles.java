package dev.glissade.app.art;

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

  /// The page of the comparison.
  public Path page() {
    return beside("-compare.html");
  }

  /// The files of a comparison, besides the picture.
  public List<Path> comparison() {
    return List.of(page(), sheet(), csv(), json());
  }

  private Path beside(String ending) {
    String name = out.getFileName().toString();
    return out.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ending);
  }
}
