package dev.glissade.torch.data;

import java.util.List;

/// A data set: what it is, where to get it, and how to know that it is the right one.
///
/// @param name also that of its folder
/// @param summary one line for people
/// @param licence under which it may be used, and what to cite
/// @param downloads what its publisher offers
/// @param parts the files that are read in the end, which are packed in the downloads
public record DataSet(
    String name, String summary, String licence, List<DataFile> downloads, List<Part> parts) {

  /// A file that is read. It may lie in the folder under its name or, packed, with `.gz` added.
  ///
  /// @param name unpacked
  /// @param sha256 of the unpacked content, in hexadecimal; empty if nobody has published it
  public record Part(String name, String sha256) {}

  public DataSet {
    downloads = List.copyOf(downloads);
    parts = List.copyOf(parts);
  }

  /// The size of all downloads.
  public long bytes() {
    return downloads.stream().mapToLong(DataFile::bytes).sum();
  }
}
