package dev.glissade.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.app.dashboard.Dashboard.Access;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the dashboard tells of a folder, and whom.
class DashboardTest {

  @TempDir private Path temporary;

  private Dashboard dashboard;
  private int port;

  private Path runs() {
    return temporary.resolve("runs");
  }

  @BeforeEach
  void start() throws IOException {
    dashboard = Dashboard.start(runs(), new Access.ThisMachine(), Optional.of(0));
    port = dashboard.address().getPort();
  }

  @AfterEach
  void stop() {
    dashboard.close();
  }

  private Http get(String target, String... headers) throws IOException {
    return Http.get(
        port,
        target,
        Stream.concat(Stream.of("Host: 127.0.0.1:" + port), Stream.of(headers))
            .toArray(String[]::new));
  }

  private String told() throws IOException {
    return get("/runs").body();
  }

  /// The dashboard looks again after a while, which on a busy machine takes longer.
  private static void eventually(Check check) throws Exception {
    Instant end = Instant.now().plusSeconds(30);
    while (true) {
      try {
        check.run();
        return;
      } catch (AssertionError e) {
        if (Instant.now().isAfter(end)) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  private interface Check {
    void run() throws Exception;
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  // What it tells

  @Test
  void aFolderThatIsNotThereSaysHowToStartARun() throws IOException {
    assertThat(told())
        .contains("\"exists\":false", "train quadratic -o " + runs().resolve("quadratic"))
        .contains("\"runs\":[]");
  }

  @Test
  void aRunIsToldByItsLastLines() throws Exception {
    Path run = Runs.create(runs().resolve("a/b"));
    Runs.metrics(run, 437);
    Runs.lock(run, ProcessHandle.current().pid(), Host.NAME);
    eventually(() -> {
      assertThat(told())
          .contains("\"id\":\"a/b\",\"state\":\"RUNNING\"", "\"problem\":\"quadratic\"")
          .contains("\"episode\":437,\"episodes\":1000")
          .contains("\"validationLoss\":0.25,\"bestLoss\":0.125")
          .contains("\"gradientNorm\":" + 10.0 / 437, "\"learningRate\":0.01,\"nonFinite\":3")
          .contains("\"episodesPerSecond\":4.0,\"secondsLeft\":140.75");
    });
  }

  @Test
  void whatHasBecomeOfARunIsTold() throws Exception {
    Runs.create(runs().resolve("new"));
    Runs.metrics(Runs.create(runs().resolve("done")), 1000);
    Path crashed = Runs.create(runs().resolve("crashed"));
    Runs.metrics(crashed, 50);
    Runs.lock(crashed, 999_999_999, Host.NAME);
    Path interrupted = Runs.create(runs().resolve("interrupted"));
    Runs.metrics(interrupted, 50);
    Files.createDirectories(interrupted.resolve("checkpoints"));
    Files.createFile(interrupted.resolve("checkpoints/episode-50.safetensors"));
    Path stalled = Runs.create(runs().resolve("stalled"));
    Runs.metrics(stalled, 50);
    Runs.lock(stalled, 5, "elsewhere.invalid");
    FileTime old = FileTime.from(Instant.now().minusSeconds(3600));
    for (String file : List.of("metrics.jsonl", "lock", "run.json")) {
      Files.setLastModifiedTime(stalled.resolve(file), old);
    }
    Path running = Runs.create(runs().resolve("running"));
    Runs.lock(running, 5, "elsewhere.invalid");
    eventually(() -> {
      String told = told();
      for (String state : List.of("new", "done", "crashed", "interrupted", "stalled", "running")) {
        assertThat(told)
            .contains(
                "\"id\":\"%s\",\"state\":\"%s\"".formatted(state, state.toUpperCase(Locale.ROOT)));
      }
      assertThat(told).contains("train --resume " + crashed, "pid 5 on elsewhere.invalid");
    });
  }

  @Test
  void curvesAreReadAsTheyGrowAndAnewAfterAResume() throws Exception {
    Path run = Runs.create(runs().resolve("r"));
    Runs.metrics(run, 20);
    eventually(() -> {
      assertThat(get("/curves?run=r").body())
          .contains("\"validationLoss\":{\"x\":[10.0,20.0],\"y\":[0.25,0.25]}");
    });
    Runs.metrics(run, 9);
    Files.writeString(
        run.resolve("metrics.jsonl"),
        Runs.line(10, true) + "\n" + "no line\n" + Runs.line(11, true).substring(0, 30),
        StandardOpenOption.APPEND);
    eventually(() -> {
      assertThat(get("/curves?run=r").body())
          .contains("\"validationLoss\":{\"x\":[10.0],\"y\":[0.25]}");
    });
  }

  @Test
  void junkBreaksNothing() throws Exception {
    Runs.metrics(Runs.create(runs().resolve("good")), 10);
    Path broken = Files.createDirectories(runs().resolve("broken"));
    Files.writeString(broken.resolve("run.json"), "{\"problem\": 5");
    Files.createDirectories(runs().resolve("folder/run.json"));
    Path noise = Runs.create(runs().resolve("noise"));
    byte[] bytes = new byte[200_000];
    new Random(1).nextBytes(bytes);
    Files.write(noise.resolve("metrics.jsonl"), bytes);
    Files.write(noise.resolve("lock"), bytes);
    Path folders = Runs.create(runs().resolve("folders"));
    for (String name : List.of("metrics.jsonl", "lock", "checkpoints", "report.html")) {
      Files.createDirectories(folders.resolve(name).resolve("x"));
    }
    Files.createSymbolicLink(runs().resolve("loop"), runs());
    Path odd = Runs.create(runs().resolve("<img src=x onerror=alert(1)> & \"q\" ∇"));
    Runs.metrics(odd, 3);
    Files.createFile(runs().resolve("file"));

    eventually(() -> {
      String told = told();
      assertThat(told)
          .contains("\"id\":\"good\",\"state\":\"CRASHED\"")
          .contains("\"id\":\"broken\",\"state\":\"DAMAGED\"")
          .contains("\"id\":\"folder\",\"state\":\"DAMAGED\"")
          .contains("\"id\":\"noise\",\"state\":\"NEW\"")
          .contains("\"id\":\"folders\",\"state\":\"NEW\"")
          .doesNotContain("loop");
    });
    for (String id : List.of("good", "broken", "folder", "noise", "folders")) {
      assertThat(get("/curves?run=" + id).status()).isEqualTo(200);
    }
    assertThat(get("/curves?run=" + coded(runs().relativize(odd).toString())).body())
        .contains("\"x\":[1.0,2.0,3.0]");
  }

  @Test
  void nothingIsWritten() throws IOException {
    Path run = Runs.create(runs().resolve("r"));
    Runs.metrics(run, 30);
    Runs.lock(run, 999_999_999, Host.NAME);
    Map<String, String> before = contents();
    told();
    get("/curves?run=r");
    assertThat(contents()).isEqualTo(before);
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path file : files.toList()) {
        contents.put(
            file.toString(),
            Files.getLastModifiedTime(file)
                + (Files.isRegularFile(file) ? Files.readString(file) : ""));
      }
    }
    return contents;
  }

  // Whom it tells

  @Test
  void pagesAndPicturesAreShownInAWorldOfTheirOwn() throws Exception {
    Path run = Runs.create(runs().resolve("r"));
    Files.writeString(run.resolve("report.html"), "<h1>A page</h1>");
    Files.writeString(run.resolve("drawn.svg"), "<svg/>");
    eventually(() -> {
      assertThat(told())
          .contains("{\"report\":true,\"pictures\":[{\"name\":\"drawn.svg\",\"modified\":");
    });
    Http page = get("/file?run=r&name=report.html");
    assertThat(page.body()).isEqualTo("<h1>A page</h1>");
    assertThat(page.head()).contains("Content-Type: text/html", "sandbox allow-scripts;");
    assertThat(get("/file?run=r&name=drawn.svg").head())
        .contains("Content-Type: image/svg+xml", "sandbox", "nosniff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/file?run=r&name=../secret.png",
        "/file?run=r&name=..%2Fsecret.png",
        "/file?run=r&name=%2e%2e%2fsecret.png",
        "/file?run=r&name=..%252Fsecret.png",
        "/file?run=r/..&name=secret.png",
        "/file?run=..&name=secret.png",
        "/file?run=%2e%2e&name=secret.png",
        "/file?run=r/../..&name=secret.png",
        "/file?run=r&name=/etc/passwd",
        "/file?run=/&name=secret.png",
        "/file?run=r&name=linked.png",
        "/file?run=linked&name=secret.png",
        "/file?run=r&name=run.json",
        "/file?run=r&name=best.safetensors",
        "/file?run=r&name=secret.png%00",
        "/file?run=r",
        "/curves?run=..",
        "/curves?run=r/..%2f..",
        "/curves",
        "/../secret.png",
        "/%2e%2e/secret.png",
        "/..%2fsecret.png",
        "/style.css/../../secret.png",
        "/r/run.json",
      })
  void whatIsNotShownCannotBeHad(String target) throws IOException {
    Path run = Runs.create(runs().resolve("r"));
    Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
    Files.writeString(temporary.resolve("secret.png"), "SECRET");
    Files.writeString(elsewhere.resolve("secret.png"), "SECRET");
    Files.writeString(run.resolve("best.safetensors"), "SECRET");
    Files.createSymbolicLink(run.resolve("linked.png"), temporary.resolve("secret.png"));
    Files.createSymbolicLink(runs().resolve("linked"), elsewhere);
    Http answer = get(target);
    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("SECRET", "root:", "glissade.training");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "127.0.0.1.evil.example:PORT",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.:PORT",
        "127.0.0.1:PORT@evil.example",
        "192.168.1.1:PORT",
        "",
      })
  void aForeignHostIsRefused(String host) throws IOException {
    Http answer = Http.get(port, "/runs", "Host: " + host.replace("PORT", "" + port));
    assertThat(answer.status()).isIn(400, 403);
    assertThat(answer.body()).doesNotContain("\"runs\"");
  }

  @Test
  void itsOwnNamesAreNotRefused() throws IOException {
    for (String host : List.of("127.0.0.1", "localhost", "LOCALHOST", "[::1]")) {
      assertThat(Http.get(port, "/runs", "Host: " + host + ":" + port).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: http://127.0.0.1:1",
      })
  void otherSitesAreRefused(String header) throws IOException {
    for (String target : List.of("/", "/runs", "/events", "/file?run=r&name=report.html")) {
      assertThat(get(target, header, "Accept: text/event-stream").status()).isEqualTo(403);
    }
  }

  @Test
  void itsOwnPageIsNotRefused() throws IOException {
    assertThat(get("/runs", "Sec-Fetch-Site: same-origin").status()).isEqualTo(200);
    assertThat(get("/", "Sec-Fetch-Site: none").status()).isEqualTo(200);
    assertThat(get("/runs", "Origin: http://127.0.0.1:" + port).status()).isEqualTo(200);
  }

  @Test
  void nothingCanBeSentToIt() throws IOException {
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "HEAD")) {
      Http answer = Http.send(port, method, "/runs", "Host: 127.0.0.1:" + port);
      assertThat(answer.status()).as(method).isIn(400, 405);
    }
  }

