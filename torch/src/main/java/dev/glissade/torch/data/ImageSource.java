package dev.glissade.torch.data;

import dev.glissade.torch.internal.ShippedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A place that labelled images can be read from. Equal sources have the same images.
public sealed interface ImageSource {

  /// Reads the images anew; [ImageData#load] reads them once.
  ///
  /// @throws IOException with one line that says which file is missing or wrong, where, and what to
  ///   do
  ImageData read() throws IOException;

  /// A data set that Glissade knows, in the folder of all of them.
  ///
  /// @param dataSet `mnist`, `fashion-mnist`, `kmnist` or `cifar10`
  /// @param folder where data sets are kept
  record Known(String dataSet, DataFolder folder) implements ImageSource {

    @Override
    public ImageData read() throws IOException {
      return dataSet.equals("cifar10")
          ? fromBatches(CifarFiles.OFFICIAL.read(folder))
          : IdxFiles.read(dataSet, this::file);
    }

    /// The images of the batches that were found.
    ImageData fromBatches(CifarFiles.Batches batches) throws IOException {
      if (batches.training().isEmpty()) {
        throw missing(CifarFiles.TRAINING.getFirst());
      }
      if (batches.test().isEmpty()) {
        throw missing(CifarFiles.TEST);
      }
      LabelledImages training = LabelledImages.concatenate(batches.training());
      String summary =
          "cifar10: %s training images (%s of %s batches), %s test images"
              .formatted(
                  training.count(),
                  batches.training().size(),
                  CifarFiles.TRAINING.size(),
                  batches.test().get().count());
      return new ImageData(summary, training, batches.test().get());
    }

    private CheckedInput file(String part) throws IOException {
      List<Path> found = folder.files(dataSet, part);
      if (found.isEmpty()) {
        throw missing(part + ".gz");
      }
      return CheckedInput.open(found.getFirst());
    }

    private IOException missing(String file) {
      return new IOException(
          ("%s is missing: put it into %s, or run %s (--data DIR or GLISSADE_DATA says where data"
                  + " are)")
              .formatted(file, folder.of(dataSet), folder.fetch(dataSet)));
    }
  }

  /// A folder with idx files, named as those of MNIST are, packed or not.
  ///
  /// @param path of the folder, wherever it is
  record Folder(Path path) implements ImageSource {

    @Override
    public ImageData read() throws IOException {
      return IdxFiles.read(path.toString(), this::file);
    }

    private CheckedInput file(String part) throws IOException {
      List<Path> found = new DataFolder(path).files("", part);
      if (found.isEmpty()) {
        throw new IOException("%s is missing in %s: put it there".formatted(part + ".gz", path));
      }
      return CheckedInput.open(found.getFirst());
    }
  }

  /// The images that ship with Glissade.
  enum Shipped implements ImageSource {
    /// Handwritten digits of 8×8 pixels, bytes from 0 to 16: 3,823 training images of 30 people in
    /// random order, 1,797 test images of 13 others.
    ///
    /// Reference: E. Alpaydin, C. Kaynak, *Optical recognition of handwritten digits*, UCI Machine
    /// Learning Repository, 1998, CC BY 4.0.
    DIGITS("digits");

    private final String folder;

    Shipped(String folder) {
      this.folder = folder;
    }

    @Override
    public ImageData read() throws IOException {
      return IdxFiles.read(folder, this::file);
    }

    private CheckedInput file(String part) throws IOException {
      ShippedFile file = new ShippedFile(folder + "/" + part + ".gz");
      return CheckedInput.of(file.path(), file.bytes());
    }
  }
}
