package dev.glissade;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The documents name files, tests and methods that exist.
class DocumentsTest {

  private static final Path ROOT = Path.of("..");

  /// Such as `core/…/optimizer/Baselines.java`. What is yet to be written is called `My…`.
  private static final Pattern FILE = Pattern.compile("`(\\w+)/…/([\\w/]+)/(?!My)(\\w+\\.java)`");

  /// Such as `LanesTest.exponentials`, or the test alone.
  private static final Pattern TEST = Pattern.compile("`(?!My)([A-Z]\\w*Test)(?:\\.(\\w+))?`");

  private static final Pattern LINK = Pattern.compile("\\]\\((?!http|#)([^)#]+)[^)]*\\)");

  static Stream<Path> documents() throws IOException {
    return Stream.of(ROOT, ROOT.resolve("docs"))
        .flatMap(folder -> list(folder).stream())
        .filter(file -> file.toString().endsWith(".md"));
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<MatchResult> find(Pattern pattern, Path document) throws IOException {
    return pattern.matcher(Files.readString(document)).results().toList();
  }

  /// The sources of all modules, by their names.
  private static Map<String, List<Path>> sources() throws IOException {
    try (Stream<Path> files =
        Stream.of("core", "torch", "app", "benchmarks")
            .map(module -> ROOT.resolve(module).resolve("src"))
            .flatMap(DocumentsTest::walk)) {
      return files.collect(groupingBy(file -> file.getFileName().toString()));
    }
  }

  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(Path document) throws IOException {
    for (MatchResult link : find(LINK, document)) {
      assertThat(document.resolveSibling(link.group(1))).exists();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void filesAreWhereTheySay(Path document) throws IOException {
    Map<String, List<Path>> sources = sources();
    for (MatchResult file : find(FILE, document)) {
      String end = "/%s/%s".formatted(file.group(2), file.group(3));
      assertThat(sources.getOrDefault(file.group(3), List.of()))
          .as(file.group())
          .anyMatch(path ->
              path.startsWith(ROOT.resolve(file.group(1))) && path.toString().endsWith(end));
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void testsAreThere(Path document) throws IOException {
    Map<String, List<Path>> sources = sources();
    for (MatchResult test : find(TEST, document)) {
      List<Path> files = sources.getOrDefault(test.group(1) + ".java", List.of());
      assertThat(files).as(test.group()).isNotEmpty();
      if (test.group(2) != null) {
        assertThat(Files.readString(files.getFirst())).contains(" " + test.group(2) + "(");
      }
    }
  }
}
