package dev.glissade;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /// Such as `LanesTest`.
  private static final Pattern TEST = Pattern.compile("`(?!My)([A-Z]\\w*Test)\\b");

  /// Such as `Lanes.exponentials` or `Descent.advance()`.
  private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w*)\\.(\\w+)[`(]");

  /// A line of the POM.
  private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");

  private static final Pattern LINK = Pattern.compile("\\]\\((?!http|#)([^)#]+)[^)]*\\)");

  static Stream<Path> documents() throws IOException {
    return Stream.concat(
        files(ROOT, 1, ".md").stream(), files(ROOT.resolve("docs"), 1, ".md").stream());
  }

  private static List<Path> files(Path folder, int depth, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static List<MatchResult> find(Pattern pattern, Path document) throws IOException {
    return pattern.matcher(Files.readString(document)).results().toList();
  }

  /// The sources of all modules, by their names.
  private static Map<String, List<Path>> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (MatchResult module : find(MODULE, ROOT.resolve("pom.xml"))) {
      Path folder = ROOT.resolve(module.group(1)).resolve("src");
      sources.addAll(files(folder, Integer.MAX_VALUE, ".java"));
    }
    return sources.stream().collect(groupingBy(file -> file.getFileName().toString()));
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
    for (MatchResult test : find(TEST, document)) {
      assertThat(sources()).containsKey(test.group(1) + ".java");
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void classesHaveTheMembersThatAreNamed(Path document) throws IOException {
    Map<String, List<Path>> sources = sources();
    for (MatchResult member : find(MEMBER, document)) {
      for (Path file : sources.getOrDefault(member.group(1) + ".java", List.of())) {
        assertThat(Files.readString(file))
            .as(member.group())
            .containsPattern("\\b" + member.group(2) + "\\b");
      }
    }
  }
}
