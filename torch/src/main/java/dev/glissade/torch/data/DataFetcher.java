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

/// Downloads data sets. A download that was cut off goes on where it stopped; a file appears under
/// its name only when it is complete and its checksum is right.
///
/// @param folder where data sets are kept
public record DataFetcher(DataFolder folder) {

  /// Told how a download goes on.
  @FunctionalInterface
  public interface Progress {

    /// Called often, from the calling thread.
    ///
    /// @param done bytes of the file that are there
    void update(DataFile file, long done);
  }

  /// Downloads what is missing of a data set.
  ///
  /// @throws IOException with one line that says what failed and what to do
  public void fetch(DataSet dataSet, Progress progress) throws IOException {
    Path target = folder.of(dataSet.name());
    Files.createDirectories(target);
    for (DataFile file : dataSet.downloads()) {
      if (!Files.exists(target.resolve(file.name()))) {
        fetch(file, target, progress);
      }
    }
  }

  private static void fetch(DataFile file, Path target, Progress progress) throws IOException {
    Path partial = target.resolve(file.name() + ".part");
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
      HttpResponse<InputStream> response = request(client, file, start);
      boolean resumed = response.statusCode() == 206;
      if (response.statusCode() != 200 && !resumed) {
        response.body().close();
        throw failure(file, partial, "HTTP status " + response.statusCode());
      }
      try (InputStream in = response.body();
          OutputStream out =
              Files.newOutputStream(
                  partial,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
        long done = copy(in, out, resumed ? start : 0, file, progress);
        if (done < file.bytes()) {
          throw failure(file, partial, "ended after %d of %d bytes".formatted(done, file.bytes()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching " + file.address());
    }
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(Duration.ofSeconds(30))
        .build();
  }

  private static HttpResponse<InputStream> request(HttpClient client, DataFile file, long start)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(file.address());
    if (start > 0) {
      request.header("Range", "bytes=" + start + "-");
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be reached (%s): check the network, or put the file in place by hand"
              .formatted(file.address(), e.getClass().getSimpleName()),
          e);
    }
  }

  /// Copies until the end, or until the connection breaks.
  private static long copy(
      InputStream in, OutputStream out, long done, DataFile file, Progress progress)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int count; (count = readOrEnd(in, buffer)) >= 0; ) {
      done += count;
      if (done > file.bytes()) {
        throw new IOException(
            "%s is longer than the %d bytes expected".formatted(file.address(), file.bytes()));
      }
      out.write(buffer, 0, count);
      progress.update(file, done);
    }
    return done;
  }

  private static int readOrEnd(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      return -1;
    }
  }

  private static IOException failure(DataFile file, Path partial, String what) {
    return new IOException(
        "%s: %s; what has arrived stays in %s: fetch again to go on"
            .formatted(file.address(), what, partial));
  }
}
