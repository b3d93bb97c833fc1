package dev.glissade.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A dashboard of many long runs with many pages open, as a process of its own. With
/// `-Dglissade.load=1` it is 200 runs of 100,000 lines and 50 pages, else a small part of that.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DashboardLoadTest {

  private static final boolean WHOLE = "1".equals(System.getProperty("glissade.load"));
  private static final int RUNS = WHOLE ? 200 : 20;
  private static final int LINES = WHOLE ? 100_000 : 5_000;
  private static final int PAGES = WHOLE ? 50 : 10;
  private static final long MEGABYTE = 1 << 20;

  @TempDir private Path folder;

  private void write() throws IOException {
    Path first = Runs.create(folder.resolve("run-000"));
    Runs.metrics(first, LINES);
    for (int i = 1; i < RUNS; i++) {
      Path run = Runs.create(folder.resolve(String.format(Locale.ROOT, "run-%03d", i)));
      Files.copy(first.resolve("metrics.jsonl"), run.resolve("metrics.jsonl"));
    }
  }

  @Test
  void answersAtOnceAndStaysSmall() throws Exception {
    write();
    Process process = start();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      String line = said.readLine();
      int port = Integer.parseInt(line.replaceAll(".*127.0.0.1:(\\d+)/.*", "$1"));
      String host = "Host: 127.0.0.1:" + port;

      long start = System.nanoTime();
      assertThat(Http.get(port, "/", host).status()).isEqualTo(200);
      assertThat(Http.get(port, "/script.js", host).status()).isEqualTo(200);
      String runs = Http.get(port, "/runs", host).body();
      Duration firstPage = Duration.ofNanos(System.nanoTime() - start);
      assertThat(runs.split("\"id\"")).hasSize(RUNS + 1);
      // a build machine may be busy
      assertThat(firstPage).isLessThan(Duration.ofSeconds(WHOLE ? 2 : 20));

      List<Socket> pages = new ArrayList<>();
      long listening = System.nanoTime();
      for (int i = 0; i < PAGES; i++) {
        pages.add(listen(port));
      }
      for (Socket page : pages) {
        assertThat(reader(page).readLine()).startsWith("HTTP/1.1 200");
      }
      Duration streams = Duration.ofNanos(System.nanoTime() - listening);
      Runs.metrics(folder.resolve("run-007"), 10);
      for (Socket page : pages) {
        awaitText(page, "\"episode\":10,");
      }
      long curves = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        assertThat(
                Http.get(port, "/curves?run=" + String.format(Locale.ROOT, "run-%03d", i), host)
                    .status())
            .isEqualTo(200);
      }
      Duration all = Duration.ofNanos(System.nanoTime() - curves);
      long peak = peakMemory(process);
      System.out.printf(
          Locale.ROOT,
          "%d runs of %,d lines, %d pages: first page %d ms, streams %d ms, a run's curves %.0f ms,"
              + " peak %d MB%n",
          RUNS,
          LINES,
          PAGES,
          firstPage.toMillis(),
          streams.toMillis(),
          (double) all.toMillis() / 20,
          peak / MEGABYTE);
      assertThat(peak).isLessThan(512 * MEGABYTE);
      for (Socket page : pages) {
        page.close();
      }
    } finally {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m", // as the launcher says
            "-cp",
            System.getProperty("java.class.path"),
            "dev.glissade.app.cli.Main",
            "dashboard",
            folder.toString(),
            "--port",
            "0")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Socket listen(int port) throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.setSoTimeout(60_000);
    socket
        .getOutputStream()
        .write(
            "GET /events HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n\r\n"
                .formatted(port)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 64);
  }

  private static void awaitText(Socket socket, String text) throws IOException {
    BufferedReader in = reader(socket);
    String line = in.readLine();
    while (line != null && !line.contains(text)) {
      line = in.readLine();
    }
    assertThat(line).as("a page that is told").isNotNull();
  }

  /// The most memory that a process had so far, of any kind; 0 where that cannot be told.
  private static long peakMemory(Process process) throws IOException {
    Path status = Path.of("/proc/%s/status".formatted(process.pid()));
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
