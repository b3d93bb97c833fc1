package dev.glissade.torch.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.torch.TestImages;
import dev.glissade.torch.data.DataVerifier.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said of files that are right, damaged or missing.
class DataVerifierTest {

  private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.US_ASCII);
  private static final String HELLO_SUM =
      "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

  private static final byte[] LABELS = TestImages.idx(new byte[] {7, 0, 9}, 3);

  @TempDir private Path root;

  private Path write(String dataSet, String name, byte[] content) {
    return TestImages.write(root.resolve(dataSet).resolve(name), content);
  }

  /// A file of a data set of one part without a format of its own.
  private Finding verify(String name, byte[] content) throws IOException {
    DataSet.Part part = new DataSet.Part("greeting", HELLO_SUM, false);
    DataSet dataSet = new DataSet("made-up", "", "", _ -> {}, List.of(), List.of(part));
    return new DataVerifier(dataSet).verify(write("made-up", name, content));
  }

  private DataInventory inventory(String dataSet) {
    return DataInventory.of(DataCatalog.find(dataSet), new DataFolder(root));
  }

  @Test
  void rightFilesAreRightHoweverPacked() throws IOException {
    for (Finding finding :
        List.of(
            verify("greeting.gz", TestImages.gzip(HELLO)),
            verify("greeting", HELLO),
            verify("greeting.gz", HELLO), // as browsers leave it
            verify("greeting", TestImages.gzip(HELLO)))) {
      assertThat(finding.damaged()).isFalse();
      assertThat(finding.detail()).isEqualTo(finding.file() + ": checksum is right");
    }
  }

  /// Names that unpackers, archives and other libraries give to MNIST's files.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "t10k-labels-idx1-ubyte",
        "t10k-labels.idx1-ubyte",
        "t10k-labels.idx1-ubyte.gz",
        "t10k-labels-idx1-ubyte/t10k-labels-idx1-ubyte",
        "t10k-labels.idx1-ubyte/t10k-labels.idx1-ubyte",
        "raw/t10k-labels-idx1-ubyte"
      })
  void otherSpellingsOfNamesAreKnown(String name) throws IOException {
    Path file = write("kmnist", name, LABELS);
    DataInventory inventory = inventory("kmnist");
    assertThat(inventory.files()).containsExactly(file);
    assertThat(inventory.missing()).hasSize(3);
    Finding finding = new DataVerifier(inventory.dataSet()).verify(file);
    assertThat(finding.damaged()).isFalse();
    assertThat(finding.detail()).contains("format is right");
  }

  @Test
  void wrongContentIsDamaged() throws IOException {
    for (Finding finding :
        List.of(
            verify("greeting", Arrays.copyOf(HELLO, 5)),
            verify("greeting.gz", TestImages.gzip(new byte[3])))) {
      assertThat(finding.damaged()).isTrue();
      assertThat(finding.detail()).startsWith(finding.file() + ": ").endsWith(HELLO_SUM);
    }
  }

  @Test
  void truncatedAndWrongFilesAreToldWithTheirPlace() throws IOException {
    byte[] packed = TestImages.gzip(LABELS);
    byte[] wrong = LABELS.clone();
    wrong[9] = 10;
    byte[] batch = new byte[2 * 3073 + 100];
    assertDamaged("mnist", "t10k-labels-idx1-ubyte", Arrays.copyOf(LABELS, 10), 4, "claims 3");
    assertDamaged("kmnist", "t10k-labels-idx1-ubyte.gz", wrong, 9, "label 10");
    assertDamaged("mnist", "t10k-labels-idx1-ubyte.gz", Arrays.copyOf(packed, 15), 4, "truncated");
    assertDamaged("mnist", "train-images-idx3-ubyte", LABELS, 0, "magic number 2049");
    assertDamaged("cifar10", "data_batch_2.bin.gz", TestImages.gzip(batch), 6246, "truncated");
    assertDamaged("cifar10", CifarFiles.ARCHIVE, Arrays.copyOf(packed, 15), 0, "damaged or trunc");
  }

  private void assertDamaged(String dataSet, String name, byte[] content, int at, String what)
      throws IOException {
    Path file = write(dataSet, name, content);
    Finding finding = new DataVerifier(DataCatalog.find(dataSet)).verify(file);
    assertThat(finding.damaged()).as(finding.detail()).isTrue();
    assertThat(finding.detail()).startsWith("%s: at byte %s: %s".formatted(file, at, what));
  }

  /// Nobody has published the sums of these when they are unpacked.
  @Test
  void theFormatIsCheckedWhereNoChecksumIsKnown() throws IOException {
    Path file = write("kmnist", "t10k-labels-idx1-ubyte", LABELS);
    Finding finding = new DataVerifier(DataCatalog.find("kmnist")).verify(file);
    assertThat(finding)
        .isEqualTo(new Finding(file, false, file + ": format is right; no checksum is known"));
  }

  @Test
  void absentPartsAreMissing() {
    DataInventory nothing = inventory("cifar10");
    assertThat(nothing.files()).isEmpty();
    assertThat(nothing.missing()).hasSize(6);
    assertThat(nothing.isUsable()).isFalse();
    write("mnist", "train-images-idx3-ubyte", HELLO);
    assertThat(inventory("mnist").missing()).hasSize(3);
    assertThat(inventory("mnist").isUsable()).isFalse();
  }

  @Test
  void aFewTrainingBatchesWillDo() {
    write("cifar10", "test_batch.bin", HELLO);
    assertThat(inventory("cifar10").isUsable()).isFalse();
    write("cifar10", "cifar-10-batches-bin/data_batch_4.bin.gz", HELLO);
    assertThat(inventory("cifar10").isUsable()).isTrue();
    assertThat(inventory("cifar10").batchesFound()).isEqualTo(1);
    assertThat(inventory("cifar10").batches()).isEqualTo(5);
    write("cifar10", CifarFiles.ARCHIVE, HELLO); // holds them all
    assertThat(inventory("cifar10").batchesFound()).isEqualTo(5);
    assertThat(inventory("cifar10").files()).hasSize(3);
  }

  static Stream<DataFolder> mnist() {
    return TestImages.real("mnist");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("mnist")
  void realDigitsAreRight(DataFolder folder) throws IOException {
    DataSet mnist = DataCatalog.find("mnist");
    DataInventory inventory = DataInventory.of(mnist, folder);
    assertThat(inventory.files()).hasSize(4);
    for (Path file : inventory.files()) {
      assertThat(new DataVerifier(mnist).verify(file).damaged()).isFalse();
    }
  }
}
