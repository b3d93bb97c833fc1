package dev.glissade.torch.data;

import dev.glissade.Fuzz;
import dev.glissade.torch.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data files that are not what they should be are taken or refused, packed or not.
class DataFuzzTest {

  private static final byte[] LABELS = TestImages.idx(new byte[] {7, 0, 9}, 3);

  @TempDir private Path folder;

  @Test
  void idxImages() {
    byte[] images = TestImages.idx(new byte[24], 3, 2, 4);
    Fuzz.run(
        1,
        120_000,
        List.of(images, TestImages.gzip(images)),
        bytes -> IdxFiles.read(input("images", bytes), input("labels", LABELS)));
  }

  @Test
  void idxLabels() {
    byte[] images = TestImages.idx(new byte[24], 3, 2, 4);
    Fuzz.run(
        2,
        60_000,
        List.of(LABELS, TestImages.gzip(LABELS)),
        bytes -> IdxFiles.read(input("images", images), input("labels", bytes)));
  }

  private static CheckedInput input(String name, byte[] bytes) throws IOException {
    return CheckedInput.of(Path.of(name), bytes);
  }

  /// Batches and archives: their reader finds them by name.
  @Test
  void cifar() throws IOException {
    CifarFiles files = new CifarFiles(2);
    byte[] batch = new byte[2 * 3073];
    new Random(1).nextBytes(batch);
    batch[0] = 3;
    batch[3073] = 9;
    byte[] archive = CifarFilesTest.archive(1, false);
    for (String name : List.of(CifarFiles.TEST, CifarFiles.ARCHIVE)) {
      boolean packed = name.equals(CifarFiles.ARCHIVE);
      Path file = folder.resolve(name);
      Fuzz.run(
          3,
          packed ? 20_000 : 40_000,
          packed ? List.of(archive) : List.of(batch, TestImages.gzip(batch)),
          bytes -> {
            Files.write(file, bytes);
            (packed ? new CifarFiles(3) : files).check(file);
          });
    }
  }
}
