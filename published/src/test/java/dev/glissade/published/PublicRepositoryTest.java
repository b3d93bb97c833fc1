package dev.glissade.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Maven Central asks of what is uploaded to it, signatures aside, and what lets others repeat
/// a build bit for bit. It looks at what `mvn -Prelease verify` left.
///
/// Reference: *Requirements*, <https://central.sonatype.org/publish/requirements/>.
class PublicRepositoryTest {

  static List<Artifact> modules() {
    return Artifact.modules();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "description",
        "url",
        "licenses/license/name",
        "licenses/license/url",
        "developers/developer/name",
        "developers/developer/url",
        "scm/connection",
        "scm/developerConnection",
        "scm/url",
        "issueManagement/url"
      })
  void theParentSaysForAll(String element) {
    assertThat(Artifact.PARENT.texts("/project/" + element))
        .isNotEmpty()
        .noneMatch(String::isBlank);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleSaysWhatItIs(Artifact module) {
    assertThat(module.texts("/project/name")).hasSize(1).noneMatch(String::isBlank);
    assertThat(module.texts("/project/description")).hasSize(1).noneMatch(String::isBlank);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void nothingDependsOnWhatMayChange(Artifact module) {
    for (Artifact pom : List.of(Artifact.PARENT, module)) {
      assertThat(pom.texts("//version | //properties/*")).noneMatch(v -> v.endsWith("-SNAPSHOT"));
      assertThat(pom.texts("//repository | //pluginRepository")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theJarHasClassesAndTheLicence(Artifact module) throws IOException {
    try (JarFile jar = module.jar("")) {
      assertThat(names(jar)).contains("META-INF/LICENSE").anyMatch(name -> name.endsWith(".class"));
    }
  }

  @Test
  void everyModuleHasANameOfItsOwn() throws IOException {
    List<String> names = new ArrayList<>();
    for (Artifact module : modules()) {
      try (JarFile jar = module.jar("")) {
        names.add(moduleName(jar));
      }
    }
    assertThat(names)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("dev\\.glissade[.a-z]*"));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theSourcesAreThoseOfTheClasses(Artifact module) throws IOException {
    try (JarFile jar = module.jar("");
        JarFile sources = module.jar("-sources")) {
      assertThat(withoutSuffix(sources, ".java")).isEqualTo(withoutSuffix(jar, ".class"));
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theJavadocHasAllPackagesButInternalOnes(Artifact module) throws IOException {
    try (JarFile jar = module.jar("");
        JarFile javadoc = module.jar("-javadoc")) {
      Set<String> pages =
          withoutSuffix(jar, "/package-info.class").stream()
              .filter(name -> !(name + "/").contains("/internal/"))
              .collect(Collectors.toSet());
      assertThat(withoutSuffix(javadoc, "/package-summary.html")).isEqualTo(pages);
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void entriesHaveTheTimeThatThePomSays(Artifact module) throws IOException {
    String timestamp = Artifact.PARENT.texts("//project.build.outputTimestamp").getFirst();
    LocalDateTime time = OffsetDateTime.parse(timestamp).toLocalDateTime();
    for (String suffix : List.of("", "-sources", "-javadoc")) {
      try (JarFile jar = module.jar(suffix)) {
        assertThat(jar.stream().map(ZipEntry::getTimeLocal)).allMatch(time::equals);
      }
    }
  }

  private static String moduleName(JarFile jar) throws IOException {
    return jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
  }

  private static List<String> names(JarFile jar) {
    return jar.stream().map(ZipEntry::getName).toList();
  }

  /// The files of a jar with that suffix, which is cut off. Classes inside of others are left out.
  private static Set<String> withoutSuffix(JarFile jar, String suffix) {
    Stream<String> names = names(jar).stream().filter(name -> name.endsWith(suffix));
    return names
        .filter(name -> !name.contains("$"))
        .map(name -> name.substring(0, name.length() - suffix.length()))
        .collect(Collectors.toSet());
  }
}
