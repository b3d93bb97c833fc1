package dev.glissade.torch.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.glissade.torch.data.DataFetcher.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Downloads by https go through a proxy's tunnel (`CONNECT`), as those from every real data set's
/// address do in a company's network. Only the proxy knows where the address is.
class ProxyTunnelTest {

  private static final byte[] CONTENT = "as it is served".getBytes(US_ASCII);
  private static final String HOST = "data.invalid";
  private static final char[] PASSWORD = "made-up".toCharArray();

  @TempDir private Path root;
  private SSLContext before;
  private HttpsServer server;
  private ServerSocket proxy;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String answer = "HTTP/1.1 200 Connection established";

  @BeforeEach
  void start() throws Exception {
    before = SSLContext.getDefault();
    SSLContext own = ownCertificate();
    SSLContext.setDefault(own);
    InetAddress here = InetAddress.getLoopbackAddress();
    server = HttpsServer.create(new InetSocketAddress(here, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(own));
    server.createContext("/file", ProxyTunnelTest::serve);
    server.start();
    proxy = new ServerSocket(0, 10, here);
    Thread.ofVirtual().start(this::accept);
  }

  @AfterEach
  void stop() throws IOException {
    SSLContext.setDefault(before);
    proxy.close();
    server.stop(0);
  }

  /// A certificate for the host that there is not, which the JDK's own tool makes, and trust in it.
  private SSLContext ownCertificate() throws Exception {
    Path file = root.resolve("key.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-Duser.language=en",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "own",
                "-dname",
                "CN=" + HOST,
                "-ext",
                "san=dns:" + HOST,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(said).isZero();
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
    return context(store);
  }

  private static SSLContext context(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    trusted.setCertificateEntry("own", store.getCertificate("own"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static void serve(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, CONTENT.length);
    exchange.getResponseBody().write(CONTENT);
    exchange.close();
  }

  private void accept() {
    while (!proxy.isClosed()) {
      try {
        Socket client = proxy.accept();
        Thread.ofVirtual().start(() -> tunnel(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /// Answers one `CONNECT`, and then passes on bytes that it cannot read.
  private void tunnel(Socket client) {
    try (client) {
      asked.add(head(client.getInputStream()).lines().findFirst().orElse(""));
      client.getOutputStream().write((answer + "\r\n\r\n").getBytes(US_ASCII));
      if (answer.contains(" 200 ")) {
        InetSocketAddress address = server.getAddress();
        try (Socket far = new Socket(address.getAddress(), address.getPort())) {
          Thread.ofVirtual().start(() -> pass(far, client));
          client.getInputStream().transferTo(far.getOutputStream());
        }
      }
    } catch (IOException e) {
      // one side has hung up
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one side has hung up
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.write(next);
    }
    return head.toString(US_ASCII);
  }

  private void fetch() throws Exception {
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
    URI address = URI.create("https://" + HOST + "/file");
    DataFile file = new DataFile("file.bin", List.of(address), CONTENT.length, sum);
    DataSet.Part part = new DataSet.Part("file.bin", sum, false);
    DataSet far = new DataSet("made-up", "", "", _ -> {}, List.of(file), List.of(part));
    Map<String, String> environment =
        Map.of("https_proxy", "http://localhost:" + proxy.getLocalPort());
    Progress silent = (_, _) -> {};
    new DataFetcher(new DataFolder(root), Duration.ofSeconds(10), environment).fetch(far, silent);
  }

  @Test
  void httpsGoesThroughTheTunnel() throws Exception {
    fetch();
    assertThat(root.resolve("made-up/file.bin")).hasBinaryContent(CONTENT);
    assertThat(asked).containsExactly("CONNECT " + HOST + ":443 HTTP/1.1");
  }

  @Test
  void aTunnelThatIsRefusedIsToldWithTheProxysName() {
    answer = "HTTP/1.1 403 Forbidden";
    assertThatThrownBy(this::fetch)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the proxy localhost:" + proxy.getLocalPort() + " of https_proxy")
        .hasMessageContaining("by hand");
    assertThat(Files.exists(root.resolve("made-up/file.bin"))).isFalse();
  }
}
