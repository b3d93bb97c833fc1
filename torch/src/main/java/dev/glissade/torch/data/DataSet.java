package dev.glissade.torch.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A data set: what it is, where to get it, and how to know that it is the right one.
///
/// @param name also that of its folder
/// @param summary one line for people
/// @param licence under which it may be used, and what to cite
/// @param format of its files
/// @param downloads what its publisher offers; empty if the files must be put in place by hand
/// @param parts the files that are read in the end, which are packed in the downloads
public record DataSet(
    String name,
    String summary,
    String licence,
    Format format,
    List<DataFile> downloads,
    List<Part> parts) {

  /// A file that is read. It may lie in the folder under its name or, packed, with `.gz` added.
  ///
  /// @param name unpacked
  /// @param sha256 of the unpacked content, in hexadecimal; empty if nobody has published it
  /// @param batch whether it is one of several training batches, any of which will do
  public record Part(String name, String sha256, boolean batch) {}

  /// The format of a data set's files.
  @FunctionalInterface
  public interface Format {

    /// Reads a download or a part to its end.
    ///
    /// @throws IOException naming file and byte, if it does not follow the format
    void check(Path file) throws IOException;
  }

  public DataSet {
    downloads = List.copyOf(downloads);
    parts = List.copyOf(parts);
  }

  /// Whether nobody offers the files, so that they must be put in place by hand.
  public boolean isByHand() {
    return downloads.isEmpty();
  }

  /// The size of all downloads.
  public long bytes() {
    return downloads.stream().mapToLong(DataFile::bytes).sum();
  }

  /// The parts that a download holds: the one of its name, packed or not, or else all.
  List<Part> partsIn(DataFile download) {
    List<Part> own = parts.stream().filter(part -> isPart(part, download.name())).toList();
    return own.isEmpty() ? parts : own;
  }

  /// Whether a file of this name is that part, packed or not.
  static boolean isPart(Part part, String file) {
    return DataFolder.spellings(part.name())
        .anyMatch(name -> file.equals(name) || file.equals(name + ".gz"));
  }
}
