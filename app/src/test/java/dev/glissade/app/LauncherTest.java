package dev.glissade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./glissade` in a checkout, with a JDK and a Maven that are scripts.
class LauncherTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;
  private Path checkout;
  private Path jdk;

  @BeforeEach
  void makeCheckout() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
    checkout = Files.createDirectories(folder.resolve("check out"));
    Files.createDirectories(checkout.resolve("scripts"));
    for (String script : List.of("glissade", "scripts/find-jdk.sh")) {
      Files.copy(ROOT.resolve(script), checkout.resolve(script));
      assertThat(checkout.resolve(script)).isExecutable();
    }
    for (String module : List.of("core", "onnx", "torch", "app")) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.writeString(checkout.resolve(module).resolve("pom.xml"), "");
    }
    Files.writeString(checkout.resolve("pom.xml"), "");
    jdk = fakeJdk("jdk", 25);
    script(
        folder.resolve("bin/mvn"),
        """
        [ -e broken ] && { echo "[ERROR] it is broken"; exit 1; }
        [ -e slow ] && sleep 4
        echo "built in ${LC_ALL-its own locale}" >>../builds
        for m in core onnx torch app; do
          mkdir -p $m/target/quick && echo >$m/target/quick/glissade-$m-1.jar
        done
        """);
  }

  @Test
  void findsTheFirstJdkThatIsNewEnough() throws Exception {
    Path old = fakeJdk("old", 17);
    assertThat(findJdk(Map.of("JAVA_HOME", jdk.toString())).out).isEqualTo(jdk + "\n");
    assertThat(findJdk(Map.of("JAVA_HOME", old.toString())).out).doesNotContain("old");
    assertThat(findJdk(Map.of("PATH", jdk + "/bin:/usr/bin:/bin")).out).isEqualTo(jdk + "\n");
    Path linked = Files.createDirectories(folder.resolve("linked"));
    Files.createSymbolicLink(linked.resolve("javac"), jdk.resolve("bin/javac"));
    assertThat(findJdk(Map.of("PATH", linked + ":/usr/bin:/bin")).out).isEqualTo(jdk + "\n");
    Path home = folder.resolve("home");
    Path managed = fakeJdk("home/.sdkman/candidates/java/99-x", 99);
    Run inHome = findJdk(Map.of("HOME", home.toString()));
    assertThat(inHome.code).isZero();
    assertThat(inHome.out.strip())
        .satisfiesAnyOf(
            found -> assertThat(found).isEqualTo(managed.toString()),
            found -> assertThat(found).doesNotStartWith(folder.toString())); // one of this machine
  }

  @Test
  void saysWhatIsMissingWithoutAJdk() throws Exception {
    script(checkout.resolve("scripts/find-jdk.sh"), "echo 'needs a JDK 25' >&2; exit 1");
    Run run = launch("problems");
    assertThat(run.code).isEqualTo(1);
    assertThat(run.err).isEqualTo("needs a JDK 25\n");
    assertThat(folder.resolve("builds")).doesNotExist();
    String script = Files.readString(ROOT.resolve("scripts/find-jdk.sh"));
    assertThat(script).contains("set JAVA_HOME");
  }

  @Test
  void buildsOnceAndPassesArgumentsAndExitCode() throws Exception {
    Run first = launch("compare", "two words", "*");
    assertThat(first.err).contains("Building Glissade").doesNotContain("incubator");
    assertThat(first.out).contains("Main\ncompare\ntwo words\n*\n");
    assertThat(first.err).contains("an error of the command");
    assertThat(first.code).isEqualTo(3);
    Run second = launch();
    assertThat(second.err).doesNotContain("Building");
    assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    assertThat(launch().err).contains("Building Glissade (first run, ");
    Path source = Files.writeString(checkout.resolve("core/src/main/A.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(launch().err).contains("Building Glissade (its sources have changed, ");
    assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(2);
  }

  @Test
  void worksFromElsewhereAndThroughLinks() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("bin/glissade"), checkout.resolve("glissade"));
    Path again = Files.createSymbolicLink(folder.resolve("g"), Path.of("bin/glissade"));
    assertThat(run(folder, environment(), link.toString(), "x").out).contains("Main\nx\n");
    Run fromRoot = run(Path.of("/"), environment(), again.toString(), "x");
    // commands that it prints begin as this one did
    assertThat(fromRoot.out).contains("called " + again, "Main\nx\n");
  }

  @Test
  void aFailedBuildShowsItsErrorsAndWhereTheRestIs() throws Exception {
    Files.writeString(checkout.resolve("broken"), "");
    Run run = launch("problems");
    assertThat(run.code).isEqualTo(1);
    assertThat(run.err).contains("it is broken", "build.log");
    assertThat(run.out).isEmpty();
    Files.delete(checkout.resolve("broken"));
    assertThat(launch("problems").code).isEqualTo(3);
  }

  @Test
  void saysThatMavenIsMissing() throws Exception {
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk.toString(), "PATH", toolsWithoutMaven().toString());
    Run run = run(checkout, environment, "./glissade");
    assertThat(run.err).contains("building needs Maven");
    assertThat(run.code).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "LC_ALL, C, C.UTF-8",
    "LC_ALL, POSIX, C.UTF-8",
    "LANG, C, C.UTF-8",
    "LANG, xx_XX.UTF-8, C.UTF-8", // is not installed
    "LANG, C.UTF-8, its own locale",
    "LC_ALL, C.UTF-8, C.UTF-8"
  })
  void javaAndMavenGetUtf8WhereTheLocaleHasAsciiOnly(String variable, String value, String locale)
      throws Exception {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put(variable, value);
    Run run = run(checkout, environment, "./glissade");
    assertThat(run.out).startsWith("started in %s\n".formatted(locale));
    assertThat(Files.readAllLines(folder.resolve("builds"))).containsExactly("built in " + locale);
    assertThat(run.err).doesNotContain("setlocale");
  }

  /// The names are made by bash: this JVM may have a locale that cannot.
  @Test
  void namesBeyondAsciiWorkInAPosixLocale() throws Exception {
    Files.writeString(
        checkout.resolve("Probe.java"),
        """
        void main(String[] names) {
          for (String name : names) {
            IO.println(java.nio.file.Files.exists(java.nio.file.Path.of(name)));
          }
        }
        """);
    script(
        jdk.resolve("bin/java"),
        """
        while [ "${1##*.}" != Main ]; do shift; done
        shift; exec %s/bin/java "$PWD/Probe.java" "$@"
        """
            .formatted(System.getProperty("java.home")));
    script(
        folder.resolve("try"),
        """
        mv "check out" $'\\xc3\\xbcber' && cd $'\\xc3\\xbcber' && touch $'f\\xc3\\xb6to'
        ./glissade $'f\\xc3\\xb6to' $'no f\\xc3\\xb6to'
        """);
    Run run = run(folder, environment(), "./try");
    assertThat(run.out).as(run.err).isEqualTo("true\nfalse\n");
  }

  @Test
  void aLockThatNobodyHoldsIsNoLock() throws Exception {
    Path launch = Files.createDirectories(checkout.resolve("app/target/quick/launch"));
    Files.writeString(launch.resolve("lock.file"), "1\n"); // a process that there is
    Run run = launch("x");
    assertThat(run.out).contains("Main\nx\n");
    assertThat(run.err).doesNotContain("Waiting");
  }

  @Test
  void theSecondOfTwoWaitsForTheBuildOfTheFirstAndSaysSo() throws Exception {
    Files.writeString(checkout.resolve("slow"), "");
    ProcessBuilder builder = new ProcessBuilder("./glissade").directory(checkout.toFile());
    builder.environment().putAll(environment());
    Process first =
        builder
            .redirectOutput(Redirect.DISCARD)
            .redirectError(folder.resolve("first").toFile())
            .start();
    while (!Files.readString(folder.resolve("first")).contains("Building")) {
      Thread.sleep(20);
    }
    Run second = launch("x");
    assertThat(second.err)
        .startsWith("Waiting for a build by process %s …\n".formatted(first.pid()))
        .doesNotContain("Building");
    assertThat(second.out).contains("Main\nx\n");
    assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
  }

  @Test
  void withoutFlockALockDiesWithItsOwnerToo() throws Exception {
    Path launch = Files.createDirectories(checkout.resolve("app/target/quick/launch"));
    Path lock = launch.resolve("lock.owner");
    Files.createSymbolicLink(lock, Path.of("999999999"));
    Path tools = toolsWithoutMaven();
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk.toString(), "PATH", tools + ":" + folder.resolve("bin"));
    assertThat(run(checkout, environment, "./glissade", "x").out).contains("Main\nx\n");
    assertThat(Files.exists(lock, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  private record Run(int code, String out, String err) {}

  private Run launch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("./glissade"));
    command.addAll(List.of(arguments));
    return run(checkout, environment(), command.toArray(String[]::new));
  }

  private Map<String, String> environment() {
    return Map.of("JAVA_HOME", jdk.toString(), "PATH", folder.resolve("bin") + ":/usr/bin:/bin");
  }

  private Run findJdk(Map<String, String> environment) throws Exception {
    return run(folder, environment, ROOT.resolve("scripts/find-jdk.sh").toString());
  }

  private Run run(Path directory, Map<String, String> environment, String... command)
      throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Thread.sleep(100); // what drops the JVM's warning may end a little later
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /// A JDK whose `java` prints its main class and arguments, and warns as the real one does.
  private Path fakeJdk(String name, int version) throws IOException {
    Path home = folder.resolve(name);
    script(
        home.resolve("bin/java"),
        """
        echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
        echo 'an error of the command' >&2
        echo "started in ${LC_ALL-its own locale}"
        while [ "${1##*.}" != Main ]; do
          case $1 in -Dglissade.program=*) echo "called ${1#*=}" ;; esac
          shift
        done
        echo Main; shift; printf '%s\\n' "$@"; exit 3
        """);
    script(home.resolve("bin/javac"), "echo javac " + version);
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s.0.1\"\n".formatted(version));
    return home;
  }

  /// What the launcher needs, but neither Maven nor flock.
  private Path toolsWithoutMaven() throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool :
        List.of(
            "bash",
            "env",
            "readlink",
            "dirname",
            "sed",
            "cat",
            "find",
            "head",
            "mkdir",
            "rm",
            "date",
            "touch",
            "sleep",
            "printf",
            "ln",
            "cp",
            "mv",
            "mktemp",
            "sort",
            "tail",
            "grep")) {
      for (String place : List.of("/usr/bin", "/bin")) {
        if (Files.exists(Path.of(place, tool)) && !Files.exists(tools.resolve(tool))) {
          Files.createSymbolicLink(tools.resolve(tool), Path.of(place, tool));
        }
      }
    }
    return tools;
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, ("#!/bin/bash\n" + text).getBytes(StandardCharsets.UTF_8));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
