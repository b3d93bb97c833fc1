package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.torch.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `art` refuses, in one line that says why, with no picture left behind.
class ArtRefusalsTest {

  private static final Object[] ADAM = {"--optimizer", "adam=0.1"};

  @TempDir Path folder;

  private Studio studio = new Studio(Path.of(""));
  private Path photo = studio.photo();
  private Path painting = studio.painting();
  private Path out = studio.out();

  @BeforeEach
  void fill() throws IOException {
    studio = Studio.in(folder);
    photo = studio.photo();
    painting = studio.painting();
    out = studio.out();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "starry-nigth | 1 | no such file, and no painting that ships; those are starry-night,"
            + " great",
        "scream=0 | 2 | the weight in 'scream=0' must be > 0",
        "scream=-1 | 2 | the weight in 'scream=-1' must be > 0",
        "scream=1e | 2 | the weight in 'scream=1e' is no number"
      })
  void stylesThatThereAreNotAreTold(String style, int code, String message) {
    Cli cli = Cli.run(folder, "art", photo, style, "-o", out);
    assertThat(cli.err()).contains(message);
    assertThat(cli.code()).isEqualTo(code);
    assertThat(out).doesNotExist();
  }

  @Test
  void argumentsAreMissedUnlessStylesAreListed() {
    assertThat(Cli.run(folder, "art").err()).contains("Missing CONTENT, the photo");
    assertThat(Cli.run(folder, "art", photo, "-o", out).err()).contains("Missing STYLE");
    Cli cli = Cli.run(folder, "art", photo, "scream");
    assertThat(cli.err()).contains("Missing -o OUT.png");
    assertThat(cli.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --steps 0             | --steps must be >= 1, got 0
          --preview-every 0     | --preview-every must be >= 1, got 0
          --size 31             | --size must be from 32 to 8192, got 31
          --alpha -1            | --alpha must be from 0 to 1000000, got -1.0
          --gamma NaN           | --gamma must be from 0 to 1000000, got NaN
          --init zero           | Invalid value for option '--init'
          --weights vgg20       | Invalid value for option '--weights'
          --optimizer adm       | did you mean 'adam'?
          --compare adam=1,adam=1 | two optimizers are called 'adam=1'
          --threads 0           | --threads must be >= 1, got 0
          """)
  void wrongOptionsAreRefusedInOneLine(String options, String message) {
    Object[] more = options.split(" +");
    Object[] all = options.contains("--optimizer") ? more : Studio.with(ADAM, more);
    refused(studio.art(all), 2, message);
  }

  private void refused(Cli cli, int code, String message) {
    assertThat(cli.err().lines()).hasSize(1).first().asString().startsWith("glissade: ");
    assertThat(cli.err()).contains(message);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.code()).isEqualTo(code);
    assertThat(out).doesNotExist();
  }

  @Test
  void inputsThatWillNotDoAreNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "hello");
    refused(studio.art(text, painting, out, ADAM), 1, text + ": is not a picture");
    refused(studio.art(photo, text, out, ADAM), 1, text + ": is not a picture");
    Path dot = folder.resolve("dot.png");
    Studio.noise(1, 1, 1).writePng(dot);
    refused(studio.art(dot, painting, out, ADAM), 1, dot + ": is 1 x 1 pixels, too few");
    refused(studio.art(photo, dot, out, ADAM), 1, dot + ": is 1 x 1 pixels, too few");
    Path ribbon = folder.resolve("ribbon.png");
    Studio.noise(800, 40, 1).writePng(ribbon);
    String remedy = "is 800 x 40 pixels: --size must be >= 470, so that the shorter side has 24";
    refused(studio.art(ribbon, painting, out, ADAM), 2, remedy);
  }

  @Test
  void theSmallestSizeThatIsNamedIsEnoughAndOneLessIsNot() throws IOException {
    Path wide = folder.resolve("wide.png");
    Studio.noise(101, 37, 1).writePng(wide);
    Object[] small = Studio.with(ADAM, "--steps", 1, "--size");
    refused(studio.art(wide, painting, out, Studio.with(small, 64)), 2, "--size must be >= 65");
    Cli cli = studio.art(wide, painting, out, Studio.with(small, 65));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Picture.read(out).height()).isEqualTo(24);
  }

  @Test
  void weightsThatAreMissingOrWrongAreNamed() throws IOException {
    FakeWeights.write(studio.data(), 63);
    refused(studio.art(ADAM), 1, "conv1.weight has shape [63, 3, 3, 3]");
    Path weights = studio.data().resolve("squeezenet/squeezenet_v1.1_features.safetensors");
    Files.write(weights, new byte[] {1, 2, 3});
    refused(studio.art(ADAM), 1, weights.toString());
    Files.delete(weights);
    refused(
        studio.art(ADAM),
        1,
        "the weights of squeezenet are missing: put squeezenet_v1.1_features.safetensors into "
            + weights.getParent());
  }

  @Test
  void whereThePictureGoesIsCheckedBeforeAnythingIsRead() throws IOException {
    Path missing = folder.resolve("no-such-photo.png");
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Cli blocked = studio.art(missing, painting, file.resolve("made.png"), ADAM);
    refused(blocked, 1, "cannot write to the folder");
    refused(studio.art(missing, painting, folder.resolve("a.jpg"), ADAM), 2, "so call it");
    refused(studio.art(photo, painting, photo, ADAM), 2, photo + " would be overwritten");
    Path preview = folder.resolve("photo-0001.png");
    Files.copy(painting, preview);
    refused(
        studio.art(photo, preview, photo.resolveSibling("photo.png"), ADAM),
        2,
        "would be overwritten");
    Path over = folder.resolve("new-0001.png");
    Files.copy(painting, over);
    Object[] previewing = Studio.with(ADAM, "--preview-every", 1);
    refused(
        studio.art(photo, over, folder.resolve("new.png"), previewing),
        2,
        over + " would be overwritten");
    assertThat(over).hasSameBinaryContentAs(painting);
    byte[] before = Files.readAllBytes(photo);
    Object[] json = Studio.with(ADAM, "--json", photo);
    refused(studio.art(photo, painting, out, json), 2, photo + " would be overwritten");
    assertThat(photo).hasBinaryContent(before);
    Object[] twice = Studio.with(ADAM, "--json", out);
    refused(studio.art(photo, painting, out, twice), 2, out + " would be overwritten");
  }

  @Test
  void aPictureThatMemoryIsTooSmallForIsRefusedAndTheLargestIsNamed() {
    Cli cli = studio.art("--optimizer", "pretrained:quadratic", "--size", 8192);
    refused(cli, 1, "a picture of --size 8192 needs");
    assertThat(cli.err()).containsPattern("--size [1-9]\\d{2,3} is the largest that fits");
  }

  /// The painting's shorter side becomes as long as the picture's, and nothing bounds its other
  /// one.
  @Test
  void aPaintingTooLongForMemoryIsRefusedBeforehand() throws IOException {
    Path scroll = folder.resolve("scroll.png");
    Studio.noise(32, 9000, 3).writePng(scroll);
    Cli cli = studio.art(photo, scroll, out, "--optimizer", "adam=0.1", "--size", 1024);
    refused(cli, 1, "a picture of --size 1024 in a style of ");
    assertThat(cli.err()).containsPattern("--size \\d{2,3} is the largest that fits");
  }
}
