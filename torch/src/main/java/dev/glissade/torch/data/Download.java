package dev.glissade.torch.data;

import dev.glissade.torch.data.DataFetcher.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// The download of one file, or of what is missing of it.
///
/// @param file what is downloaded
/// @param address where from
/// @param partial where it goes
/// @param patience how long the server may be silent
/// @param proxies through which it may go
record Download(DataFile file, URI address, Path partial, Duration patience, Proxies proxies) {

  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;

  /// Downloads the file from a byte on.
  ///
  /// @param start how many bytes are there
  /// @throws IOException with one line that says what failed
  void run(long start, Progress progress) throws IOException {
    Optional<Proxies.Named> proxy = proxies.find(address);
    try (HttpClient client = newClient(proxy)) {
      HttpResponse<InputStream> response = request(client, proxy, start);
      try (PatientInput in = new PatientInput(response.body(), patience)) {
        requireRightAnswer(response, start);
        boolean resumed = response.statusCode() == PARTIAL_CONTENT;
        try (OutputStream out =
            Files.newOutputStream(
                partial,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
          copy(in, out, resumed ? start : 0, progress);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching " + address);
    }
  }

  /// Refuses what is not the file, such as the login page of a network.
  private void requireRightAnswer(HttpResponse<InputStream> response, long start)
      throws IOException {
    boolean resumed = response.statusCode() == PARTIAL_CONTENT;
    if (response.statusCode() != OK && !resumed) {
      throw failure("answered with HTTP status " + response.statusCode());
    }
    long expected = resumed ? file.bytes() - start : file.bytes();
    long announced = response.headers().firstValueAsLong("Content-Length").orElse(expected);
    if (announced != expected) {
      throw failure("offers %s bytes, expected %s".formatted(announced, expected));
    }
  }

  private HttpClient newClient(Optional<Proxies.Named> proxy) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience);
    proxy.ifPresent(named -> client.proxy(Proxies.only(named)));
    return client.build();
  }

  private HttpResponse<InputStream> request(
      HttpClient client, Optional<Proxies.Named> proxy, long start)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
    if (start > 0) {
      request.header("Range", "bytes=" + start + "-");
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      String why = e.getClass().getSimpleName();
      throw failure(
          proxy
              .map(named -> "cannot be reached through the proxy %s (%s)".formatted(named, why))
              .orElse(
                  "cannot be reached (%s; behind a proxy, set https_proxy and http_proxy)"
                      .formatted(why)));
    }
  }

  /// Copies until all is there.
  ///
  /// @throws IOException if the connection breaks or falls silent before
  private void copy(PatientInput in, OutputStream out, long start, Progress progress)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long done = start;
    try {
      while (done < file.bytes()) {
        int count = in.read(buffer, (int) Math.min(buffer.length, file.bytes() - done));
        if (count < 0) {
          throw broken("ended", done);
        }
        done += count;
        out.write(buffer, 0, count);
        progress.update(file, done);
      }
    } catch (TimeoutException e) {
      throw broken("sent nothing for %s seconds".formatted(patience.toSeconds()), done);
    }
  }

  private IOException broken(String how, long done) {
    return new IOException(
        "%s %s after %s of %s bytes, which stay in %s"
            .formatted(address, how, done, file.bytes(), partial));
  }

  private IOException failure(String what) {
    return new IOException(address + " " + what);
  }
}
