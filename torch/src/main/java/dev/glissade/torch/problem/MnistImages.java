package dev.glissade.torch.problem;

import dev.glissade.problem.Labelled;
import dev.glissade.problem.Option;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.data.ImageSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Images of 28×28 pixels in ten classes: MNIST's digits, the sets that are made like it, and those
/// of a folder of the user's.
sealed interface MnistImages {

  /// The option that chooses them, `data`.
  static Option<MnistImages> option() {
    String known =
        Arrays.stream(Known.values()).map(Known::label).collect(Collectors.joining(", "));
    return Option.of(
        "data",
        Known.MNIST,
        "one of %s, or a folder of idx files: a path with a / and without a comma".formatted(known),
        "which images",
        MnistImages::parse,
        MnistImages::text);
  }

  /// Where the images are.
  ///
  /// @param folder of data sets
  ImageSource in(DataFolder folder);

  /// The text that stands for these images in a problem's name.
  String text();

  private static Optional<MnistImages> parse(String text) {
    for (Known known : Known.values()) {
      if (known.label().equals(text)) {
        return Optional.of(known);
      }
    }
    try {
      Path path = Path.of(text);
      boolean isName = path.getNameCount() == 1 && !path.isAbsolute() && !text.startsWith(".");
      Own own = new Own(path.toAbsolutePath().normalize());
      return isName || own.text().contains(",") ? Optional.empty() : Optional.of(own);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /// The data sets that Glissade knows.
  enum Known implements MnistImages, Labelled {
    MNIST("mnist"),
    FASHION("fashion-mnist"),
    KMNIST("kmnist");

    private final String dataSet;

    Known(String dataSet) {
      this.dataSet = dataSet;
    }

    @Override
    public ImageSource in(DataFolder folder) {
      return new ImageSource.Known(dataSet, folder);
    }

    @Override
    public String text() {
      return label();
    }
  }

  /// Images of the user's.
  ///
  /// @param path absolute, so that a problem's name means the same everywhere on a machine
  record Own(Path path) implements MnistImages {
    @Override
    public ImageSource in(DataFolder folder) {
      return new ImageSource.Folder(path);
    }

    @Override
    public String text() {
      return path.toString();
    }
  }
}
