package dev.glissade.torch.data;

import dev.glissade.Problem;
import java.io.IOException;
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

  private static final Map<ImageSource, ImageData> LOADED = new ConcurrentHashMap<>();

  /// The images of a source, which are read when they are first asked for and then shared by the
  /// whole process.
  ///
  /// @throws IOException with one line that says which file is missing or wrong, where, and what to
  ///   do
  public static ImageData load(ImageSource source) throws IOException {
    ImageData loaded = LOADED.get(source);
    if (loaded != null) {
      return loaded;
    }
    synchronized (LOADED) {
      loaded = LOADED.get(source);
      if (loaded == null) {
        loaded = source.read();
        LOADED.put(source, loaded);
      }
      return loaded;
    }
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

  /// Whether all images are squares of that many pixels on a side.
  public boolean isSquare(int extent) {
    return training.isSquare(extent) && test.isSquare(extent);
  }
}
