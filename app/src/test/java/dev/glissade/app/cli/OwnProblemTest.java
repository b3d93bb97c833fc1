package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glissade.app.catalog.ClassPath;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Problems that are classes of the user's, compiled here and named on the command line.
class OwnProblemTest {

  private static final Path DECAY_FITS = Path.of("../core/src/test/java/example/DecayFits.java");

  private static final List<Object> TINY =
      List.of("--steps", 10, "--unroll", 5, "--batch", 2, "--hidden", 3, "--episodes", 2);

  /// Parabolas in `size` coordinates; the class may begin with members of its own.
  private static final String PARABOLAS =
      """
      import dev.glissade.Objective;
      import dev.glissade.Problem;
      import dev.glissade.problem.Objectives;

      public class %1$s implements Problem {
        %3$s

        @Override
        public String name() {
          return "quadratic";
        }

        @Override
        public Objective sample(Split split, long seed) {
          return Objectives.of(
              new float[%2$s],
              (x, gradient) -> {
                double loss = 0;
                for (int i = 0; i < x.length; i++) {
                  gradient[i] = 2 * (x[i] - 1);
                  loss += (x[i] - 1) * (x[i] - 1);
                }
                return loss;
              });
        }
      }
      """;

  @TempDir Path folder;

  /// Compiles one class in the unnamed package.
  private Path compile(String name, String code) throws IOException {
    return new OwnClasses(folder).compile(name, code);
  }

  /// The folder with the classes.
  private Path compile(Path source) throws IOException {
    return new OwnClasses(folder).compile(source);
  }

