package dev.glissade.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The programs of `examples/`, which this build has compiled against installed artifacts, are
/// those of the documents and print what these say.
class ExamplesTest {

  /// A folder of `examples/`.
  ///
  /// @param folder its name
  /// @param document the page about it: with all of its code, commands and what they print
  /// @param programs the classes that are run, in the package `example`
  record Example(String folder, String document, List<String> programs) {

    Path sources() {
      return EXAMPLES.resolve(folder).resolve("src/main/java/example");
    }
  }

  /// A program of an example.
  record Program(Example example, String name) {

    List<String> command() throws IOException {
      return Document.read(example.document).command("example." + name);
    }

    /// What the document says that it prints.
    String output() throws IOException {
      String code = Files.readString(example.sources().resolve(name + ".java"));
      return Document.read(example.document).output(code);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Example PLAIN =
      new Example("plain", "docs/java.md", List.of("MinimizeYourFunction", "LearnForYourFamily"));

  private static final Example HIPPARCHUS =
      new Example("hipparchus", "docs/hipparchus.md", List.of("CalibrateCurves"));

  /// The comparison is not run: it takes a quarter of an hour.
  private static final Example DJL = new Example("djl", "docs/djl.md", List.of("TrainInDjl"));

  private static final List<Example> ALL = List.of(PLAIN, HIPPARCHUS, DJL);

  private static final Path EXAMPLES = Document.ROOT.resolve("examples");

  /// Where this build has copied and compiled them.
  private static final Path COMPILED = Path.of(System.getProperty("examples", "target/examples"));

  private static final List<String> VECTOR_API = List.of("--add-modules", "jdk.incubator.vector");
  private static final long PATIENCE_SECONDS = 600;

  @TempDir private Path folder;

  static List<Example> examples() {
    return ALL;
  }

  static List<Program> programs() {
    return programs(ALL.stream()).toList();
  }

  static List<Program> plainPrograms() {
    return programs(Stream.of(PLAIN)).toList();
  }

  private static Stream<Program> programs(Stream<Example> examples) {
    return examples.flatMap(
        example -> example.programs.stream().map(name -> new Program(example, name)));
  }

  @Test
  void everyFolderIsTested() throws IOException {
    String aggregator = Files.readString(EXAMPLES.resolve("pom.xml"));
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      List<String> folders =
          files
              .filter(path -> Files.exists(path.resolve("pom.xml")))
              .map(path -> path.getFileName().toString())
              .toList();
      assertThat(ALL).extracting(Example::folder).containsExactlyInAnyOrderElementsOf(folders);
      assertThat(folders).allMatch(name -> aggregator.contains("<module>" + name + "</module>"));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theDocumentHasTheCode(Example example) throws IOException {
    Document document = Document.read(example.document);
    try (Stream<Path> files = Files.list(example.sources())) {
      for (Path file : files.toList()) {
        assertThat(document.hasCode(Files.readString(file))).as("%s", file).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void whatIsPrintedIsWhatTheDocumentSays(Program program) throws Exception {
    assertThat(run(program, program.command())).noneMatch(ExamplesTest::isAboutVectors);
  }

  @ParameterizedTest
  @MethodSource("plainPrograms")
  void withoutTheVectorApiItIsTheSameAndOneLineInTheLog(Program program) throws Exception {
    List<String> command = new ArrayList<>(program.command());
    assertThat(command.removeAll(VECTOR_API)).isTrue();
    assertThat(run(program, command)).filteredOn(ExamplesTest::isAboutVectors).hasSize(1);
  }

  private static boolean isAboutVectors(String line) {
    return line.contains("without the Vector API")
        && line.contains("--add-modules=jdk.incubator.vector");
  }

  /// Runs a program, makes sure that it prints what the document says, and gives what it logs.
  private List<String> run(Program program, List<String> command) throws Exception {
    List<String> words = new ArrayList<>(command);
    words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(words)
            .directory(COMPILED.resolve(program.example.folder).toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String logged = Files.readString(err);
    assertThat(ended && process.exitValue() == 0).as(logged).isTrue();
    String documented = program.output();
    assertThat(Files.readString(out))
        .as("documented:%n%s", documented)
        .matches(printed -> Figures.agree(documented, printed), "what is documented");
    return logged.lines().toList();
  }
}
