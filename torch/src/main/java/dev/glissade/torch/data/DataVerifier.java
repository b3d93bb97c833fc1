package dev.glissade.torch.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/// Compares the files of a data set with their checksums.
///
/// @param folder where data sets are kept
public record DataVerifier(DataFolder folder) {

  /// What was found of one file.
  ///
  /// @param file its path
  /// @param state whether it is there and right
  /// @param detail one line for people
  public record Finding(Path file, State state, String detail) {}

  /// Whether a file is there and right.
  public enum State {
    /// The checksum is right.
    OK,
    /// The checksum is wrong, or the file cannot be unpacked.
    DAMAGED,
    /// There is no such file.
    MISSING
  }

  /// One finding for each download or part that is there, and for each part that is nowhere.
  ///
  /// @throws IOException if a file cannot be read from disk
  public List<Finding> verify(DataSet dataSet) throws IOException {
    List<Finding> findings = new ArrayList<>();
    boolean archive = false;
    for (DataFile download : dataSet.downloads()) {
      Path file = folder.of(dataSet.name()).resolve(download.name());
      boolean packsOne = dataSet.parts().stream().anyMatch(p -> isPacked(p, download.name()));
      if (!packsOne && Files.isRegularFile(file)) {
        findings.add(compare(file, Checksums.ofFile(file), download.sha256()));
        archive = true;
      }
    }
    for (DataSet.Part part : dataSet.parts()) {
      Optional<Path> file = folder.find(dataSet.name(), List.of(part.name(), part.name() + ".gz"));
      if (file.isPresent()) {
        findings.add(verify(file.get(), part, dataSet));
      } else if (!archive) {
        Path expected = folder.of(dataSet.name()).resolve(part.name());
        findings.add(new Finding(expected, State.MISSING, "missing"));
      }
    }
    return findings;
  }

  private static boolean isPacked(DataSet.Part part, String name) {
    return name.equals(part.name() + ".gz");
  }

  /// A packed file is right if it is the download, or if its content is right however it was
  /// packed.
  private static Finding verify(Path file, DataSet.Part part, DataSet dataSet) throws IOException {
    if (!isPacked(part, file.getFileName().toString())) {
      return compare(file, Checksums.ofFile(file), part.sha256());
    }
    String whole = Checksums.ofFile(file);
    for (DataFile download : dataSet.downloads()) {
      if (isPacked(part, download.name())) {
        if (whole.equals(download.sha256()) || part.sha256().isEmpty()) {
          return compare(file, whole, download.sha256());
        }
      }
    }
    try {
      return compare(file, Checksums.ofContent(file), part.sha256());
    } catch (EOFException | ZipException e) {
      return new Finding(file, State.DAMAGED, "damaged gzip: " + e.getMessage());
    }
  }

  private static Finding compare(Path file, String actual, String expected) {
    if (expected.isEmpty()) {
      return new Finding(file, State.OK, "present; no checksum is known for the unpacked file");
    }
    return actual.equals(expected)
        ? new Finding(file, State.OK, "checksum is right")
        : new Finding(
            file, State.DAMAGED, "SHA-256 is %s, expected %s".formatted(actual, expected));
  }
}