  @Test
  void noOtherPageMayHaveItOrBeAskedByIt() throws IOException {
    assertThat(get("/").head())
        .contains("default-src 'none'", "frame-ancestors 'none'", "nosniff", "no-referrer")
        .doesNotContain("Access-Control-Allow-Origin");
  }

  @Test
  void onANetworkOnlyTheTokenOpens() throws IOException {
    Runs.create(runs().resolve("r"));
    try (Dashboard open = Dashboard.start(runs(), Access.Network.of("0.0.0.0"), Optional.of(0))) {
      int at = open.address().getPort();
      String host = "Host: 192.168.7.9:" + at;
      String token = open.address().getQuery().substring("token=".length());
      assertThat(token).hasSize(43);
      for (String target : List.of("/", "/runs", "/events", "/curves?run=r", "/script.js")) {
        assertThat(Http.get(at, target, host).status()).as(target).isEqualTo(403);
      }
      assertThat(Http.get(at, "/?token=" + token.substring(1), host).status()).isEqualTo(403);
      assertThat(Http.get(at, "/?token=", host).status()).isEqualTo(403);
      assertThat(Http.get(at, "/runs", host, "Cookie: glissade-" + at + "=x").status())
          .isEqualTo(403);
      Http let = Http.get(at, "/?token=" + token, host);
      assertThat(let.status()).isEqualTo(302);
      assertThat(let.head())
          .contains("Location: /", "glissade-%s=%s".formatted(at, token))
          .contains("HttpOnly", "SameSite=Strict");
      String cookie = "Cookie: glissade-%s=%s".formatted(at, token);
      assertThat(Http.get(at, "/runs", host, cookie).body()).contains("\"id\":\"r\"");
      assertThat(Http.get(at, "/runs", "Host: evil.example:" + at, cookie).status()).isEqualTo(403);
      assertThat(Http.get(at, "/runs", host, cookie, "Sec-Fetch-Site: cross-site").status())
          .isEqualTo(403);
    }
  }

  @Test
  void tokensDiffer() {
    assertThat(Access.Network.of("h").token()).isNotEqualTo(Access.Network.of("h").token());
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(() -> Dashboard.start(runs(), new Access.ThisMachine(), Optional.of(port)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("port " + port + " is taken")
        .hasMessageContaining("--port");
  }

  @Test
  void whereNobodyNamesAPortTheNextFreeOneServes() throws IOException {
    try (Dashboard one = Dashboard.start(runs(), new Access.ThisMachine(), Optional.empty());
        Dashboard two = Dashboard.start(runs(), new Access.ThisMachine(), Optional.empty())) {
      assertThat(one.address().getPort()).isGreaterThanOrEqualTo(Dashboard.PORT);
      assertThat(two.address().getPort()).isGreaterThan(one.address().getPort());
    }
  }
}
