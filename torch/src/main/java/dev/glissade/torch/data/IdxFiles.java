package dev.glissade.torch.data;

import dev.glissade.learned.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;

/// Reads the idx format of MNIST: big-endian, a magic number that holds type and dimensions, the
/// extents, then one byte an element.
final class IdxFiles {

  private static final int IMAGES = 0x0803; // bytes, three dimensions
  private static final int LABELS = 0x0801; // bytes, one dimension
  private static final int MAX_EXTENT = 4096; // of an image

  private IdxFiles() {}

  /// Images and their labels, from two files that may be gzip-compressed.
  ///
  /// @param classes labels must be below this
  /// @throws MalformedFileException if a file is not what it should be, naming file and byte
  static LabelledImages read(Path imageFile, Path labelFile, int classes) throws IOException {
    byte[] labels = readLabels(labelFile, classes);
    try (CheckedInput in = CheckedInput.open(imageFile)) {
      expectMagic(in, IMAGES);
      int count = readExtent(in, Integer.MAX_VALUE);
      if (count != labels.length) {
        throw in.malformed(
            4, "%d images, but %s has %d labels".formatted(count, labelFile, labels.length));
      }
      int height = readExtent(in, MAX_EXTENT);
      int width = readExtent(in, MAX_EXTENT);
      in.requireRoomFor((long) count * height * width, 4);
      LabelledImages.Builder images = new LabelledImages.Builder(count, 1, height, width);
      byte[] pixels = new byte[height * width];
      for (byte label : labels) {
        in.read(pixels, 0, pixels.length);
        images.add(label, pixels, 0);
      }
      in.requireEnd();
      return images.build();
    }
  }

  private static byte[] readLabels(Path file, int classes) throws IOException {
    try (CheckedInput in = CheckedInput.open(file)) {
      expectMagic(in, LABELS);
      int count = readExtent(in, Integer.MAX_VALUE - 16);
      in.requireRoomFor(count, 4);
      byte[] labels = new byte[count];
      long start = in.position();
      in.read(labels, 0, count);
      in.requireEnd();
      for (int i = 0; i < count; i++) {
        if (labels[i] < 0 || labels[i] >= classes) {
          throw in.malformed(
              start + i, "label %d, expected 0 to %d".formatted(labels[i] & 0xff, classes - 1));
        }
      }
      return labels;
    }
  }

  private static void expectMagic(CheckedInput in, int expected) throws IOException {
    int magic = in.readInt();
    if (magic != expected) {
      throw in.malformed(
          0,
          "magic number %d, expected %d: no idx file of %s"
              .formatted(magic, expected, expected == IMAGES ? "images" : "labels"));
    }
  }

  private static int readExtent(CheckedInput in, int max) throws IOException {
    long at = in.position();
    int extent = in.readInt();
    if (extent < 1 || extent > max) {
      throw in.malformed(
          at, "extent %s, expected 1 to %d".formatted(Integer.toUnsignedString(extent), max));
    }
    return extent;
  }
}
