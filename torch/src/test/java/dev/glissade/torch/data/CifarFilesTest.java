package dev.glissade.torch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.Problem.Split;
import dev.glissade.file.MalformedFileException;
import dev.glissade.torch.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// CIFAR-10 files: found wherever they lie, and refused wherever they are cut or damaged.
class CifarFilesTest {

  private static final int RECORDS = 3;
  private static final int RECORD = 3073;
  private static final CifarFiles FILES = new CifarFiles(RECORDS);

  @TempDir private Path root;

  private DataFolder folder() {
    return new DataFolder(root);
  }

  private Path write(String name, byte[] bytes) {
    return TestImages.write(root.resolve("cifar10").resolve(name), bytes);
  }

  private static byte[] batch(int seed) {
    byte[] bytes = new byte[RECORDS * RECORD];
    new SplittableRandom(seed).nextBytes(bytes);
    for (int record = 0; record < RECORDS; record++) {
      bytes[record * RECORD] = (byte) ((seed + record) % 10);
    }
    return bytes;
  }

  static byte[] archive(int batches, boolean test) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      for (String other :
          new String[] {"/", "folder/", "Übersicht.txt", "..", "data_batch_1.bin/"}) {
        tar.putArchiveEntry(new TarArchiveEntry(other, true));
        tar.closeArchiveEntry();
      }
      add(tar, "readme.html", new byte[] {1, 2, 3});
      if (test) {
        add(tar, "test_batch.bin", batch(6));
      }
      for (int i = batches; i >= 1; i--) { // not in order
        add(tar, "data_batch_%s.bin".formatted(i), batch(i));
      }
    }
    return TestImages.gzip(bytes.toByteArray());
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void assertBatch(LabelledImages images, int seed) {
    byte[] bytes = batch(seed);
    assertThat(images.count()).isEqualTo(RECORDS);
    for (int record = 0; record < RECORDS; record++) {
      int at = record * RECORD;
      assertThat(images.label(record)).isEqualTo(bytes[at]);
      assertThat(images.pixels(record)).isEqualTo(Arrays.copyOfRange(bytes, at + 1, at + RECORD));
    }
  }

  @Test
  void findsFilesPackedOrNot() throws IOException {
    write("data_batch_1.bin", batch(1));
    write("data_batch_4.bin.gz", TestImages.gzip(batch(4)));
    write("cifar-10-batches-bin/data_batch_5.bin", batch(5));
    write("test_batch.bin.gz", TestImages.gzip(batch(6)));
    CifarFiles.Batches batches = FILES.read(folder());
    assertThat(batches.training()).hasSize(3);
    assertBatch(batches.training().get(0), 1);
    assertBatch(batches.training().get(1), 4);
    assertBatch(batches.training().get(2), 5);
    assertBatch(batches.test().orElseThrow(), 6);
    ImageData data = new ImageSource.Known("cifar10", folder()).fromBatches(batches);
    assertThat(data.summary())
        .isEqualTo("cifar10: 9 training images (3 of 5 batches), 3 test images");
    assertThat(data.training().pixels(3)).isEqualTo(batches.training().get(1).pixels(0));
  }

  @Test
  void readsTheArchive() throws IOException {
    write(CifarFiles.ARCHIVE, archive(5, true));
    CifarFiles.Batches batches = FILES.read(folder());
    assertThat(batches.training()).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertBatch(batches.training().get(i), i + 1);
    }
    assertBatch(batches.test().orElseThrow(), 6);
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    assertThatThrownBy(
            () -> new ImageSource.Known("cifar10", folder()).fromBatches(FILES.read(folder())))
        .hasMessage(
            "data_batch_1.bin is missing: put it into %s, or run ./glissade data fetch cifar10"
                + " --data %s (--data DIR or GLISSADE_DATA says where data are)",
            root.resolve("cifar10"), root);
    write("data_batch_1.bin", batch(1));
    assertThatThrownBy(
            () -> new ImageSource.Known("cifar10", folder()).fromBatches(FILES.read(folder())))
        .hasMessageStartingWith("test_batch.bin is missing");
  }

  @Test
  void truncationsAreRefused() {
    byte[] whole = batch(1);
    for (int length = 0; length < whole.length; length += 97) {
      assertRefused("data_batch_1.bin", Arrays.copyOf(whole, length));
    }
    assertRefused("data_batch_1.bin", Arrays.copyOf(whole, 2 * RECORD));
    assertRefused("data_batch_1.bin", Arrays.copyOf(whole, whole.length - 1));
    assertRefused("data_batch_1.bin", Arrays.copyOf(whole, whole.length + 1));
    byte[] packed = TestImages.gzip(whole);
    for (int length = 0; length < packed.length; length += 97) {
      assertRefused("data_batch_1.bin", Arrays.copyOf(packed, length));
    }
    assertRefused("data_batch_1.bin", Arrays.copyOf(packed, packed.length - 1));
  }

  @Test
  void truncatedArchivesAreRefused() throws IOException {
    byte[] archive = archive(2, true);
    for (int length = 1; length < archive.length; length += 499) {
      assertRefused(CifarFiles.ARCHIVE, Arrays.copyOf(archive, length));
    }
  }

  private void assertRefused(String name, byte[] bytes) {
    Path file = write(name, bytes);
    assertThatThrownBy(() -> FILES.read(folder()))
        .as("%s bytes", bytes.length)
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(": at byte ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void wrongLabelsAreToldWithTheirPlace() {
    byte[] bytes = batch(1);
    bytes[2 * RECORD] = 10;
    Path file = write("test_batch.bin", bytes);
    assertThatThrownBy(() -> FILES.read(folder()))
        .hasMessage("%s: at byte %s: label 10, expected 0 to 9", file, 2 * RECORD);
  }

  static Stream<DataFolder> cifar10() {
    return TestImages.real("cifar10");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("cifar10")
  void realBatchesAreRead(DataFolder real) throws IOException {
    ImageData data = ImageData.load(new ImageSource.Known("cifar10", real));
    assertThat(data.training().count()).isPositive();
    assertThat(data.training().count() % 10_000).isZero();
    assertThat(data.test().count()).isEqualTo(10_000);
    assertThat(ImageData.load(new ImageSource.Known("cifar10", real))).isSameAs(data);
    int sum = 0;
    for (int image = 0; image < data.test().count(); image++) {
      sum += data.test().label(image);
    }
    assertThat(sum).isEqualTo(45_000); // a thousand of each class
    assertThat(data.images(Split.TRAIN).count() + data.images(Split.VALIDATION).count())
        .isEqualTo(data.training().count());
    assertThat(Files.exists(real.path())).isTrue();
  }
}
