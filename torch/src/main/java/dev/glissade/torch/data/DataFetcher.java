package dev.glissade.torch.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// Downloads data sets from their official addresses. A download that was cut off continues where
/// it stopped; a file appears under its name only when it is complete and its checksum is right.
///
/// @param folder where data sets are kept
public record DataFetcher(DataFolder folder) {

  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final Duration PATIENCE = Duration.ofSeconds(30); // until an answer begins

  /// A listener that is told how far a download is.
  @FunctionalInterface
  public interface Progress {

    /// Called often, from the calling thread.
    ///
    /// @param done bytes of the file that are there
    void update(DataFile file, long done);
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

  private static void fetch(DataFile file, Path target, Progress progress) throws IOException {
    Path partial = partial(file, target);
    long done = Files.exists(partial) ? Files.size(partial) : 0;
    if (done > file.bytes()) {
      Files.delete(partial);
      done = 0;
    }
    if (done < file.bytes()) {
      download(file, partial, done, progress);
    }
    String sum = Checksums.ofFile(partial);
    if (!sum.equals(file.sha256())) {
      Files.delete(partial);
      throw new IOException(
          "%s has SHA-256 %s, expected %s: deleted, fetch it again"
              .formatted(file.address(), sum, file.sha256()));
    }
    Files.move(partial, target.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void download(DataFile file, Path partial, long start, Progress progress)
      throws IOException {
    try (HttpClient client = newClient()) {
      HttpResponse<InputStream> response = request(client, file, partial, start);
      try (InputStream in = response.body()) {
        requireRightAnswer(response, file, partial, start);
        boolean resumed = response.statusCode() == PARTIAL_CONTENT;
        try (OutputStream out =
            Files.newOutputStream(
                partial,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
          long done = copy(in, out, resumed ? start : 0, file, progress);
          if (done < file.bytes()) {
            throw new IOException(
                "%s ended after %s of %s bytes, which stay in %s: fetch again to go on"
                    .formatted(file.address(), done, file.bytes(), partial));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching " + file.address());
    }
  }

  /// Refuses an answer that is not the file, such as the login page of a network.
  private static void requireRightAnswer(
      HttpResponse<InputStream> response, DataFile file, Path partial, long start)
      throws IOException {
    boolean resumed = response.statusCode() == PARTIAL_CONTENT;
    if (response.statusCode() != OK && !resumed) {
      throw failure(file, partial, "answered with HTTP status " + response.statusCode());
    }
    long expected = resumed ? file.bytes() - start : file.bytes();
    long announced = response.headers().firstValueAsLong("Content-Length").orElse(expected);
    if (announced != expected) {
      throw failure(file, partial, "offers %s bytes, expected %s".formatted(announced, expected));
    }
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(PATIENCE)
        .build();
  }

  private static HttpResponse<InputStream> request(
      HttpClient client, DataFile file, Path partial, long start)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(file.address()).timeout(PATIENCE);
    if (start > 0) {
      request.header("Range", "bytes=" + start + "-");
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      String why = e.getClass().getSimpleName();
      throw failure(file, partial, "cannot be reached (%s)".formatted(why));
    }
  }

  /// Copies until all is there, or until the connection breaks.
  private static long copy(
      InputStream in, OutputStream out, long done, DataFile file, Progress progress)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (done < file.bytes()) {
      int count = readOrEnd(in, buffer, (int) Math.min(buffer.length, file.bytes() - done));
      if (count < 0) {
        break;
      }
      done += count;
      out.write(buffer, 0, count);
      progress.update(file, done);
    }
    return done;
  }

  private static int readOrEnd(InputStream in, byte[] buffer, int count) {
    try {
      return in.read(buffer, 0, count);
    } catch (IOException e) {
      return -1;
    }
  }

  private static IOException failure(DataFile file, Path partial, String what) {
    return new IOException(
        "%s %s: check the network and fetch again, or get %s by hand and put it into %s"
            .formatted(file.address(), what, file.name(), partial.getParent()));
  }
}
