package dev.glissade.app.cli;

import static dev.glissade.app.cli.Doctor.Status.FAIL;
import static dev.glissade.app.cli.Doctor.Status.OK;
import static dev.glissade.app.cli.Doctor.Status.WARN;

import com.sun.management.OperatingSystemMXBean;
import dev.glissade.app.report.Chart;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.file.CacheFolder;
import dev.glissade.internal.Processor;
import dev.glissade.internal.kernel.KernelSpeed;
import dev.glissade.internal.kernel.LstmKernels;
import dev.glissade.torch.internal.Natives;
import dev.glissade.torch.internal.NativesException;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// An examination of this machine: what Glissade finds, and what to do where that is too little.
/// `doctor` prints it.
///
/// @param context the environment, which decides on the folders
record Doctor(Context context) {

  private static final long MEBIBYTE = 1 << 20;

  /// How long the kernels are measured.
  private static final Duration MEASURING = Duration.ofSeconds(1);

  /// The state of one thing, from good to bad.
  enum Status {
    /// Nothing is missing.
    OK,
    /// Something is missing: Glissade runs, but slower or with less.
    WARN,
    /// Something necessary is missing: Glissade cannot do its work.
    FAIL
  }

  /// A finding about one thing.
  ///
  /// @param what was looked at, a word or two
  /// @param status how well it is
  /// @param found what was found, in a few words
  /// @param remedy what to do about it; empty where all is well
  record Finding(String what, Status status, String found, String remedy) {
    /// Makes a finding that is either well or not.
    ///
    /// @param well whether all is as it should be
    /// @param otherwise the status where it is not
    /// @param remedy what to do then
    static Finding of(String what, String found, boolean well, Status otherwise, String remedy) {
      return new Finding(what, well ? OK : otherwise, found, well ? "" : remedy);
    }
  }

  /// Examines everything, the most important first. Nothing is changed: folders that are missing
  /// are not made.
  List<Finding> examine() {
    return List.of(
        jdk(),
        processor(),
        kernels(),
        cores(),
        memory(),
        nativeAccess(),
        libtorch(),
        cache(),
        folder("data folder", context.dataFolder().path(), "GLISSADE_DATA", WARN),
        disk(),
        pictures(),
        maven());
  }

  /// The Java that runs this, and so is hardly ever too old; the version and the place help those
  /// who have several.
  private static Finding jdk() {
    Runtime.Version version = Runtime.version();
    String found = "%s in %s".formatted(version, System.getProperty("java.home"));
    return Finding.of(
        "JDK",
        found,
        version.feature() >= 25,
        FAIL,
        "install JDK 25 or newer: https://adoptium.net");
  }

  /// The kernels of the LSTM, and how fast they are. Those of the Vector API are the fast ones, but
  /// need a module that Java adds only when told to.
  private static Finding kernels() {
    String obstacle = LstmKernels.obstacle();
    String found =
        "%s, %s ns per coordinate and step"
            .formatted(
                LstmKernels.fastestImplementation(),
                Numbers.digits(KernelSpeed.nanosPerCoordinate(MEASURING), 2));
    return Finding.of("kernels", found, obstacle.isEmpty(), WARN, obstacle);
  }

  /// The processor, on which all speeds depend. Any will do, so it is only told.
  private static Finding processor() {
    return new Finding("processor", OK, Processor.current().toString(), "");
  }

  /// The cores, which decide how long things take. Any number will do, so it is only told.
  private static Finding cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Finding("cores", OK, Integer.toString(cores), "");
  }

  /// The heap that Java may take, of all memory of the machine. Little memory is only warned of:
  /// small problems run in less.
  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory() / MEBIBYTE;
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    String found =
        "%s MiB for Java of %s MiB"
            .formatted(Numbers.count(heap), Numbers.count(system.getTotalMemorySize() / MEBIBYTE));
    return Finding.of(
        "memory", found, heap >= 400, WARN, "give more with GLISSADE_JAVA_OPTIONS=-Xmx1g");
  }

  /// The permission to call native code. Without it Java warns each time libtorch is loaded, and a
  /// later Java will refuse.
  private static Finding nativeAccess() {
    boolean enabled = Doctor.class.getModule().isNativeAccessEnabled();
    return Finding.of(
        "native access",
        enabled ? "enabled" : "not enabled",
        enabled,
        WARN,
        "start with ./glissade, or add --enable-native-access=ALL-UNNAMED to java");
  }

  /// Whether libtorch can be loaded, which problems on images need.
  private static Finding libtorch() {
    try {
      return new Finding("libtorch", OK, Natives.description(), "");
    } catch (NativesException e) {
      return new Finding("libtorch", WARN, e.problem(), e.remedy());
    }
  }

  /// The cache folder, which lies among temporary files where the user has no home.
  private Finding cache() {
    CacheFolder cache = context.cacheFolder();
    return cache.lasting()
        ? folder("cache folder", cache.path(), CacheFolder.VARIABLE, WARN)
        : new Finding(
            "cache folder",
            WARN,
            cache.path() + ", which is temporary, for you have no home",
            "set %s to a folder that stays".formatted(CacheFolder.VARIABLE));
  }

  /// A folder that commands write to.
  ///
  /// @param variable of the environment that moves the folder
  /// @param otherwise the status where it cannot be written to
  private static Finding folder(String what, Path folder, String variable, Status otherwise) {
    boolean writable = Files.isWritable(existing(folder));
    return Finding.of(
        what,
        folder + (writable ? ", writable" : ", not writable"),
        writable,
        otherwise,
        "make it writable, or set %s to a folder that is".formatted(variable));
  }

  /// The room on the disk of the cache folder, which downloads and tuned rates need.
  private Finding disk() {
    try {
      long free =
          Files.getFileStore(existing(context.cacheFolder().path())).getUsableSpace() / MEBIBYTE;
      String found = "%s MiB free".formatted(Numbers.count(free));
      return Finding.of("disk", found, free >= 500, WARN, "make room, or move GLISSADE_CACHE");
    } catch (IOException e) {
      return new Finding("disk", WARN, "unknown", Errors.describe(e));
    }
  }

  /// The folder, or the nearest one above it that there is: whether a folder can be made depends on
  /// that one.
  private static Path existing(Path folder) {
    Path absolute = folder.toAbsolutePath();
    return Stream.iterate(absolute, Path::getParent)
        .filter(Files::exists)
        .findFirst()
        .orElse(absolute);
  }

  /// The fonts. A container often has none, and Java can then draw no chart.
  private static Finding pictures() {
    boolean fonts = Chart.canBeDrawn();
    return Finding.of(
        "pictures",
        fonts ? "can be drawn" : "no fonts",
        fonts,
        WARN,
        "install fontconfig and a font, such as the packages fontconfig and fonts-dejavu-core");
  }

  /// The presence of Maven, which only those who build need.
  private Finding maven() {
    String path = context.environment().getOrDefault("PATH", "");
    boolean found =
        Stream.of(path.split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "mvn")));
    return Finding.of(
        "Maven",
        found ? "on the PATH" : "not on the PATH",
        found,
        WARN,
        "install it if you want to build: https://maven.apache.org");
  }
}
