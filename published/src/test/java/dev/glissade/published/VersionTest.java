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

  private static final Path README = Document.ROOT.resolve("README.md");

  static List<Path> copied() throws IOException {
    PathMatcher names =
        FileSystems.getDefault().getPathMatcher("glob:../{README.md,docs/*.md,examples/*/pom.xml}");
    try (Stream<Path> files = Files.walk(Document.ROOT, 3)) {
      return files.filter(names::matches).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("copied")
  void whatIsCopiedDependsOnThisVersion(Path file) throws IOException {
    assertThat(versions("glissade-[\\w-]+", file))
        .allMatch(version -> version.endsWith(" " + Artifact.VERSION));
  }

  @Test
  void theReadmeShowsADependency() throws IOException {
    assertThat(versions("glissade-core", README)).hasSize(1);
  }

  /// So they are built offline, with what this build has already.
  @ParameterizedTest
  @MethodSource("copied")
  void examplesUseThePluginsOfThisBuild(Path file) throws IOException {
    String plugins = "maven-[\\w-]+-plugin";
    assertThat(versions(plugins, Document.ROOT.resolve("pom.xml")))
        .containsAll(versions(plugins, file));
  }

  @Test
  void theChangelogHasASectionForIt() throws IOException {
    String section =
        Artifact.VERSION.endsWith("-SNAPSHOT")
            ? "\\[Unreleased]\n"
            : "\\[" + Pattern.quote(Artifact.VERSION) + "] - \\d{4}-\\d\\d-\\d\\d\n";
    assertThat(Files.readString(Document.ROOT.resolve("CHANGELOG.md")))
        .containsPattern("\n## " + section);
  }

  /// All artifacts of that name in a file, each with its version behind a space.
  private static List<String> versions(String artifact, Path file) throws IOException {
    return Pattern.compile("<artifactId>(%s)</artifactId>\\s*<version>(.*?)</".formatted(artifact))
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1) + " " + found.group(2))
        .toList();
  }
}
