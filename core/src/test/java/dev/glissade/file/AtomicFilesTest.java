package dev.glissade.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files are written whole; what killed processes leave is swept, and nothing else.
class AtomicFilesTest {

  @TempDir private Path folder;

  @Test
  void onlyTemporariesAreSwept() throws IOException {
    String left = ".latest.safetensors.123e4567-e89b-12d3-a456-426614174000.tmp";
    Files.writeString(folder.resolve(left), "half");
    for (String other :
        new String[] {
          ".hidden.tmp",
          left.substring(1),
          left + ".txt",
          ".123e4567-e89b-12d3-a456-426614174000.tmp",
          "latest.safetensors"
        }) {
      Files.writeString(folder.resolve(other), "kept");
    }
    AtomicFiles.sweep(folder);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).hasSize(5).doesNotContain(left);
    }
  }

  @Test
  void aWriteThatFailsLeavesNothing() throws IOException {
    Path file = Files.createDirectory(folder.resolve("x"));
    Files.writeString(file.resolve("in the way"), "");
    try {
      AtomicFiles.write(file, new byte[3]);
    } catch (IOException e) {
      // a folder that is not empty cannot be replaced
    }
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void thereMayBeNoFolder() throws IOException {
    AtomicFiles.sweep(folder.resolve("nowhere"));
    AtomicFiles.write(folder.resolve("new/file"), new byte[] {1}, new byte[] {2, 3});
    assertThat(folder.resolve("new/file")).hasBinaryContent(new byte[] {1, 2, 3});
  }
}
