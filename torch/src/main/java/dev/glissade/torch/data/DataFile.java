package dev.glissade.torch.data;

import java.net.URI;
import java.util.List;

/// A file that can be downloaded.
///
/// @param name in the data set's folder
/// @param addresses where its publisher and mirrors offer it, in the order in which they are tried;
///   at least one
/// @param bytes its size
/// @param sha256 of the whole file, in hexadecimal
public record DataFile(String name, List<URI> addresses, long bytes, String sha256) {

  public DataFile {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException(name + " must have an address");
    }
  }
}
