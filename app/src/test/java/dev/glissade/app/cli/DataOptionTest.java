package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--data` decides where every command that runs a problem looks for data, and commands that are
/// printed repeat it.
class DataOptionTest {

  private static final String PROBLEM = "mnist:units=1,batch=2";
  private static final int SIDE = 28;

  @TempDir private Path folder;
  private Path data = Path.of("");

  @BeforeEach
  void makeDigits() throws IOException {
    data = folder.resolve("my data");
    Path mnist = Files.createDirectories(data.resolve("mnist"));
    for (String part : new String[] {"train", "t10k"}) {
      Files.write(mnist.resolve(part + "-images-idx3-ubyte"), idx(30, SIDE, SIDE));
      Files.write(mnist.resolve(part + "-labels-idx1-ubyte"), idx(30));
    }
  }

  /// Bytes in the format of MNIST, whose numbers are 0 to 9.
  private static byte[] idx(int... extents) {
    int size = IntStream.of(extents).reduce(1, (a, b) -> a * b);
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * extents.length + size);
    bytes.putInt(0x800 + extents.length);
    IntStream.of(extents).forEach(bytes::putInt);
    for (int i = 0; i < size; i++) {
      bytes.put((byte) (i % 10));
    }
    return bytes.array();
  }

  @Test
  void comparesAndTunesOnDataThatLieElsewhere() {
    Object[] size = {"--instances=1", "--steps=2"};
    assertThat(run("compare", PROBLEM, "sgd=0.1", size[0], size[1], "--data", data).code())
        .isZero();
    assertThat(run("tune", "sgd", PROBLEM, size[0], size[1], "--data", data).code()).isZero();
    Cli without = run("compare", PROBLEM, "sgd=0.1", size[0], size[1]);
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.err())
        .contains("put it into " + folder.resolve("cache/data/mnist"), "GLISSADE_DATA");
  }

  @Test
  void trainsAndGoesOnWithDataThatLieElsewhere() {
    Path run = folder.resolve("run");
    String[] size = {"--steps=2", "--validation-instances=1"};
    Cli begun = run("train", PROBLEM, "-o", run, size[0], size[1], "--episodes=1", "--data", data);
    assertThat(begun.code()).as(begun.err()).isZero();
    assertThat(begun.out()).contains("--steps 2 --data '" + data + "'");
    Cli longer = run("train", "--resume", run, "--episodes=2", "--data", data);
    assertThat(longer.code()).as(longer.err()).isZero();
    assertThat(run("train", "--resume", run, "--episodes=3").err()).contains("is missing");
  }

  /// The problems that are mixed in are looked for in the same place.
  @Test
  void mixesInWhatLiesElsewhere() {
    Cli cli =
        run(
            "train",
            PROBLEM,
            "--mix=mnist:units=2,batch=2",
            "-o",
            folder.resolve("run"),
            "--steps=2",
            "--validation-instances=2",
            "--episodes=2",
            "--data",
            data);
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fig4-mnist", "fig4-mnist --train"})
  void experimentsLookThereToo(String experiment) {
    Path empty = folder.resolve("empty");
    Cli cli =
        run(
            (Object[])
                ("experiment run "
                        + experiment
                        + " -o "
                        + folder.resolve("out")
                        + " --data "
                        + empty)
                    .split(" "));
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.err())
        .contains("put it into " + empty.resolve("mnist"), "data fetch mnist --data " + empty);
  }

  private Cli run(Object... arguments) {
    return Cli.run(folder, arguments);
  }
}
