package dev.glissade.torch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.glissade.torch.TestImages;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Downloads from a server on this machine that may break off, lie or be absent.
class DataFetcherTest {

  private static final byte[] CONTENT = new byte[300_000];

  static {
    new SplittableRandom(1).nextBytes(CONTENT);
  }

  @TempDir private Path root;
  private HttpServer server;
  private final List<String> ranges = new ArrayList<>();
  private int sent = CONTENT.length; // how much of the answer is sent before it breaks off
  private boolean resumable = true;
  private CountDownLatch silence = new CountDownLatch(0); // that comes after what is sent

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/file", this::answer);
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/file");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(String.valueOf(range));
    int from = 0;
    if (range != null && resumable) {
      from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, CONTENT.length - from);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(CONTENT, from, Math.min(CONTENT.length, sent) - from);
      out.flush();
      silence.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private DataSet dataSet(String path, String sha256) {
    return dataSet(path, sha256, CONTENT.length);
  }

  private DataSet dataSet(String path, String sha256, long bytes) {
    URI address = URI.create("http://localhost:" + server.getAddress().getPort() + path);
    DataFile file = new DataFile("file.bin", List.of(address), bytes, sha256);
    DataSet.Part part = new DataSet.Part("file.bin", sha256, false);
    return new DataSet("made-up", "noise", "none", _ -> {}, List.of(file), List.of(part));
  }

