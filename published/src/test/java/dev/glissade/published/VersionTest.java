package dev.glissade.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The version of this build stands wherever a user copies it from.
class VersionTest {

  private static final Pattern DEPENDENCY =
      Pattern.compile("<artifactId>glissade-[\\w-]+</artifactId>\\s*<version>(.*?)</version>");

  static List<Path> files() throws IOException {
    PathMatcher copied =
        FileSystems.getDefault().getPathMatcher("glob:../{README.md,docs/*.md,examples/*/pom.xml}");
    try (Stream<Path> files = Files.walk(Document.ROOT, 3)) {
      return files.filter(copied::matches).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsCopiedDependsOnThisVersion(Path file) throws IOException {
    assertThat(versions(file)).allMatch(Artifact.VERSION::equals);
  }

  @Test
  void theReadmeShowsADependency() throws IOException {
    assertThat(versions(Document.ROOT.resolve("README.md"))).isNotEmpty();
  }

  @Test
  void theChangelogHasASectionForIt() throws IOException {
    assertThat(Files.readString(Document.ROOT.resolve("CHANGELOG.md")))
        .containsPattern(
            "\n## \\[" + Pattern.quote(Artifact.VERSION) + "] - \\d{4}-\\d\\d-\\d\\d\n");
  }

  private static List<String> versions(Path file) throws IOException {
    return DEPENDENCY
        .matcher(Files.readString(file))
        .results()
        .map(dependency -> dependency.group(1))
        .toList();
  }
}
