package dev.glissade.torch.art;

import dev.glissade.Problem.Split;
import dev.glissade.Seeds;
import dev.glissade.torch.image.PictureFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// The photos of a folder, divided by file so that no two splits share one: a fifth for VALIDATION,
/// a fifth for TEST, the rest for TRAIN. Which are which depends on the names of all of them.
///
/// @param files in the order of the division
public record Photos(List<Path> files) {

  private static final int MIN_COUNT = 100; // so that a fifth is 20

  public Photos {
    files = List.copyOf(files);
  }

  /// The photos of a folder: all of its JPEG and PNG files.
  ///
  /// @throws IOException with one line that says what to do, if there are too few
  public static Photos in(Path folder) throws IOException {
    List<Path> files = PictureFolder.of(folder).files();
    if (files.size() < MIN_COUNT) {
      throw new IOException(
          ("%s has %s photos, neural art needs %s at least to divide: put JPEG or PNG files there,"
                  + " such as those of BSDS500")
              .formatted(folder, files.size(), MIN_COUNT));
    }
    List<Path> shuffled = new ArrayList<>(files);
    Collections.shuffle(shuffled, Random.from(Seeds.stream(0, "photos", 0)));
    return new Photos(shuffled);
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
