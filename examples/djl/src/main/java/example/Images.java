package example;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/// Images in ten classes, as MNIST's files hold them.
///
/// @param pixels from 0 to 1, `float[count][pixels of an image]`
/// @param labels from 0 to 9, `float[count]`
record Images(float[][] pixels, float[] labels) {

  /// Where files come from.
  private interface Opener {
    InputStream open(String name) throws IOException;
  }

  /// The 8×8 digits that ship in the jar of glissade-torch, whose whitest pixel is 16.
  static Images digits(String part) throws IOException {
    return read(
        part,
        16,
        name -> {
          String path = "/dev/glissade/torch/digits/" + name;
          InputStream in = Images.class.getResourceAsStream(path);
          if (in == null) {
            throw new FileNotFoundException(path);
          }
          return in;
        });
  }

  /// Those of a folder that has MNIST's four files.
  static Images folder(Path folder, String part) throws IOException {
    return read(part, 255, name -> Files.newInputStream(folder.resolve(name)));
  }

  private static Images read(String part, float white, Opener files) throws IOException {
    try (DataInputStream images = open(files, part + "-images-idx3-ubyte.gz");
        DataInputStream labels = open(files, part + "-labels-idx1-ubyte.gz")) {
      images.readInt(); // a magic number
      float[][] pixels = new float[images.readInt()][];
      int size = images.readInt() * images.readInt();
      labels.readInt();
      float[] digits = new float[labels.readInt()];
      for (int i = 0; i < digits.length; i++) {
        digits[i] = labels.readByte();
        pixels[i] = new float[size];
        for (int p = 0; p < size; p++) {
          pixels[i][p] = images.readUnsignedByte() / white;
        }
      }
      return new Images(pixels, digits);
    }
  }

  private static DataInputStream open(Opener files, String name) throws IOException {
    return new DataInputStream(new BufferedInputStream(new GZIPInputStream(files.open(name))));
  }

  int count() {
    return labels.length;
  }

  /// The images from one index to another.
  Images part(int from, int to) {
    int[] indices = new int[to - from];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = from + i;
    }
    return at(indices);
  }

  /// A few of them at random.
  Images batch(Random random, int size) {
    return at(random.ints(size, 0, count()).toArray());
  }

  private Images at(int[] indices) {
    Images chosen = new Images(new float[indices.length][], new float[indices.length]);
    for (int i = 0; i < indices.length; i++) {
      chosen.pixels[i] = pixels[indices[i]];
      chosen.labels[i] = labels[indices[i]];
    }
    return chosen;
  }
}
