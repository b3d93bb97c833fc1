package dev.glissade.app.art;

import java.nio.file.Path;

/// Where the pictures of `art` go.
///
/// @param out the picture; everything else lies in the same folder and begins with its name
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

  /// The picture after a step.
  ///
  /// @param steps all of them: names sort as numbers do
  public Path preview(int step, int steps) {
    int digits = Math.max(4, Integer.toString(steps).length());
    return beside(("-%0" + digits + "d.png").formatted(step));
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
}
