package dev.glissade.torch.art;

import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/// The photos of a folder, divided by file so that no two splits share one: a fifth for VALIDATION,
/// a fifth for TEST, the rest for TRAIN. Which are which depends on the names of all of them.
///
/// @param files in the order of the division
public record Photos(List<Path> files) {

  private static final int MIN_COUNT = 100; // so that a fifth is 20

  public Photos {
    files = List.copyOf(files);
  }

  /// All JPEG and PNG files of a folder.
  ///
  /// @throws IOException with one line that says what to do, if there are too few
  public static Photos in(Path folder) throws IOException {
    List<Path> files = Files.isDirectory(folder) ? pictures(folder) : List.of();
    if (files.size() < MIN_COUNT) {
      throw new IOException(
          ("%s has %d photos, neural art needs %d at least to divide: put JPEG or PNG files there,"
                  + " such as those of BSDS500")
              .formatted(folder, files.size(), MIN_COUNT));
    }
    List<Path> shuffled = new ArrayList<>(files);
    Collections.shuffle(shuffled, Random.from(Seeds.stream(0, "photos", 0)));
    return new Photos(shuffled);
  }

  private static List<Path> pictures(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Photos::isPicture).sorted().toList();
    }
  }

  static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
  }

  /// The photos of one split.
  public List<Path> of(Split split) {
    int fifth = files.size() / 5;
    return switch (split) {
      case VALIDATION -> files.subList(0, fifth);
      case TEST -> files.subList(fifth, 2 * fifth);
      case TRAIN -> files.subList(2 * fifth, files.size());
    };
  }
}
