package dev.glissade.torch.data;

import dev.glissade.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A data set of labelled images, divided so that the splits of a problem never share an image:
/// TEST is the test images, VALIDATION the last of the training images, TRAIN the rest.
///
/// VALIDATION is as large as TEST, but at most a third of the training images. A network soon knows
/// few images by heart, so that a learning rate that is tuned on fewer images than it is used on
/// would be tuned for something else.
///
/// @param summary what was found, for people
/// @param training the training images, in the order of the files
/// @param test the test images
public record ImageData(String summary, LabelledImages training, LabelledImages test) {

  private static final Map<Path, ImageData> LOADED = new ConcurrentHashMap<>();

  /// The data set of that name, which is read when it is first asked for and then shared by the
  /// whole process.
  ///
  /// @param name `mnist`, `fashion-mnist`, `kmnist` or `cifar10`
  /// @throws IOException with one line that says which file is missing or wrong, where, and what to
  ///   do
  public static ImageData load(String name, DataFolder folder) throws IOException {
    Path key = folder.of(name).toAbsolutePath().normalize();
    ImageData loaded = LOADED.get(key);
    if (loaded != null) {
      return loaded;
    }
    synchronized (LOADED) {
      loaded = LOADED.get(key);
      if (loaded == null) {
        loaded = name.equals("cifar10") ? loadCifar(folder) : loadIdx(name, folder);
        LOADED.put(key, loaded);
      }
      return loaded;
    }
  }

  private static ImageData loadIdx(String name, DataFolder folder) throws IOException {
    LabelledImages training = loadIdx(name, "train", folder);
    LabelledImages test = loadIdx(name, "t10k", folder);
    String summary =
        "%s: %s training images, %s test images".formatted(name, training.count(), test.count());
    return new ImageData(summary, training, test);
  }

  private static LabelledImages loadIdx(String name, String part, DataFolder folder)
      throws IOException {
    return IdxFiles.read(
        require(name, part + "-images-idx3-ubyte", folder),
        require(name, part + "-labels-idx1-ubyte", folder));
  }

  private static Path require(String name, String file, DataFolder folder) throws IOException {
    List<Path> found = folder.files(name, file);
    if (found.isEmpty()) {
      throw missing(name, file + ".gz", folder);
    }
    return found.getFirst();
  }

  private static ImageData loadCifar(DataFolder folder) throws IOException {
    return fromBatches(CifarFiles.OFFICIAL.read(folder), folder);
  }

  static ImageData fromBatches(CifarFiles.Batches batches, DataFolder folder) throws IOException {
    if (batches.training().isEmpty()) {
      throw missing("cifar10", CifarFiles.TRAINING.getFirst(), folder);
    }
    if (batches.test().isEmpty()) {
      throw missing("cifar10", CifarFiles.TEST, folder);
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

  private static IOException missing(String name, String file, DataFolder folder) {
    return new IOException(
        ("%s is missing: put it into %s, or run %s (--data DIR or GLISSADE_DATA says where data"
                + " are)")
            .formatted(file, folder.of(name), folder.fetch(name)));
  }

  /// The images of one split.
  public ImageSubset images(Problem.Split split) {
    int held = Math.min(test.count(), training.count() / 3);
    int kept = training.count() - held;
    return switch (split) {
      case TRAIN -> ImageSubset.range(training, 0, kept);
      case VALIDATION -> ImageSubset.range(training, kept, training.count());
      case TEST -> ImageSubset.range(test, 0, test.count());
    };
  }
}
