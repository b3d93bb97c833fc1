package dev.glissade.torch.data;

import dev.glissade.file.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Tells whether a file of a data set is right: by its checksum, and where that is wrong or unknown
/// by its format, which says where it goes wrong.
///
/// @param dataSet to which the files belong
public record DataVerifier(DataSet dataSet) {

  /// A finding about one file: whether it is right.
  ///
  /// @param damaged whether it is not what it should be
  /// @param detail one line for people, which names the file and if possible the byte
  public record Finding(Path file, boolean damaged, String detail) {}

  /// Looks at a download or at a part, packed or not.
  ///
  /// @throws IOException if the file cannot be read from disk
  public Finding verify(Path file) throws IOException {
    String name = file.getFileName().toString();
    Optional<String> packed = packedSum(name);
    Optional<String> unpacked = unpackedSum(name);
    String right = file + ": checksum is right";
    String whole = Checksums.ofFile(file);
    if (packed.isPresent() && whole.equals(packed.get())) {
      return new Finding(file, false, right);
    }
    try {
      dataSet.format().check(file);
    } catch (MalformedFileException e) {
      return new Finding(file, true, String.valueOf(e.getMessage()));
    }
    if (unpacked.isPresent()) { // packed by somebody else, perhaps
      String content = Checksums.ofContent(file);
      return content.equals(unpacked.get())
          ? new Finding(file, false, right)
          : wrong(file, content, unpacked.get());
    }
    return packed.isPresent()
        ? wrong(file, whole, packed.get())
        : new Finding(file, false, file + ": format is right; no checksum is known");
  }

  private Optional<String> packedSum(String file) {
    return dataSet.downloads().stream()
        .filter(download -> download.name().equals(file))
        .map(DataFile::sha256)
        .findFirst();
  }

  private Optional<String> unpackedSum(String file) {
    return dataSet.parts().stream()
        .filter(part -> DataSet.isPart(part, file))
        .map(DataSet.Part::sha256)
        .filter(sum -> !sum.isEmpty())
        .findFirst();
  }

  private static Finding wrong(Path file, String actual, String expected) {
    return new Finding(
        file,
        true,
        "%s: holds something else: SHA-256 is %s, expected %s".formatted(file, actual, expected));
  }
}
