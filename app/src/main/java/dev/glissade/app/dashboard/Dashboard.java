package dev.glissade.app.dashboard;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.io.EofException;

/// The live page of the runs in a folder: a server that reads, for browsers on this machine or, if
/// the user wants that, for whoever has its token.
///
/// The page is told by an event stream when anything changes, and asks for the curves that it
/// shows. A folder is looked at while somebody watches, and not otherwise.
public final class Dashboard implements AutoCloseable {

  /// The port where the user names none, and the first of those that are tried.
  public static final int PORT = 8642;

  private static final int PORTS_TRIED = 20;
  private static final int MOST_STREAMS = 200;
  private static final long LOOK_MILLIS = 1000;

  /// The looks after which a stream that has nothing to tell says that it is there.
  private static final int QUIET_LOOKS = 10;

  /// Another page's or a picture's own scripts and styles may run, in a world of their own: a
  /// report is a file from a folder, and who knows who wrote it.
  private static final String SANDBOX =
      "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src"
          + " 'unsafe-inline'; img-src data:";

  private final RunsFolder runs;
  private final Access access;
  private final Semaphore streams = new Semaphore(MOST_STREAMS);
  private final Javalin server;
  private volatile boolean closed;

  /// Who may ask.
  public sealed interface Access {

    /// Browsers on this machine.
    record ThisMachine() implements Access {}

    /// Whoever reaches this machine by a network and has the token.
    ///
    /// @param host name or address at which the dashboard listens
    /// @param token in the address that is printed
    record Network(String host, String token) implements Access {

      /// With a token that nobody can guess.
      public static Network of(String host) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new Network(host, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
      }
    }
  }

  private Dashboard(Path folder, Access access, int port) {
    this.runs = new RunsFolder(folder);
    runs.prepare();
    this.access = access;
    String host =
        switch (access) {
          case Access.ThisMachine _ -> "127.0.0.1";
          case Access.Network(String name, _) -> name;
        };
    this.server = Javalin.create(this::configure).start(host, port);
  }

  /// Starts a dashboard.
  ///
  /// @param folder of the runs; it need not be there yet
  /// @param port on which it answers; 0 for any, empty for [#PORT] or one of the next that is free
  /// @throws IOException if that cannot be had
  public static Dashboard start(Path folder, Access access, Optional<Integer> port)
      throws IOException {
    int first = port.orElse(PORT);
    int tries = port.isPresent() ? 1 : PORTS_TRIED;
    for (int i = 0; i < tries; i++) {
      try {
        return new Dashboard(folder, access, first + i);
      } catch (JavalinBindException e) {
        // the next one
      }
    }
    throw new IOException(
        tries == 1
            ? "port %s is taken, or not to be had at that address: choose another --port, or 0 for any"
                .formatted(first)
            : "ports %s to %s are taken: choose another --port, or 0 for any"
                .formatted(first, first + tries - 1));
  }

  /// The address to open in a browser.
  public URI address() {
    int port = server.port();
    return URI.create(
        switch (access) {
          case Access.ThisMachine _ -> "http://127.0.0.1:%s/".formatted(port);
          case Access.Network(String host, String token) ->
              "http://%s:%s/?token=%s"
                  .formatted(host.contains(":") ? "[" + host + "]" : host, port, token);
        });
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true; // each stream has one, which waits
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.routes.before(new Guard(access)::check);
    config.routes.get("/", request -> request.html(Resources.PAGE));
    config.routes.get(
        "/style.css",
        request -> request.contentType("text/css; charset=utf-8").result(Resources.STYLE));
    config.routes.get(
        "/script.js",
        request -> request.contentType("text/javascript; charset=utf-8").result(Resources.SCRIPT));
    config.routes.get("/runs", request -> json(request, runs.told().json()));
    config.routes.get("/curves", this::curves);
    config.routes.get("/file", this::file);
    config.routes.get("/events", this::events);
  }

  private static void json(Context request, String json) {
    request.contentType("application/json; charset=utf-8").result(json);
  }

  private void curves(Context request) throws IOException {
    json(request, runs.curves(parameter(request, "run")).orElseThrow(NotFoundResponse::new));
  }

  private void file(Context request) throws IOException {
    String name = parameter(request, "name");
    Path file = runs.file(parameter(request, "run"), name).orElseThrow(NotFoundResponse::new);
    request.header("Content-Security-Policy", SANDBOX);
    request.contentType(Snapshot.Picture.typeOf(name)).result(Files.newInputStream(file));
  }

  private static String parameter(Context request, String name) {
    return Optional.ofNullable(request.queryParam(name)).orElseThrow(NotFoundResponse::new);
  }

  /// Tells a page what is new, for as long as it listens.
  private void events(Context request) throws IOException {
    if (!streams.tryAcquire()) {
      throw new ServiceUnavailableResponse("Too many pages are open");
    }
    try {
      request.contentType("text/event-stream; charset=utf-8");
      tell(request.res().getOutputStream());
    } catch (EofException e) {
      // the page was closed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams.release();
    }
  }

  private void tell(OutputStream page) throws IOException, InterruptedException {
    long told = -1;
    int quiet = 0;
    while (!closed) {
      RunsFolder.Told now = runs.told();
      if (now.version() != told) {
        send(page, "event: runs\ndata: " + now.json() + "\n\n");
        told = now.version();
        quiet = 0;
      } else if (++quiet >= QUIET_LOOKS) {
        send(page, ": here\n\n"); // so that a page that was closed is noticed
        quiet = 0;
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static void send(OutputStream page, String event) throws IOException {
    page.write(event.getBytes(StandardCharsets.UTF_8));
    page.flush();
  }

  @Override
  public void close() {
    closed = true;
    server.stop();
  }
}
