package dev.glissade.torch;

import dev.glissade.torch.data.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;

/// Data sets for tests: small made-up ones, and the real ones where they are.
public final class TestImages {

  private TestImages() {}

  /// The real data sets: in `GLISSADE_DATA`, or in `../shared/data` beside the checkout. The test
  /// is skipped, with a word, where the data set is absent.
  public static DataFolder real(String dataSet) {
    String variable = System.getenv().getOrDefault("GLISSADE_DATA", "");
    Optional<Path> found =
        Stream.of(Path.of(variable), Path.of("../../shared/data").toAbsolutePath().normalize())
            .filter(path -> !path.toString().isEmpty())
            .filter(path -> Files.isDirectory(path.resolve(dataSet)))
            .findFirst();
    Assumptions.assumeTrue(
        found.isPresent(), () -> "needs " + dataSet + ": set GLISSADE_DATA to the data folder");
    return new DataFolder(found.get());
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
