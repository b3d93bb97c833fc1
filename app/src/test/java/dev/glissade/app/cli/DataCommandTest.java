package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.glissade.app.terminal.Console;
import dev.glissade.torch.data.DataCatalog;
import dev.glissade.torch.data.DataFetcher;
import dev.glissade.torch.data.DataFile;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.data.DataSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `data list`, `data fetch` and `data verify`, without a network and without real data.
class DataCommandTest {

  private static final String PUBLISHER =
      "https://ossci-datasets.s3.amazonaws.com/mnist/train-images-idx3-ubyte.gz";

  private static final String MIRROR =
      "https://storage.googleapis.com/cvdf-datasets/mnist/train-images-idx3-ubyte.gz";

  private static final String LABELS = "t10k-labels-idx1-ubyte";

  /// An idx file of the labels 7, 0, 9.
  private static final byte[] THREE_LABELS = {0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9};

  private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.US_ASCII);
  private static final String HELLO_SUM =
      "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

  @TempDir Path folder;

  private Path write(String dataSet, String name, byte[] content) throws IOException {
    Path file = folder.resolve("data").resolve(dataSet).resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("data.json").toFile());
  }

  private Cli run(String command, Object... more) {
    Object[] arguments = {"data", command, "--data", data()};
    Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Cli.run(folder, all);
  }

  @Test
  void withoutACommandThereIsHelp() {
    Cli cli = Cli.run(folder, "data");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).contains("Usage: glissade data", "fetch", "Examples:");
  }

  @Test
  void listSaysWhatIsThereAndHowToGetTheRest() throws IOException {
    write("cifar10", "test_batch.bin", HELLO);
    write("cifar10", "data_batch_1.bin.gz", HELLO);
    write("kmnist", LABELS, HELLO);
    write("content", "photo.JPG", HELLO);
    write("content", "notes.txt", HELLO);
    Cli cli = run("list", "--json", folder.resolve("data.json"));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("Data sets are in " + data())
        .contains("11.6 MB from https://ossci-datasets", "licence: MIT")
        .contains("there in %s, with 1 of 5 training batches".formatted(data().resolve("cifar10")))
        .contains("→ ./glissade data fetch fashion-mnist --data " + data())
        .contains("incomplete in " + data().resolve("kmnist"));
    JsonNode cifar = json().at("/dataSets/3");
    assertThat(cifar.at("/name").textValue()).isEqualTo("cifar10");
    assertThat(cifar.at("/usable").booleanValue()).isTrue();
    assertThat(cifar.at("/files")).hasSize(2);
    assertThat(cifar.at("/missing")).hasSize(4);
    assertThat(json().at("/dataSets/0/usable").booleanValue()).isFalse();
    assertThat(json().at("/pictures/0/count").intValue()).isEqualTo(1);
    assertThat(cli.out())
        .contains("1 pictures in " + data().resolve("content"))
        .contains("no pictures in " + data().resolve("style"));
  }

  @Test
  void theFolderIsThatOfTheEnvironment() {
    assertThat(Cli.run(folder, "data", "list").out())
        .contains("Data sets are in " + folder.resolve("cache").resolve("data"));
  }

  @Test
  void verifyNamesWhatIsDamagedAndFails() throws IOException {
    Path labels = write("mnist", LABELS, Arrays.copyOf(THREE_LABELS, 10));
    Path batch = write("cifar10", "data_batch_3.bin", new byte[4000]);
    write("kmnist", LABELS, THREE_LABELS);
    Cli cli = run("verify", "--json", folder.resolve("data.json"));
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.out())
        .contains("damaged  %s: at byte 4: claims 3 bytes".formatted(labels))
        .contains("damaged  %s: at byte 4000: truncated".formatted(batch))
        .contains("→ delete it, then ./glissade data fetch cifar10 --data " + data())
        .contains("1 of 5 training batches")
        .contains("missing  train-images-idx3-ubyte, train-labels-idx1-ubyte")
        .contains("format is right")
        .doesNotContain("fashion-mnist"); // there is nothing of it
    assertThat(json().at("/dataSets/0/files/0/damaged").booleanValue()).isTrue();
    assertThat(json().at("/dataSets/0/files/0/file").textValue()).isEqualTo(labels.toString());
    assertThat(json().at("/dataSets/1/missing")).hasSize(4);
  }

  @Test
  void verifyFailsIfWhatWasNamedIsNotThere() throws IOException {
    write("kmnist", LABELS, THREE_LABELS);
    assertThat(run("verify").code()).isZero();
    Cli kmnist = run("verify", "kmnist");
    assertThat(kmnist.out()).contains("missing  train-images-idx3-ubyte,");
    assertThat(kmnist.code()).isEqualTo(1);
    Cli mnist = run("verify", "mnist");
    assertThat(mnist.out()).contains("missing  all of its files", "data fetch mnist");
    assertThat(mnist.code()).isEqualTo(1);
    assertThat(Cli.run(folder, "data", "verify").out()).startsWith("No data set is in ");
  }

  @Test
  void fetchLeavesAloneWhatIsThere() throws IOException {
    for (DataSet.Part part : DataCatalog.find("mnist").parts()) {
      write("mnist", part.name(), HELLO);
    }
    Cli cli = run("fetch", "mnist");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("mnist is there already, in " + data().resolve("mnist"));
  }

  @Test
  void whatCannotBeDownloadedSaysWhatToPutWhere() throws IOException {
    String file = "squeezenet_v1.1_features.safetensors";
    String remedy = "put %s into %s".formatted(file, data().resolve("squeezenet"));
    assertThat(run("list").out()).contains("→ " + remedy);
    Cli fetch = run("fetch", "squeezenet");
    assertThat(fetch.code()).isEqualTo(1);
    assertThat(fetch.err()).contains("squeezenet cannot be downloaded", remedy);
    Cli missing = run("verify", "squeezenet");
    assertThat(missing.out()).contains("missing  all of its files", "→ " + remedy);
    Path weights = write("squeezenet", file, HELLO);
    Cli damaged = run("verify", "squeezenet");
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.out()).contains("damaged  " + weights, "→ put the right one there");
    assertThat(run("fetch", "squeezenet").out()).contains("squeezenet is there already");
  }

  @Test
  void withoutANetworkFetchSaysWhatToPutWhere() throws IOException {
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(ProxySelector.of(nobodyListens()));
    try {
      Cli cli = run("fetch", "all");
      assertThat(cli.code()).isEqualTo(1);
      assertThat(cli.err().lines().filter(line -> line.startsWith("glissade: ")))
          .singleElement()
          .asString()
          .startsWith("glissade: " + MIRROR)
          .contains("cannot be reached")
          .contains("train-images-idx3-ubyte.gz by hand (9912422 bytes, SHA-256 440fcabf73cc54")
          .endsWith("put it into " + data().resolve("mnist"));
      assertThat(cli.err())
          .containsSubsequence(
              "Trying " + PUBLISHER,
              PUBLISHER + " cannot be reached",
              ": trying another address",
              "Trying " + MIRROR);
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static InetSocketAddress nobodyListens() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }
  }

  @Test
  void fetchedDataAreThere() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/greeting",
        exchange -> {
          exchange.sendResponseHeaders(200, HELLO.length);
          exchange.getResponseBody().write(HELLO);
          exchange.close();
        });
    server.start();
    try {
      int port = server.getAddress().getPort();
      assertThat(download(madeUp(port, HELLO_SUM)))
          .contains("Fetching made-up, 6 B …")
          .contains("Trying http://localhost:%s/greeting (6 B) …".formatted(port))
          .contains("made-up is complete, in " + data().resolve("made-up"));
      assertThat(data().resolve("made-up/greeting")).hasBinaryContent(HELLO);
      assertThat(download(madeUp(port, HELLO_SUM))).startsWith("made-up is there already");
      Files.delete(data().resolve("made-up/greeting"));
      assertThatThrownBy(() -> download(madeUp(port, "other")))
          .hasMessageContaining("expected other, and was deleted: check the network");
    } finally {
      server.stop(0);
    }
  }

  private static DataSet madeUp(int port, String sum) {
    URI address = URI.create("http://localhost:%s/greeting".formatted(port));
    DataFile file = new DataFile("greeting", List.of(address), HELLO.length, sum);
    DataSet.Part part = new DataSet.Part("greeting", sum, false);
    return new DataSet("made-up", "", "", _ -> {}, List.of(file), List.of(part));
  }

  private String download(DataSet dataSet) throws Exception {
    StringWriter text = new StringWriter();
    Console console = Console.plain(new PrintWriter(text), new PrintWriter(text));
    Context context = new Context(console, Map.of());
    new DataFetchCommand(context).fetch(dataSet, new DataFetcher(new DataFolder(data())));
    return text.toString();
  }
}
