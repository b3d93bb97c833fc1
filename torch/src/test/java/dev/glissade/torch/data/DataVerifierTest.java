package dev.glissade.torch.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.torch.TestImages;
import dev.glissade.torch.data.DataVerifier.Finding;
import dev.glissade.torch.data.DataVerifier.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of files that are right, damaged or missing.
class DataVerifierTest {

  private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.US_ASCII);
  private static final String HELLO_SUM =
      "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

  @TempDir private Path root;

  private List<State> verify(String name, byte[] content) throws IOException {
    TestImages.write(root.resolve("made-up").resolve(name), content);
    DataSet dataSet =
        new DataSet("made-up", "", "", List.of(), List.of(new DataSet.Part("greeting", HELLO_SUM)));
    return states(new DataFolder(root), dataSet);
  }

  private static List<State> states(DataFolder folder, DataSet dataSet) throws IOException {
    return new DataVerifier(folder).verify(dataSet).stream().map(Finding::state).toList();
  }

  @Test
  void rightFilesAreRightHoweverPacked() throws IOException {
    assertThat(verify("greeting.gz", TestImages.gzip(HELLO))).containsExactly(State.OK);
    assertThat(verify("greeting", HELLO)).containsExactly(State.OK);
  }

  @Test
  void wrongContentIsDamaged() throws IOException {
    assertThat(verify("greeting", Arrays.copyOf(HELLO, 5))).containsExactly(State.DAMAGED);
  }

  @Test
  void wrongPackedContentIsDamaged() throws IOException {
    byte[] packed = TestImages.gzip(HELLO);
    assertThat(verify("greeting.gz", Arrays.copyOf(packed, packed.length - 2)))
        .containsExactly(State.DAMAGED);
    assertThat(verify("greeting.gz", TestImages.gzip(new byte[3]))).containsExactly(State.DAMAGED);
    assertThat(verify("greeting.gz", HELLO)).containsExactly(State.DAMAGED);
  }

  @Test
  void absentFilesAreMissing() throws IOException {
    assertThat(verify("something-else", HELLO)).containsExactly(State.MISSING);
    assertThat(states(new DataFolder(root), DataCatalog.find("cifar10")))
        .hasSize(6)
        .containsOnly(State.MISSING);
  }

  @Test
  void realDigitsAreRight() throws IOException {
    assertThat(states(TestImages.real("mnist"), DataCatalog.find("mnist")))
        .hasSize(4)
        .containsOnly(State.OK);
  }
}
