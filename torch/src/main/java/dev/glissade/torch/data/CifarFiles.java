package dev.glissade.torch.data;

import dev.glissade.file.MalformedFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Reads the binary version of CIFAR-10: records of one label byte and 3 · 32 · 32 pixels, channel
/// by channel. Five training batches and one of test images lie in files of their own,
/// gzip-compressed or not, or in the official archive.
///
/// @param recordsPerBatch 10,000 in the official files
record CifarFiles(int recordsPerBatch) {

  static final CifarFiles OFFICIAL = new CifarFiles(10_000);

  static final String ARCHIVE = "cifar-10-binary.tar.gz";
  static final String TEST = "test_batch.bin";
  static final List<String> TRAINING =
      IntStream.rangeClosed(1, 5).mapToObj("data_batch_%s.bin"::formatted).toList();

  private static final int CHANNELS = 3;
  private static final int EXTENT = 32;
  private static final int RECORD = 1 + CHANNELS * EXTENT * EXTENT; // bytes
  private static final int CLASSES = 10;

  /// A consumer that is told record after record; the pixels are `bytes[from..]`.
  private interface Records {
    void add(int label, byte[] bytes, int from);
  }

  /// Reads the batches of an archive, one after the other.
  private interface Entries {
    void read(String name, CheckedInput in) throws IOException;
  }

  /// The batches that were found: one element for each batch of [#TRAINING] that is there, and the
  /// test batch.
  record Batches(List<LabelledImages> training, Optional<LabelledImages> test) {}

  /// Reads all batches that are there: single files where there are any, or else the archive.
  ///
  /// @throws MalformedFileException if a file is not what it should be, naming file and byte
  Batches read(DataFolder folder) throws IOException {
    Path archive = folder.of("cifar10").resolve(ARCHIVE);
    List<Path> training = TRAINING.stream().flatMap(name -> find(folder, name).stream()).toList();
    Optional<Path> test = find(folder, TEST);
    boolean complete = training.size() == TRAINING.size() && test.isPresent();
    if (!complete && Files.isRegularFile(archive)) {
      return readArchive(archive);
    }
    List<LabelledImages> batches = new ArrayList<>();
    for (Path file : training) {
      batches.add(readBatch(file));
    }
    return new Batches(
        batches, test.isPresent() ? Optional.of(readBatch(test.get())) : Optional.empty());
  }

  private static Optional<Path> find(DataFolder folder, String name) {
    return folder.files("cifar10", name).stream().findFirst();
  }

  /// Reads a batch or the archive to its end.
  ///
  /// @throws MalformedFileException if it is not what it should be, naming file and byte
  void check(Path file) throws IOException {
    if (file.endsWith(ARCHIVE)) {
      readArchive(file, (_, in) -> readRecords(in, (_, _, _) -> {}));
      return;
    }
    try (CheckedInput in = CheckedInput.open(file)) {
      readRecords(in, (_, _, _) -> {});
    }
  }

  private LabelledImages readBatch(Path file) throws IOException {
    try (CheckedInput in = CheckedInput.open(file)) {
      return readBatch(in);
    }
  }

  private LabelledImages readBatch(CheckedInput in) throws IOException {
    in.requireRoomFor((long) recordsPerBatch * RECORD, 0);
    var images = new LabelledImages.Builder(recordsPerBatch, CHANNELS, EXTENT, EXTENT);
    readRecords(in, images::add);
    return images.build();
  }

  private void readRecords(CheckedInput in, Records records) throws IOException {
    byte[] bytes = new byte[RECORD];
    for (int record = 0; record < recordsPerBatch; record++) {
      long at = in.position();
      in.read(bytes, 0, RECORD);
      if (bytes[0] < 0 || bytes[0] >= CLASSES) {
        throw in.malformed(
            at, "label %s, expected 0 to %s".formatted(bytes[0] & 0xff, CLASSES - 1));
      }
      records.add(bytes[0], bytes, 1);
    }
    in.requireEnd();
  }

  private Batches readArchive(Path archive) throws IOException {
    Map<String, LabelledImages> found = new HashMap<>();
    readArchive(archive, (name, in) -> found.put(name, readBatch(in)));
    return new Batches(
        TRAINING.stream().flatMap(name -> Stream.ofNullable(found.get(name))).toList(),
        Optional.ofNullable(found.get(TEST)));
  }

  private static void readArchive(Path archive, Entries entries) throws IOException {
    long position = 0;
    try (var tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), 1 << 16),
            StandardCharsets.UTF_8.name())) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        // no path of the system's, which may not be able to spell it
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (TRAINING.contains(name) || name.equals(TEST)) {
          entries.read(name, CheckedInput.of(archive.resolve(name), tar, entry.getSize()));
        }
        position = tar.getBytesRead();
      }
    } catch (MalformedFileException e) {
      throw e;
    } catch (IOException e) {
      throw new MalformedFileException(
          archive, position, "damaged or truncated archive: " + e.getMessage());
    }
  }
}
