package dev.glissade.torch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.file.MalformedFileException;
import dev.glissade.torch.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// idx files: read right, and refused wherever they are cut or damaged.
class IdxFilesTest {

  private static final byte[] PIXELS = new byte[3 * 2 * 4]; // three images of 2 x 4
  private static final byte[] LABELS = {7, 0, 9};

  static {
    for (int i = 0; i < PIXELS.length; i++) {
      PIXELS[i] = (byte) (11 * i);
    }
  }

  @TempDir private Path folder;

  private LabelledImages read(byte[] images, byte[] labels) throws IOException {
    Path imageFile = TestImages.write(folder.resolve("images"), images);
    Path labelFile = TestImages.write(folder.resolve("labels"), labels);
    try (CheckedInput in = CheckedInput.open(imageFile);
        CheckedInput labelled = CheckedInput.open(labelFile)) {
      return IdxFiles.read(in, labelled);
    }
  }

  private static byte[] images() {
    return TestImages.idx(PIXELS, 3, 2, 4);
  }

  private static byte[] labels() {
    return TestImages.idx(LABELS, 3);
  }

  private void assertRefused(byte[] images, byte[] labels, String name) {
    assertThatThrownBy(() -> read(images, labels))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(folder.resolve(name) + ": at byte ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void readsPlainAndPackedFiles() throws IOException {
    for (LabelledImages read :
        new LabelledImages[] {
          read(images(), labels()), read(TestImages.gzip(images()), TestImages.gzip(labels()))
        }) {
      assertThat(read.count()).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        assertThat(read.label(i)).isEqualTo(LABELS[i]);
        assertThat(read.pixels(i)).isEqualTo(Arrays.copyOfRange(PIXELS, 8 * i, 8 * i + 8));
      }
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < images().length; length++) {
      assertRefused(Arrays.copyOf(images(), length), labels(), "images");
    }
    for (int length = 0; length < labels().length; length++) {
      assertRefused(images(), Arrays.copyOf(labels(), length), "labels");
    }
  }

  @Test
  void everyTruncationOfAPackedFileIsRefused() {
    byte[] images = TestImages.gzip(images());
    for (int length = 0; length < images.length; length++) {
      assertRefused(Arrays.copyOf(images, length), labels(), "images");
    }
    byte[] labels = TestImages.gzip(labels());
    for (int length = 0; length < labels.length; length++) {
      assertRefused(images(), Arrays.copyOf(labels, length), "labels");
    }
  }

  /// A flipped bit of a packed file is found, or lies in the gzip header where nothing depends on
  /// it: then the content is right.
  @Test
  void noBitOfAPackedFileChangesTheContent() throws IOException {
    byte[] images = TestImages.gzip(images());
    int refused = 0;
    for (int bit = 0; bit < 8 * images.length; bit++) {
      byte[] damaged = images.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(read(damaged, labels()).pixels(2)).endsWith(Arrays.copyOfRange(PIXELS, 16, 24));
      } catch (MalformedFileException e) {
        assertThat(e).hasMessageStartingWith(folder.resolve("images") + ": at byte ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(8 * images.length / 2);
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    assertRefused(Arrays.copyOf(images(), images().length + 1), labels(), "images");
    assertRefused(images(), Arrays.copyOf(labels(), labels().length + 1), "labels");
    assertRefused(
        TestImages.gzip(Arrays.copyOf(images(), images().length + 1)), labels(), "images");
  }

  @ParameterizedTest
  @CsvSource({
    "images, 3, 1, 0, magic number 2049",
    "images, 7, 4, 4, 4 images", // one more than there are labels
    "images, 7, 0, 4, extent 0",
    "images, 4, 255, 4, extent 4278190083",
    "images, 8, 255, 8, extent 4278190082",
    "images, 14, 17, 12, extent 4356",
    "images, 14, 1, 4, claims",
    "labels, 3, 3, 0, magic number 2051",
    "labels, 4, 127, 4, claims 2130706435 bytes",
    "labels, 10, 10, 10, 'label 10, expected 0 to 9'",
    "labels, 9, 255, 9, label 255"
  })
  void wrongBytesAreToldWithTheirPlace(
      String file, int index, int value, int offset, String problem) {
    byte[] images = images();
    byte[] labels = labels();
    (file.equals("images") ? images : labels)[index] = (byte) value;
    assertThatThrownBy(() -> read(images, labels))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(
            "%s: at byte %s: %s".formatted(folder.resolve(file), offset, problem));
  }
}
