package dev.glissade.app.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.torch.data.DataFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a finder of problems takes to processes that work in other folders.
class CatalogFinderTest {

  private static CatalogFinder finder(String data, String classPath) {
    return CatalogFinder.of(new DataFolder(Path.of(data)), Optional.of(classPath));
  }

  @Test
  void pathsMeanTheSameInEveryFolder() {
    CatalogFinder finder = finder("data", "fits.jar" + File.pathSeparator + "classes");
    assertThat(finder.data()).isEqualTo(Path.of("data").toAbsolutePath().toString());
    assertThat(finder.classPath())
        .isEqualTo(
            Path.of("fits.jar").toAbsolutePath()
                + File.pathSeparator
                + Path.of("classes").toAbsolutePath());
  }

  @Test
  void jarsAreSentAndFoldersAreNot(@TempDir Path folder) throws IOException {
    Path jar = Files.createFile(folder.resolve("fits.jar"));
    assertThat(finder("data", jar + File.pathSeparator + folder).files()).containsExactly(jar);
  }

  @Test
  void problemsAreFoundByTheirNames() {
    assertThat(
            CatalogFinder.of(new DataFolder(Path.of("data")), Optional.empty())
                .find("quadratic:dim=3")
                .name())
        .isEqualTo("quadratic:dim=3");
  }
}
