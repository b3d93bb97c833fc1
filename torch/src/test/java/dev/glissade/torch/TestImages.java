package dev.glissade.torch;

import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.image.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// Data sets for tests: small made-up ones, and the real ones where they are.
public final class TestImages {

  private TestImages() {}

  /// The folder of the real data sets, if this one is there: in `GLISSADE_DATA`, or in
  /// `../shared/data` beside the checkout. For tests of what a download holds, which are run as
  /// often as there is one, `@ParameterizedTest(allowZeroInvocations = true)`; what a problem does
  /// is tested with what ships or is made up.
  public static Stream<DataFolder> real(String dataSet) {
    String variable = System.getenv().getOrDefault("GLISSADE_DATA", "");
    return Stream.of(Path.of(variable), Path.of("../../shared/data").toAbsolutePath().normalize())
        .filter(path -> !path.toString().isEmpty())
        .filter(path -> Files.isDirectory(path.resolve(dataSet)))
        .limit(1)
        .map(DataFolder::new);
  }

  /// A folder with made-up photos in the form of CIFAR-10: one training batch and the test batch of
  /// 10,000 each. A class is a brightness, from black to white, with some noise.
  public static DataFolder cifar(Path folder) {
    writeBatch(folder.resolve("cifar10/data_batch_1.bin.gz"), 1);
    writeBatch(folder.resolve("cifar10/test_batch.bin.gz"), 2);
    return new DataFolder(folder);
  }

  private static void writeBatch(Path file, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] batch = new byte[10_000 * 3073];
    for (int image = 0; image < 10_000; image++) {
      int start = image * 3073;
      int label = image % 10;
      Arrays.fill(batch, start + 1, start + 3073, (byte) (25 * label));
      batch[start] = (byte) label;
      for (int i = 0; i < 300; i++) {
        batch[start + 1 + random.nextInt(3072)] = (byte) random.nextInt(256);
      }
    }
    write(file, gzip(batch));
  }

  /// A folder with made-up photos and paintings for neural art: 100 in `content`, and `style`'s
  /// `dots` and `van_gogh_starry_night`.
  public static DataFolder pictures(Path folder) {
    for (int i = 0; i < 100; i++) {
      write(folder.resolve("content/" + i + ".png"), noise(72, 64, i));
    }
    write(folder.resolve("style/dots.png"), noise(40, 40, 100));
    write(folder.resolve("style/van_gogh_starry_night.png"), noise(40, 50, 101));
    return new DataFolder(folder);
  }

  private static byte[] noise(int width, int height, long seed) {
    try {
      return Picture.noise(width, height, new SplittableRandom(seed)).png();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A folder with made-up digits: random pixels, the labels 0 to 9 in turn.
  public static DataFolder digits(Path folder, int training, int test) {
    writeIdx(folder.resolve("mnist"), "train", training);
    writeIdx(folder.resolve("mnist"), "t10k", test);
    return new DataFolder(folder);
  }

  private static void writeIdx(Path folder, String part, int count) {
    byte[] pixels = new byte[count * 28 * 28];
    new SplittableRandom(count).nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    write(folder.resolve(part + "-images-idx3-ubyte.gz"), gzip(idx(pixels, count, 28, 28)));
    write(folder.resolve(part + "-labels-idx1-ubyte"), idx(labels, count));
  }

  /// The content of an idx file of bytes.
  public static byte[] idx(byte[] elements, int... extents) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * extents.length + elements.length);
    file.putInt(0x0800 + extents.length);
    for (int extent : extents) {
      file.putInt(extent);
    }
    return file.put(elements).array();
  }

  /// Packed.
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /// Writes a file, and its folder if need be.
  public static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