  private Path jar(Path classes) throws IOException {
    Path jar = Files.createTempFile(folder, "own", ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        packed.write(Files.readAllBytes(file));
      }
    }
    return jar;
  }

  private Cli train(Path run, String name, Object classPath) {
    return train(run, name, classPath, TINY);
  }

  private Cli train(Path run, String name, Object classPath, List<Object> options) {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", name, "-o", run, "--classpath", classPath));
    arguments.addAll(options);
    return Cli.run(folder, arguments.toArray());
  }

  private Cli tune(String name, Path classPath) {
    return Cli.run(
        folder,
        "tune",
        "sgd",
        name,
        "--classpath",
        classPath,
        "--instances",
        2,
        "--steps",
        2,
        "--json",
        folder.resolve("tune.json"));
  }

  private String tunedProblem() throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve("tune.json").toFile())
        .get("problem")
        .textValue();
  }

  private long rememberedRates() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache/tuning"))) {
      return files.count();
    }
  }

  @Test
  void aClassIsTrainedForComparedAndResumed() throws IOException {
    Path jar = jar(compile(DECAY_FITS));
    Path run = folder.resolve("run");
    Cli trained = train(run, "example.DecayFits", jar);
    assertThat(trained.code()).as(trained.err()).isZero();
    JsonNode settings = new ObjectMapper().readTree(run.resolve("run.json").toFile());
    String name = settings.get("problem").textValue();
    assertThat(name).matches("example\\.DecayFits@[0-9a-f]{8}");
    assertThat(settings.at("/architecture/inputs").textValue()).isEqualTo("identity");
    assertThat(trained.out())
        .contains(
            "Next: ./glissade compare %s %s adam momentum rprop --steps 10 --classpath %s"
                .formatted(name, run, jar));

    Path json = folder.resolve("compare.json");
    Object[] compare = {
      "compare", name, run, "sgd=0.01", "--classpath", jar, "--instances", 2, "--json", json
    };
    Cli compared = Cli.run(folder, compare);
    assertThat(compared.code()).as(compared.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("problem").textValue()).isEqualTo(name);
    assertThat(report.get("steps").intValue()).isEqualTo(100);

    byte[] before = Files.readAllBytes(run.resolve("best.safetensors"));
    Cli without = Cli.run(folder, "train", "--resume", run);
    assertThat(without.code()).isEqualTo(2);
    assertThat(without.err())
        .isEqualToIgnoringNewLines(
            "glissade: %s is a class of yours: say where it is with --classpath JAR"
                .formatted(name));
    Cli resumed = Cli.run(folder, "train", "--resume", run, "--steps", 10, "--classpath", jar);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(run.resolve("best.safetensors")).hasBinaryContent(before);
  }

  @Test
  void changedCodeIsAnotherProblem() throws IOException {
    Path before = jar(compile(DECAY_FITS));
    Path run = folder.resolve("run");
    train(run, "example.DecayFits", before);
    assertThat(tune("example.DecayFits", before).code()).isZero();
    String name = tunedProblem();

    Path repacked = compile(DECAY_FITS); // the same code in a folder, compiled later
    assertThat(tune(name, repacked).code()).isZero();
    assertThat(tunedProblem()).isEqualTo(name);
    assertThat(rememberedRates()).isEqualTo(1);

    String changed = Files.readString(DECAY_FITS).replace("nextDouble(0.2, 1.5)", "nextDouble(1)");
    Path after = compile("DecayFits", changed);
    assertThat(tune("example.DecayFits", after).code()).isZero();
    assertThat(tunedProblem()).startsWith("example.DecayFits@").isNotEqualTo(name);
    assertThat(rememberedRates()).isEqualTo(2);
    Cli resumed = Cli.run(folder, "train", "--resume", run, "--classpath", after);
    assertThat(resumed.err())
        .contains("the classes on --classpath have changed: %s is now".formatted(name));
    assertThat(resumed.code()).isEqualTo(2);
  }

  @Test
  void aClassThatIsMixedInIsPartOfTheRun() throws IOException {
    Path run = folder.resolve("run");
    List<Object> options = new ArrayList<>(TINY);
    options.addAll(List.of("--mix", "example.DecayFits", "--estimator", "bptt"));
    Cli cli = train(run, "rosenbrock", compile(DECAY_FITS), options);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readString(run.resolve("run.json")))
        .contains("\"problem\":\"rosenbrock\"", "\"mix\":[\"example.DecayFits@");
    Cli without = Cli.run(folder, "train", "--resume", run);
    assertThat(without.err()).contains("say where it is with --classpath JAR");
    assertThat(without.err().lines()).hasSize(1);
  }

  @Test
  void aClassThatIsNamedLikeABuiltInProblemIsNotTakenForIt() throws IOException {
    Path classes = compile("Parabolas", PARABOLAS.formatted("Parabolas", 3, ""));
    assertThat(tune("Parabolas", classes).code()).isZero();
    assertThat(tunedProblem()).startsWith("Parabolas@");
    assertThat(tune("quadratic", classes).code()).isZero();
    assertThat(tunedProblem()).isEqualTo("quadratic");
    assertThat(rememberedRates()).isEqualTo(2);
  }

  @Test
  void manyCoordinatesGetTheDefaultsOfNetworks() throws IOException {
    Path run = folder.resolve("run");
    Path classes = compile("Large", PARABOLAS.formatted("Large", 1001, ""));
    Cli cli = train(run, "Large", classes, List.of("--steps", 5, "--unroll", 5, "--episodes", 1));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readString(run.resolve("run.json")))
        .contains("\"inputs\":\"log-sign", "\"batch\":1,");
  }

  /// A class that needs another one long after the arguments were read.
  private Path lazy() throws IOException {
    String members =
        """
        public Lazy() {
          ClassLoader context = Thread.currentThread().getContextClassLoader();
          if (context != Lazy.class.getClassLoader()) {
            throw new IllegalStateException("the context is " + context);
          }
        }

        static class Later {
          float two = 2;
        }
        """;
    String code = PARABOLAS.formatted("Lazy", 3, members).replace("2 *", "new Later().two *");
    return compile("Lazy", code);
  }

  @Test
  void theClassPathStaysOpenAndIsTheContextOfItsClasses() throws IOException {
    String both = compile(DECAY_FITS) + File.pathSeparator + jar(lazy());
    Cli cli = train(folder.resolve("run"), "Lazy", both);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(train(folder.resolve("other"), "example.DecayFits", both).code()).isZero();
    assertThat(Thread.currentThread().getContextClassLoader())
        .isNotInstanceOf(ClassPath.class); // what a command sets, it takes away
  }

  @Test
  void missingClassesAreToldWhenTheyAreNeeded() throws IOException {
    Path classes = lazy();
    Files.delete(classes.resolve("Lazy$Later.class"));
    Cli cli = Cli.run(folder, "compare", "Lazy", "sgd=1", "--classpath", classes);
    assertThat(cli.err())
        .containsPattern("Lazy.lambda\\S+, line \\d+, failed: NoClassDefFoundError");
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          private P() {}                                     | must be a public class with a public
          public P(int size) {}                              | must be a public class with a public
          """)
  void whatIsWrongWithAClassIsSaid(String member, String message) throws IOException {
    Path classes = compile("P", PARABOLAS.formatted("P", 1, member));
    assertRefused(Cli.run(folder, "compare", "P", "sgd", "--classpath", classes), message);
  }

  @Test
  void failuresOfAClassAreNotCalledBugsInGlissade() throws IOException {
    String code =
        PARABOLAS
            .formatted("P", 1, "")
            .replace("loss = 0", "loss = (double) java.util.List.of().get(7)");
    Path classes = compile("P", code);
    Cli cli = Cli.run(folder, "compare", "P", "sgd=1", "--classpath", classes);
    assertThat(cli.err())
        .containsPattern("glissade: P.lambda\\S+, line \\d+, failed: \\w+Exception: Index 7 out");
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.code()).isEqualTo(1);
  }

  /// Whatever the class throws, and whoever notices: its place, exit code 1.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new AssertionError("off")                        | AssertionError: off
          new IllegalArgumentException("3 vs 4")           | IllegalArgumentException: 3 vs 4
          new java.io.UncheckedIOException("gone", new java.io.IOException("x")) | UncheckedIOException: gone
          new NoSuchFieldError("f")                        | NoSuchFieldError: f
          new RuntimeException()                           | RuntimeException: no message
          """)
  void whateverAClassThrowsIsToldWithItsPlace(String thrown, String message) throws IOException {
    String code =
        PARABOLAS
            .formatted("P", 1, "static double fail() { throw %s; }".formatted(thrown))
            .replace("loss = 0", "loss = fail()");
    Path classes = compile("P", code);
    Cli cli = Cli.run(folder, "compare", "P", "sgd=1", "--classpath", classes);
    assertFailed(cli, "P.fail, line");
    assertThat(cli.err()).contains("failed: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public P() { throw new RuntimeException("bad"); }       | P.<init>, line
          static final int X = Integer.parseInt("x");             | P.<clinit>, line
          { dev.glissade.ParameterLayout.of("x", -1); }           | P.<init>, line
          """)
  void aClassThatCannotStartIsToldWithItsPlace(String member, String place) throws IOException {
    Path classes = compile("P", PARABOLAS.formatted("P", 1, member));
    assertFailed(Cli.run(folder, "compare", "P", "sgd=1", "--classpath", classes), place);
  }

  @Test
  void aClassThatGivesNothingIsNamed() throws IOException {
    String code =
        """
        public final class P implements dev.glissade.Problem {
          public String name() { return "p"; }
          public dev.glissade.ParameterLayout layout() { return null; }
          public dev.glissade.Objective sample(Split split, long seed) { return null; }
        }
        """;
    Path classes = compile("P", code);
    assertFailed(
        Cli.run(folder, "compare", "P", "sgd=1", "--classpath", classes), "P.sample gave null");
    assertFailed(
        Cli.run(folder, "train", "P", "-o", folder.resolve("run"), "--classpath", classes),
        "P.layout gave null");
  }

  private static void assertFailed(Cli cli, String message) {
    assertThat(cli.err().lines()).hasSize(1).first().asString().startsWith("glissade: ");
    assertThat(cli.err()).contains(message).doesNotContain("bug");
    assertThat(cli.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          example.Decay       | CLASSES  | no problem or class 'example.Decay' on the class path
          quadratc            | CLASSES  | no problem or class 'quadratc' on the class path
          java.lang.String    | CLASSES  | does not implement dev.glissade.Problem
          example.DecayFits:a=1 | CLASSES | a class takes no options
          example.DecayFits@0 | CLASSES  | have changed: example.DecayFits@0 is now
          example.DecayFits   | none.jar | --classpath: no such jar or folder: 'none.jar'
          example.DecayFits   | pom.xml  | --classpath: pom.xml is no jar
          """)
  void whatCannotBeFoundIsNamed(String name, String classPath, String message) throws IOException {
    String path = classPath.replace("CLASSES", compile(DECAY_FITS).toString());
    assertRefused(Cli.run(folder, "compare", name, "sgd", "--classpath", path), message);
    assertRefused(Cli.run(folder, "tune", "sgd", name, "--classpath", path), message);
    assertRefused(train(folder.resolve("run"), name, path), message);
  }

  private static void assertRefused(Cli cli, String message) {
    assertThat(cli.err().lines()).hasSize(1).first().asString().startsWith("glissade: ");
    assertThat(cli.err()).contains(message);
    assertThat(cli.code()).isEqualTo(2);
  }

  @Test
  void theCommandsOfTheGuideWork() throws IOException {
    Path jar = jar(compile(DECAY_FITS));
    List<String> commands =
        Files.readAllLines(Path.of("../docs/bring-your-own-problem.md")).stream()
            .filter(line -> line.startsWith("./glissade ") && line.contains("--classpath"))
            .toList();
    assertThat(commands).hasSize(5);
    for (String command : commands) {
      String here =
          command
              .replace("--episodes 3000", "--episodes 2")
              .replace("decay-fits.jar", jar.toString())
              .replace("runs/decay-fits", folder.resolve("run").toString());
      Cli cli = Cli.run(folder, (Object[]) here.substring("./glissade ".length()).split(" "));
      assertThat(cli.code()).as(command + cli.err()).isZero();
    }
  }
}
