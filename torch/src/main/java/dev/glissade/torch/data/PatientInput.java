package dev.glissade.torch.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads a stream that may fall silent without ending.
///
/// @param in where it is read; closing it must wake a reader that waits
/// @param patience how long silence is borne
/// @param readers waits for the stream in threads of its own
record PatientInput(InputStream in, Duration patience, ExecutorService readers)
    implements AutoCloseable {

  PatientInput(InputStream in, Duration patience) {
    this(in, patience, Executors.newVirtualThreadPerTaskExecutor());
  }

  /// Reads what is there, at most `count` bytes.
  ///
  /// @return how many were read; −1 at the end, and where the connection breaks
  /// @throws TimeoutException if nothing comes
  int read(byte[] buffer, int count) throws TimeoutException, InterruptedIOException {
    Future<Integer> read = readers.submit(() -> in.read(buffer, 0, count));
    try {
      return read.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    readers.shutdownNow();
  }
}
