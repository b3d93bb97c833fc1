package dev.glissade.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cache lies where the user can find it, and never in the folder where one happens to stand.
class CacheFolderTest {

  @TempDir private Path home;

  private CacheFolder of(Map<String, String> environment) {
    return CacheFolder.of(environment, home.toString(), "/t");
  }

  @Test
  void variablesGoBeforeTheHome() {
    assertThat(of(Map.of("GLISSADE_CACHE", "c", "XDG_CACHE_HOME", "/x")))
        .isEqualTo(new CacheFolder(Path.of("c"), true));
    assertThat(of(Map.of("GLISSADE_CACHE", "", "XDG_CACHE_HOME", "/x")))
        .isEqualTo(new CacheFolder(Path.of("/x/glissade"), true));
    CacheFolder ofHome = new CacheFolder(home.resolve(".cache/glissade"), true);
    assertThat(of(Map.of())).isEqualTo(ofHome);
    assertThat(of(Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo(ofHome);
  }

  /// Java's name for the home of a user whom the system does not know, none, and one that is not
  /// there.
  @Test
  void withoutAHomeItIsTemporary() {
    for (String none : new String[] {"?", "", "/nonexistent"}) {
      assertThat(CacheFolder.of(Map.of(), none, "/t"))
          .as("home '%s'", none)
          .isEqualTo(new CacheFolder(Path.of("/t/glissade"), false));
    }
  }
}
