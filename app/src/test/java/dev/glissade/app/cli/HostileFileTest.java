package dev.glissade.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.file.JsonObject;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.TrainedOptimizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are not what they should be: one line that names the file and what is wrong with it,
/// exit code 1.
class HostileFileTest {

  private static final Lstm NETWORK = new Lstm(1, 2, new Preprocessing.Identity(), 1);

  @TempDir Path folder;
  private Path file;
  private byte[] good;

  @BeforeEach
  void save() throws IOException {
    file = folder.resolve("x.safetensors");
    new TrainedOptimizer(NETWORK, NETWORK.initialWeights(1), JsonObject.empty()).save(file);
    good = Files.readAllBytes(file);
    assertThat(Cli.run(folder, "inspect", file).code()).isZero();
  }

  @Test
  void noSafetensors() throws IOException {
    assertRefused("PK\3\4 what is this?".getBytes(UTF_8), "is no safetensors file");
    assertRefused(new byte[0], "is no safetensors file");
  }

  @Test
  void truncated() throws IOException {
    assertRefused(Arrays.copyOf(good, good.length - 1), "truncated");
    assertRefused(Arrays.copyOf(good, 40), "truncated");
  }

  @Test
  void aHugeHeader() throws IOException {
    byte[] bytes = good.clone();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, Long.MAX_VALUE);
    assertRefused(bytes, "claims a header of 9223372036854775807 bytes");
  }

  @Test
  void overlappingAndOutlyingTensors() throws IOException {
    assertRefused(file("{\"a\":%s,\"b\":%s}".formatted(tensor(0, 4), tensor(0, 4)), 8), "overlaps");
    assertRefused(file("{\"a\":%s}".formatted(tensor(0, 400)), 4), "data_offsets");
    assertRefused(file("{\"a\":%s}".formatted(tensor(100, 104)), 4), "gap");
  }

  @Test
  void notALearnedOptimizer() throws IOException {
    assertRefused(file("{\"a\":%s}".formatted(tensor(0, 4)), 4), "holds no learned optimizer");
  }

  @Test
  void weightsThatAreNotNumbers() throws IOException {
    byte[] bytes = good.clone();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
    assertRefused(bytes, "NaN or infinite");
  }

  @Test
  void anArchitectureThatIsNotTheFiles() throws IOException {
    String text = new String(good, UTF_8.newDecoder().charset());
    String before = "hidden\\\":";
    assertThat(text).contains(before + "2");
    byte[] bytes = good.clone();
    int at = text.indexOf(before) + before.length();
    bytes[at] = '3';
    assertRefused(bytes, "expected, found");
  }

  /// What others have written into a file is shown and neither steers the terminal nor looks ours.
  @Test
  void metadataIsShownAndNotObeyed() throws IOException {
    String evil = "\033[2J\033]0;title\007\nForged: line @|red x|@";
    new TrainedOptimizer(
            NETWORK, NETWORK.initialWeights(1), JsonObject.empty().with("problem", evil))
        .save(file);
    Path named = Files.copy(file, folder.resolve("@|red y|@.safetensors"));
    Cli cli = Cli.run(folder, "inspect", named);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).doesNotContain("\033", "\007").contains("@|red x|@", "@|red y|@");
    assertThat(cli.out().lines()).noneMatch(line -> line.startsWith("Forged"));
    Cli compared = Cli.run(folder, "compare", "quadratic", named, "--instances", 2);
    assertThat(compared.out()).contains("@|red y|@");
  }

  @Test
  void aFolderWithoutARun() {
    Cli cli = Cli.run(folder, "inspect", folder);
    assertThat(cli.err()).contains("holds no best.safetensors");
    assertThat(cli.err().lines()).hasSize(1);
  }

  private static String tensor(int begin, int end) {
    return "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%s,%s]}".formatted(begin, end);
  }

  private static byte[] file(String header, int data) {
    byte[] text = header.getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(text.length).put(text).array();
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    Files.write(file, bytes);
    for (Object[] arguments :
        new Object[][] {
          {"inspect", file},
          {"compare", "quadratic", file, "--instances", 1},
          {"train", "quadratic", "-o", folder.resolve("run"), "--outer", file}
        }) {
      Cli cli = Cli.run(folder, arguments);
      assertThat(cli.err()).contains(message, "x.safetensors");
      assertThat(cli.err().lines()).hasSize(1);
      assertThat(cli.code()).isEqualTo(1);
    }
  }
}