  private static String sum() throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
  }

  private Path file(String name) {
    return root.resolve("made-up").resolve(name);
  }

  private void fetch(DataSet dataSet) throws IOException {
    new DataFetcher(new DataFolder(root), Duration.ofSeconds(30), Map.of())
        .fetch(dataSet, (_, _) -> {});
  }

  @Test
  void fetchesFollowsRedirectsAndReports() throws Exception {
    List<Long> progress = new ArrayList<>();
    new DataFetcher(new DataFolder(root))
        .fetch(dataSet("/moved", sum()), (_, done) -> progress.add(done));
    assertThat(file("file.bin")).hasBinaryContent(CONTENT);
    assertThat(file("file.bin.part")).doesNotExist();
    assertThat(progress).isSorted().endsWith((long) CONTENT.length);
    fetch(dataSet("/file", sum())); // there is nothing left to do
    assertThat(ranges).hasSize(1);
  }

  @Test
  void goesOnWhereItStopped() throws Exception {
    sent = 100_000;
    assertThatThrownBy(() -> fetch(dataSet("/file", sum())))
        .hasMessageContaining("fetch again to go on")
        .hasMessageNotContaining("\n");
    assertThat(file("file.bin")).doesNotExist();
    long there = Files.size(file("file.bin.part"));
    assertThat(there).isBetween(1L, 100_000L);
    sent = CONTENT.length;
    fetch(dataSet("/file", sum()));
    assertThat(file("file.bin")).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("null", "bytes=" + there + "-");
  }

  @Test
  void aServerThatFallsSilentIsNotWaitedForForEver() throws Exception {
    sent = 100_000;
    silence = new CountDownLatch(1);
    var fetcher = new DataFetcher(new DataFolder(root), Duration.ofSeconds(1), Map.of());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> fetcher.fetch(dataSet("/file", sum()), (_, _) -> {}))
                .hasMessageContaining(" sent nothing for 1 seconds after ")
                .hasMessageContaining("which stay in " + file("file.bin.part"))
                .hasMessageContaining("fetch again to go on"));
    silence.countDown();
    assertThat(Files.size(file("file.bin.part"))).isBetween(1L, 100_000L);
    sent = CONTENT.length;
    fetch(dataSet("/file", sum()));
    assertThat(file("file.bin")).hasBinaryContent(CONTENT);
  }

  /// The server of these tests is the proxy of an address that does not exist.
  @Test
  void theProxyOfTheEnvironmentIsUsed() throws Exception {
    String proxy = "http://localhost:" + server.getAddress().getPort();
    DataFile file =
        new DataFile(
            "file.bin", List.of(URI.create("http://data.invalid/file")), CONTENT.length, sum());
    DataSet.Part part = new DataSet.Part("file.bin", sum(), false);
    DataSet far = new DataSet("made-up", "", "", _ -> {}, List.of(file), List.of(part));
    Duration patience = Duration.ofSeconds(10);
    new DataFetcher(new DataFolder(root), patience, Map.of("http_proxy", proxy))
        .fetch(far, (_, _) -> {});
    assertThat(file("file.bin")).hasBinaryContent(CONTENT);
    Files.delete(file("file.bin"));
    server.stop(0);
    var unreachable = new DataFetcher(new DataFolder(root), patience, Map.of("all_proxy", proxy));
    assertThatThrownBy(() -> unreachable.fetch(far, (_, _) -> {}))
        .hasMessageContaining("cannot be reached through the proxy localhost:")
        .hasMessageContaining(" of all_proxy (");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https_proxy=http://p:3128 | https://a.org/x | p:3128 of https_proxy",
        "HTTPS_PROXY=p:3128 | https://a.org/x | p:3128 of HTTPS_PROXY",
        "https_proxy=p | https://a.org/x | p:1080 of https_proxy",
        "http_proxy=p:1 | https://a.org/x | none",
        "HTTP_PROXY=p:1 | http://a.org/x | none",
        "http_proxy=p:1 | http://a.org/x | p:1 of http_proxy",
        "all_proxy=p:1 | http://a.org/x | p:1 of all_proxy",
        "https_proxy=p:1 no_proxy=b.org,a.org | https://a.org/x | none",
        "https_proxy=p:1 no_proxy=.a.org | https://s3.a.org/x | none",
        "https_proxy=p:1 NO_PROXY=* | https://a.org/x | none",
        "https_proxy=p:1 no_proxy=a.org | https://aa.org/x | p:1 of https_proxy"
      })
  void proxiesAreFoundAsCurlFindsThem(String variables, URI address, String found)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" ", -1)) {
      int end = variable.indexOf('=');
      environment.put(variable.substring(0, end), variable.substring(end + 1));
    }
    assertThat(new Proxies(environment).find(address).map(Object::toString).orElse("none"))
        .isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://p:1", "http://user:secret@p:1", "http://", "p:port"})
  void proxiesThatCannotBeUsedAreToldWithoutTheirPasswords(String value) {
    Proxies proxies = new Proxies(Map.of("https_proxy", value));
    assertThatThrownBy(() -> proxies.find(URI.create("https://a.org/x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("https_proxy names no proxy that can be used")
        .hasMessageNotContaining("secret");
  }

  @Test
  void startsAgainWhereTheServerCannotGoOn() throws Exception {
    TestImages.write(file("file.bin.part"), new byte[1000]);
    resumable = false;
    fetch(dataSet("/file", sum()));
    assertThat(file("file.bin")).hasBinaryContent(CONTENT);
  }

  @Test
  void damagedDownloadsAreDeleted() throws Exception {
    TestImages.write(file("file.bin.part"), new byte[1000]); // not what the server has
    assertThatThrownBy(() -> fetch(dataSet("/file", sum())))
        .hasMessageContaining("and was deleted: check the network and fetch again");
    assertThat(root.resolve("made-up")).isEmptyDirectory();
    fetch(dataSet("/file", sum()));
    assertThat(file("file.bin")).hasBinaryContent(CONTENT);
  }

  @Test
  void absentFilesAndServersAreTold() throws Exception {
    DataSet absent = dataSet("/absent", sum());
    assertThatThrownBy(() -> fetch(absent)).hasMessageContaining("HTTP status 404");
    server.stop(0);
    assertThatThrownBy(() -> fetch(absent))
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining(
            "get file.bin by hand (300000 bytes, SHA-256 %s) and put it into %s"
                .formatted(sum(), root.resolve("made-up")))
        .hasMessageNotContaining("\n");
  }

  private DataSet mirrored(String... paths) throws Exception {
    List<URI> addresses =
        Arrays.stream(paths)
            .map(path -> URI.create("http://localhost:" + server.getAddress().getPort() + path))
            .toList();
    DataFile file = new DataFile("file.bin", addresses, CONTENT.length, sum());
    DataSet.Part part = new DataSet.Part("file.bin", sum(), false);
    return new DataSet("made-up", "noise", "none", _ -> {}, List.of(file), List.of(part));
  }

  /// What was tried, and why it failed.
  private List<String> told(DataSet dataSet) throws IOException {
    List<String> told = new ArrayList<>();
    var listener =
        new DataFetcher.Progress() {
          @Override
          public void update(DataFile file, long done) {}

          @Override
          public void trying(DataFile file, URI address) {
            told.add("trying " + address.getPath());
          }

          @Override
          public void failed(DataFile file, String why) {
            told.add(why.replaceFirst("http://localhost:\\d+", ""));
          }
        };
    new DataFetcher(new DataFolder(root), Duration.ofSeconds(30), Map.of())
        .fetch(dataSet, listener);
    return told;
  }

  @Test
  void mirrorsAreTriedInTurnUntilOneHasTheFile() throws Exception {
    assertThat(told(mirrored("/absent", "/gone", "/file", "/file/never")))
        .containsExactly(
            "trying /absent",
            "/absent answered with HTTP status 404",
            "trying /gone",
            "/gone answered with HTTP status 404",
            "trying /file");
    assertThat(file("file.bin")).hasBinaryContent(CONTENT);
    assertThat(ranges).hasSize(1);
  }

  @Test
  void aMirrorGoesOnWhereAnotherBrokeOff() throws Exception {
    sent = 100_000;
    server.createContext(
        "/whole",
        exchange -> {
          sent = CONTENT.length;
          answer(exchange);
        });
    assertThat(told(mirrored("/file", "/whole"))).hasSize(3).last().isEqualTo("trying /whole");
    assertThat(file("file.bin")).hasBinaryContent(CONTENT);
    assertThat(ranges).hasSize(2).last().asString().startsWith("bytes=");
  }

  @Test
  void whenNoMirrorHasTheFileTheLastIsToldAndTheWayByHand() throws Exception {
    DataSet nowhere = mirrored("/absent", "/gone");
    assertThatThrownBy(() -> fetch(nowhere))
        .hasMessageContaining("/gone answered with HTTP status 404: check the network")
        .hasMessageContaining("get file.bin by hand (300000 bytes, SHA-256 " + sum())
        .hasMessageNotContaining("/absent");
  }

  @Test
  void whatIsNotTheFileIsNotKept() {
    DataSet longer = dataSet("/file", "unknown", CONTENT.length - 1);
    assertThatThrownBy(() -> fetch(longer))
        .hasMessageContaining("offers 300000 bytes, expected 299999")
        .hasMessageContaining("by hand");
    assertThat(root.resolve("made-up")).isEmptyDirectory();
  }

  @Test
  void whatLiesThereUnpackedIsNotFetched() {
    DataFetcher fetcher = new DataFetcher(new DataFolder(root));
    DataSet mnist = DataCatalog.find("mnist");
    assertThat(fetcher.missing(mnist)).isEqualTo(mnist.downloads());
    TestImages.write(root.resolve("mnist/t10k-labels-idx1-ubyte"), new byte[1]);
    assertThat(fetcher.missing(mnist)).isEqualTo(mnist.downloads().subList(0, 3));
    DataSet cifar = DataCatalog.find("cifar10");
    TestImages.write(root.resolve("cifar10/test_batch.bin.gz"), new byte[1]);
    assertThat(fetcher.missing(cifar)).isEqualTo(cifar.downloads()); // the training batches
    for (String batch : CifarFiles.TRAINING) {
      TestImages.write(root.resolve("cifar10").resolve(batch), new byte[1]);
    }
    assertThat(fetcher.missing(cifar)).isEmpty();
  }

  @Test
  void theCatalogIsComplete() {
    for (DataSet dataSet : DataCatalog.all()) {
      assertThat(DataCatalog.find(dataSet.name())).isSameAs(dataSet);
      for (DataFile file : dataSet.downloads()) {
        assertThat(file.sha256()).matches("[0-9a-f]{64}");
        assertThat(file.bytes()).isPositive();
        assertThat(file.addresses())
            .isNotEmpty()
            .doesNotHaveDuplicates()
            .allMatch(address -> address.toString().endsWith("/" + file.name()));
      }
      for (DataSet.Part part : dataSet.parts()) {
        assertThat(part.sha256()).matches("([0-9a-f]{64})?");
      }
    }
    assertThatThrownBy(() -> DataCatalog.find("mnits"))
        .hasMessageStartingWith("unknown data set 'mnits' (did you mean 'mnist'?)");
  }
}
