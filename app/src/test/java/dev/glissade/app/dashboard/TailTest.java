package dev.glissade.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What another process does to a file that is read along.
class TailTest {

  @TempDir private Path folder;

  private final List<String> lines = new ArrayList<>();

  private Path file() {
    return folder.resolve("metrics.jsonl");
  }

  private Tail tail() {
    return new Tail(file(), lines::clear);
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private List<String> read(Tail tail) throws IOException {
    tail.read(lines::add);
    return lines;
  }

  @Test
  void aLineIsReadOnceItIsWhole() throws IOException {
    Tail tail = tail();
    assertThat(read(tail)).isEmpty();
    append("one\ntw");
    assertThat(read(tail)).containsExactly("one");
    append("o\nthree");
    assertThat(read(tail)).containsExactly("one", "two");
    append("\n");
    assertThat(read(tail)).containsExactly("one", "two", "three");
    assertThat(read(tail)).hasSize(3);
  }

  /// A letter of several bytes may be written in two parts.
  @Test
  void lettersAreNotTornApart() throws IOException {
    Tail tail = tail();
    byte[] word = "gradient ∇\n".getBytes(StandardCharsets.UTF_8);
    Files.write(file(), Arrays.copyOf(word, 10));
    assertThat(read(tail)).isEmpty();
    Files.write(file(), Arrays.copyOfRange(word, 10, word.length), StandardOpenOption.APPEND);
    assertThat(read(tail)).containsExactly("gradient ∇");
  }

  /// As a run does that is resumed.
  @Test
  void aFileThatIsReplacedIsReadFromItsBeginning() throws IOException {
    Tail tail = tail();
    append("one\ntwo\nthree\n");
    read(tail);
    Path other = Files.writeString(folder.resolve("other"), "one\ntwo\nand more than before\n");
    Files.move(other, file(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(read(tail)).containsExactly("one", "two", "and more than before");
  }

  @Test
  void aFileThatIsCutShortIsReadFromItsBeginning() throws IOException {
    Tail tail = tail();
    append("one\ntwo\nthr");
    read(tail);
    Files.writeString(file(), "one\n", StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(read(tail)).containsExactly("one");
    append("four\n");
    assertThat(read(tail)).containsExactly("one", "four");
  }

  /// In place, and longer than before: only what it begins with tells.
  @Test
  void aFileThatIsWrittenAnewIsReadFromItsBeginning() throws IOException {
    Tail tail = tail();
    append("one\ntwo\n");
    read(tail);
    Files.writeString(file(), "uno\ndos\ntres\n", StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(read(tail)).containsExactly("uno", "dos", "tres");
  }

  @Test
  void aFileThatGoesAwayIsForgotten() throws IOException {
    Tail tail = tail();
    append("one\n");
    read(tail);
    Files.delete(file());
    assertThat(read(tail)).isEmpty();
  }

  @Test
  void aLineWithoutEndTakesNoMemory() throws IOException {
    Tail tail = tail();
    append("one\n" + "x".repeat(1_000_000));
    assertThat(read(tail)).containsExactly("one");
    append("x\ntwo\n");
    assertThat(read(tail)).containsExactly("one", "two");
  }
}
