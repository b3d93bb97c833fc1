package dev.glissade.torch.data;

import dev.glissade.file.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;

/// Reads the idx format of MNIST: big-endian, a magic number that holds type and dimensions, the
/// extents, then one byte an element.
final class IdxFiles {

  private static final int IMAGES = 0x0803; // bytes, three dimensions
  private static final int LABELS = 0x0801; // bytes, one dimension
  private static final int MAX_EXTENT = 4096; // of an image
  private static final int CLASSES = 10; // in MNIST and all that follow it

  private IdxFiles() {}

  /// The header before the pixels: how many images there are, and of what size.
  private record Header(int count, int height, int width) {}

  /// A consumer that is told image after image.
  private interface Images {
    void add(int image, byte[] pixels);
  }

  /// Opens one of the four files by its name, packed or not.
  interface Opener {
    CheckedInput open(String file) throws IOException;
  }

  /// Reads training images and test images with their labels, from four files.
  ///
  /// @param name of all of them, for people
  /// @throws MalformedFileException if a file is not what it should be, naming file and byte
  static ImageData read(String name, Opener files) throws IOException {
    LabelledImages training = readPart("train", files);
    LabelledImages test = readPart("t10k", files);
    String summary =
        "%s: %s training images, %s test images".formatted(name, training.count(), test.count());
    return new ImageData(summary, training, test);
  }

  private static LabelledImages readPart(String part, Opener files) throws IOException {
    try (CheckedInput images = files.open(part + "-images-idx3-ubyte");
        CheckedInput labels = files.open(part + "-labels-idx1-ubyte")) {
      return read(images, labels);
    }
  }

  /// Reads images and their labels from two files that may be gzip-compressed.
  ///
  /// @throws MalformedFileException if a file is not what it should be, naming file and byte
  static LabelledImages read(CheckedInput in, CheckedInput labelFile) throws IOException {
    byte[] labels = readLabels(labelFile);
    Header header = readHeader(in);
    if (header.count != labels.length) {
      throw in.malformed(
          4,
          "%s images, but %s has %s labels"
              .formatted(header.count, labelFile.file(), labels.length));
    }
    requireRoom(in, header);
    var images = new LabelledImages.Builder(header.count, 1, header.height, header.width);
    readPixels(in, header, (image, pixels) -> images.add(labels[image], pixels, 0));
    return images.build();
  }

  /// Reads a file of images or of labels, which its name tells, to its end.
  ///
  /// @throws MalformedFileException if it is not what it should be, naming file and byte
  static void check(Path file) throws IOException {
    if (file.getFileName().toString().contains("-labels")) {
      try (CheckedInput in = CheckedInput.open(file)) {
        readLabels(in);
      }
      return;
    }
    try (CheckedInput in = CheckedInput.open(file)) {
      Header header = readHeader(in);
      requireRoom(in, header);
      readPixels(in, header, (_, _) -> {});
    }
  }

  private static Header readHeader(CheckedInput in) throws IOException {
    expectMagic(in, IMAGES);
    int count = readExtent(in, Integer.MAX_VALUE);
    return new Header(count, readExtent(in, MAX_EXTENT), readExtent(in, MAX_EXTENT));
  }

  private static void requireRoom(CheckedInput in, Header header) throws MalformedFileException {
    in.requireRoomFor((long) header.count * header.height * header.width, 4);
  }

  private static void readPixels(CheckedInput in, Header header, Images images) throws IOException {
    byte[] pixels = new byte[header.height * header.width];
    for (int image = 0; image < header.count; image++) {
      in.read(pixels, 0, pixels.length);
      images.add(image, pixels);
    }
    in.requireEnd();
  }

  private static byte[] readLabels(CheckedInput in) throws IOException {
    expectMagic(in, LABELS);
    int count = readExtent(in, Integer.MAX_VALUE - 16);
    in.requireRoomFor(count, 4);
    byte[] labels = new byte[count];
    long start = in.position();
    in.read(labels, 0, count);
    in.requireEnd();
    for (int i = 0; i < count; i++) {
      if (labels[i] < 0 || labels[i] >= CLASSES) {
        throw in.malformed(
            start + i, "label %s, expected 0 to %s".formatted(labels[i] & 0xff, CLASSES - 1));
      }
    }
    return labels;
  }

  private static void expectMagic(CheckedInput in, int expected) throws IOException {
    int magic = in.readInt();
    if (magic != expected) {
      throw in.malformed(
          0,
          "magic number %s, expected %s: no idx file of %s"
              .formatted(magic, expected, expected == IMAGES ? "images" : "labels"));
    }
  }

  private static int readExtent(CheckedInput in, int max) throws IOException {
    long at = in.position();
    int extent = in.readInt();
    if (extent < 1 || extent > max) {
      throw in.malformed(
          at, "extent %s, expected 1 to %s".formatted(Integer.toUnsignedString(extent), max));
    }
    return extent;
  }
}
