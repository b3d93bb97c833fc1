package dev.glissade.torch.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Downloads data sets from their official addresses, or from mirrors where those fail. A download
/// that was cut off continues where it stopped, be it from another mirror; a file appears under its
/// name only when it is complete and its checksum is right.
///
/// @param folder where data sets are kept
/// @param patience how long a server may be silent
/// @param environment the environment's variables, which may name a proxy
public record DataFetcher(DataFolder folder, Duration patience, Map<String, String> environment) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  public DataFetcher {
    environment = Map.copyOf(environment);
  }

  /// A fetcher that waits for half a minute, in the process's environment.
  public DataFetcher(DataFolder folder) {
    this(folder, PATIENCE, System.getenv());
  }

  /// A listener that is told how far a download is.
  @FunctionalInterface
  public interface Progress {

    /// Called often, from the calling thread.
    ///
    /// @param done bytes of the file that are there
    void update(DataFile file, long done);

    /// Called before an address is tried.
    default void trying(DataFile file, URI address) {}

    /// Called when an address has failed and another is tried.
    ///
    /// @param why one line for people
    default void failed(DataFile file, String why) {}
  }

  /// The files that must be downloaded for a data set to be complete.
  public List<DataFile> missing(DataSet dataSet) {
    List<DataSet.Part> missing = DataInventory.of(dataSet, folder).missing();
    return dataSet.downloads().stream()
        .filter(download -> !Collections.disjoint(dataSet.partsIn(download), missing))
        .toList();
  }

  /// The number of bytes that an earlier attempt has left of what is missing.
  public long arrived(DataSet dataSet) throws IOException {
    long sum = 0;
    for (DataFile file : missing(dataSet)) {
      Path partial = partial(file, folder.of(dataSet.name()));
      sum += Files.exists(partial) ? Files.size(partial) : 0;
    }
    return sum;
  }

  private static Path partial(DataFile file, Path target) {
    return target.resolve(file.name() + ".part");
  }

  /// Downloads what is missing of a data set.
  ///
  /// @throws IOException with one line that says what failed and what to do
  public void fetch(DataSet dataSet, Progress progress) throws IOException {
    Path target = folder.of(dataSet.name());
    Files.createDirectories(target);
    for (DataFile file : missing(dataSet)) {
      fetch(file, target, progress);
    }
  }

  /// Tries one address after the other.
  private void fetch(DataFile file, Path target, Progress progress) throws IOException {
    int left = file.addresses().size();
    for (URI address : file.addresses()) {
      progress.trying(file, address);
      try {
        fetch(file, address, target, progress);
        return;
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        String why = String.valueOf(e.getMessage());
        if (--left == 0) {
          throw new IOException(why + remedy(file, target), e);
        }
        progress.failed(file, why);
      }
    }
  }

  private static String remedy(DataFile file, Path target) {
    return (": check the network and fetch again to go on, or get %s by hand (%s bytes, SHA-256 %s)"
            + " and put it into %s")
        .formatted(file.name(), file.bytes(), file.sha256(), target);
  }

  private void fetch(DataFile file, URI address, Path target, Progress progress)
      throws IOException {
    Path partial = partial(file, target);
    long done = Files.exists(partial) ? Files.size(partial) : 0;
    if (done > file.bytes()) {
      Files.delete(partial);
      done = 0;
    }
    if (done < file.bytes()) {
      new Download(file, address, partial, patience, new Proxies(environment)).run(done, progress);
    }
    String sum = Checksums.ofFile(partial);
    if (!sum.equals(file.sha256())) {
      Files.delete(partial);
      throw new IOException(
          "%s has SHA-256 %s, expected %s, and was deleted".formatted(address, sum, file.sha256()));
    }
    Files.move(partial, target.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
  }
}
