package dev.glissade.torch.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The pictures of a folder, by the endings of their names.
///
/// @param files in the order of their names
public record PictureFolder(List<Path> files) {

  /// The endings of the names of pictures, in lower case.
  public static final List<String> SUFFIXES = List.of(".jpg", ".jpeg", ".png");

  public PictureFolder {
    files = List.copyOf(files);
  }

  /// The pictures of a folder: all of its JPEG and PNG files; none where there is no folder.
  public static PictureFolder of(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return new PictureFolder(List.of());
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return new PictureFolder(entries.filter(PictureFolder::isPicture).sorted().toList());
    }
  }

  /// Names that begin with a dot are not shown to people: macOS writes `._x.jpg` beside `x.jpg` on
  /// disks of others, and it holds no picture.
  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && SUFFIXES.stream().anyMatch(name::endsWith)
        && Files.isRegularFile(file);
  }

  /// The names of the pictures without their endings.
  public List<String> names() {
    return files.stream()
        .map(file -> file.getFileName().toString())
        .map(name -> name.substring(0, name.lastIndexOf('.')))
        .toList();
  }
}
