package dev.glissade.spark;

import dev.glissade.cluster.ClusterException;
import dev.glissade.cluster.ClusterProvider;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/// Opens the Spark clusters that `--master` names: `local[N]`, `spark://HOST:PORT`, `k8s://…`,
/// `yarn`.
///
/// What Spark's own settings say, as system properties `spark.…`, goes before what is set here.
public final class SparkClusterProvider implements ClusterProvider {

  private static final Pattern LOCAL = Pattern.compile("local(\\[(\\*|[1-9]\\d{0,3})])?");
  private static final Pattern STANDALONE =
      Pattern.compile("spark://([^:/,]+):(\\d{1,5})(,[^:/,]+:\\d{1,5})*");
  private static final Pattern OTHER = Pattern.compile("yarn|k8s://.+");

  private static final String LOOPBACK = "127.0.0.1";

  private static final String OWN_SPARK =
      "; Kubernetes and YARN need a Spark of your own: set SPARK_HOME, see docs/cluster.md";

  /// The time for a master to answer, in milliseconds.
  private static final int PATIENCE = 5_000;

  /// What the JVMs of executors need for our kernels and natives.
  private static final String JAVA_OPTIONS =
      "--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED"
          + " --sun-misc-unsafe-memory-access=allow";

  /// What our launcher tells glibc, and why: see there.
  private static final List<String> MALLOC =
      List.of("MALLOC_MMAP_THRESHOLD_=33554432", "MALLOC_TRIM_THRESHOLD_=1073741824");

  /// A provider; `ServiceLoader` makes it.
  public SparkClusterProvider() {}

  @Override
  public OpenCluster open(String master, Setup setup) {
    SparkConf conf = new SparkConf().setMaster(master).setAppName(setup.name());
    Matcher standalone = STANDALONE.matcher(master);
    if (LOCAL.matcher(master).matches()) {
      bindTo(conf, LOOPBACK);
    } else if (standalone.matches()) {
      Socket answer = connect(standalone.group(1), Integer.parseInt(standalone.group(2)));
      if (answer.getInetAddress().isLoopbackAddress()) {
        bindTo(conf, LOOPBACK);
        shareClasses(conf);
      } else {
        sendClasses(conf);
      }
      sendFiles(conf, setup.files());
    } else if (OTHER.matcher(master).matches()) {
      sendClasses(conf);
      sendFiles(conf, setup.files());
    } else {
      throw new IllegalArgumentException(
          "master must be local[N], spark://HOST:PORT, k8s://... or yarn, got '%s'"
              .formatted(master));
    }
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.driver.maxResultSize", "0"); // learning curves can be many
    conf.setIfMissing("spark.task.maxFailures", "8"); // tasks fail when machines do, else never
    conf.setIfMissing("spark.executor.extraJavaOptions", JAVA_OPTIONS);
    for (String variable : MALLOC) {
      String[] pair = variable.split("=", 2);
      conf.setIfMissing("spark.executorEnv." + pair[0], pair[1]);
    }
    try {
      return new SparkCluster(new SparkContext(conf), setup.finder());
    } catch (Exception e) { // Scala declares none, and throws checked ones
      String remedy = OTHER.matcher(master).matches() ? OWN_SPARK : "";
      throw new ClusterException(
          "Spark could not be started on %s: %s%s".formatted(master, e.getMessage(), remedy), e);
    }
  }

  /// Fails soon where nobody listens: Spark itself would try for a minute.
  ///
  /// @return a connection that was made, and is closed
  private static Socket connect(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), PATIENCE);
      return socket;
    } catch (IOException e) {
      throw new ClusterException(
          "no Spark master answers at %s:%s (%s): docs/cluster.md says how to start one"
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  private static void bindTo(SparkConf conf, String address) {
    conf.setIfMissing("spark.driver.host", address);
    conf.setIfMissing("spark.driver.bindAddress", address);
  }

  /// Lets executors on this machine read this JVM's classes where they are.
  private static void shareClasses(SparkConf conf) {
    conf.setIfMissing("spark.executor.extraClassPath", joined(classes(), File.pathSeparator));
  }

  /// Sends this JVM's jars to the executors. Folders of classes cannot be sent.
  private static void sendClasses(SparkConf conf) {
    conf.setIfMissing(
        "spark.jars", joined(classes().stream().filter(Files::isRegularFile).toList(), ","));
  }

  private static void sendFiles(SparkConf conf, List<Path> files) {
    conf.setIfMissing("spark.files", joined(files, ","));
  }

  /// The class path of this JVM, Spark's own aside.
  private static List<Path> classes() {
    Optional<Path> spark = folder(SparkContext.class);
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(Files::exists)
        .map(Path::toAbsolutePath)
        .filter(entry -> !Optional.ofNullable(entry.getParent()).equals(spark))
        .toList();
  }

  /// The folder of the jar that a class comes from.
  private static Optional<Path> folder(Class<?> type) {
    try {
      Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Optional.ofNullable(jar.toAbsolutePath().getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String joined(List<Path> paths, String separator) {
    return paths.stream()
        .map(path -> path.toAbsolutePath().toString())
        .distinct()
        .collect(Collectors.joining(separator));
  }
}
