package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glissade.torch.art.Masterpiece;
import dev.glissade.torch.image.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `art` from files to files, with random weights in place of a trained network's.
class ArtCommandTest {

  private static final int LEVEL = 1; // of 255, in sums of rounded colours

  @TempDir Path folder;

  private Path photo = Path.of("");
  private Path painting = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void writePictures() throws IOException {
    FakeWeights.write(folder.resolve("data"));
    photo = folder.resolve("photo.png");
    painting = folder.resolve("painting.png");
    out = folder.resolve("out/made.png");
    noise(90, 60, 1).resize(60, 40).writePng(photo);
    noise(50, 50, 2).writePng(painting);
  }

  private static Picture noise(int width, int height, long seed) {
    return Picture.noise(width, height, new SplittableRandom(seed));
  }

  private Cli art(Object... more) {
    return art(photo, painting, out, more);
  }

  private Cli art(Path content, Path style, Path picture, Object... more) {
    Stream<Object> fixed =
        Stream.of("art", content, style, "-o", picture, "--data", folder.resolve("data"));
    Stream<Object> network = Stream.of("--weights", "squeezenet");
    return Cli.run(folder, Stream.concat(Stream.concat(fixed, network), Stream.of(more)).toArray());
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(out.getParent())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void thePictureHasThePhotosShapeAndALowerLoss() throws IOException {
    Path json = folder.resolve("result.json");
    Cli cli =
        art("--optimizer", "adam=0.02", "--size", 48, "--steps", 12, "--json", json, "--beta", 50);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("48 x 32 pixels, 12 steps", "adam=0.02");
    Picture made = Picture.read(out);
    assertThat(made.width()).isEqualTo(48);
    assertThat(made.height()).isEqualTo(32);
    assertThat(made.pixels()).isNotEqualTo(Picture.read(photo).resize(48, 32).pixels());
    JsonNode result = json(json);
    assertThat(result.at("/width").intValue()).isEqualTo(48);
    assertThat(result.at("/weights").textValue()).isEqualTo("squeezenet");
    assertThat(result.at("/alpha").doubleValue()).isEqualTo(100);
    assertThat(result.at("/beta").doubleValue()).isEqualTo(50);
    JsonNode adam = result.at("/optimizers/0");
    assertThat(adam.at("/curve")).hasSize(13);
    assertThat(adam.at("/curve/12").doubleValue())
        .isLessThan(0.9 * adam.at("/curve/0").doubleValue());
    assertThat(adam.at("/nonFinite").intValue()).isZero();
    assertThat(written()).containsExactly("made.png");
  }

  @Test
  void stylesAreListedWithTheirPainters() {
    Cli cli = Cli.run(folder, "art", "--styles");
    assertThat(cli.code()).as(cli.err()).isZero();
    for (Masterpiece painting : Masterpiece.values()) {
      assertThat(cli.out()).contains(painting.label(), painting.title(), painting.source());
    }
  }

  /// What a fresh clone can do: no data folder, no weights, a style by its name.
  @Test
  void aStyleThatShipsNeedsNothingElse() throws IOException {
    Object[] command = {
      "art",
      photo,
      "starry-night",
      "-o",
      out,
      "--optimizer",
      "adam=0.02",
      "--size",
      48,
      "--steps",
      2
    };
    Cli cli = Cli.run(folder, command);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err())
        .containsOnlyOnce("Comparing pictures by --weights distilled, which ships");
    assertThat(cli.out()).contains("in the style of starry-night: 48 x 32 pixels");
    assertThat(Picture.read(out).width()).isEqualTo(48);
    Object[] given =
        Stream.concat(Stream.of(command), Stream.of("--weights", "distilled")).toArray();
    Path same = folder.resolve("same.png");
    given[4] = same;
    assertThat(Cli.run(folder, given).err()).doesNotContain("Comparing pictures by");
    assertThat(same).hasSameBinaryContentAs(out);
  }

  @Test
  void stylesBlendByTheirWeights() throws IOException {
    Path json = folder.resolve("result.json");
    List<byte[]> pictures = new ArrayList<>();
    for (List<String> styles :
        List.of(
            List.of("scream"),
            List.of("scream=3", painting.toString()),
            List.of("scream=6", painting + "=2"),
            List.of("scream", painting + "=2"))) {
      List<Object> command = new ArrayList<>(List.of("art", photo));
      command.addAll(styles);
      command.addAll(List.of("-o", out, "--optimizer", "adam=0.02", "--size", 48, "--steps", 3));
      command.addAll(List.of("--weights", "distilled", "--json", json));
      Cli cli = Cli.run(folder, command.toArray());
      assertThat(cli.code()).as(cli.err()).isZero();
      assertThat(json(json).at("/style").textValue()).isEqualTo(String.join(" and ", styles));
      pictures.add(Files.readAllBytes(out));
    }
    assertThat(pictures.get(1)).isEqualTo(pictures.get(2)).isNotEqualTo(pictures.get(0));
    assertThat(pictures.get(3)).isNotEqualTo(pictures.get(1));
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

  @Test
  void theWeightsOfTheTermsAreThoseOfTheProblem() {
    String help = Cli.run(folder, "art", "--help").out();
    String options = Cli.run(folder, "problems").out();
    for (String option : List.of("alpha", "beta", "gamma")) {
      String value = options.replaceFirst("(?s).*\\b" + option + " +(\\d+) .*", "$1");
      assertThat(help).containsPattern("(?s)--" + option + "=X\\s+Weight[^-]*default: " + value);
    }
  }

  @Test
  void previewsShowTheWayAndThePictureItsEnd() throws IOException {
    Cli cli = art("--optimizer", "adam=0.02", "--size", 48, "--steps", 6, "--preview-every", 2);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(written()).containsExactly("made-0002.png", "made-0004.png", "made.png");
    Path four = folder.resolve("out/four.png");
    art(photo, painting, four, "--optimizer", "adam=0.02", "--size", 48, "--steps", 4);
    assertThat(out.resolveSibling("made-0004.png")).hasSameBinaryContentAs(four);
    assertThat(Files.readAllBytes(out)).isNotEqualTo(Files.readAllBytes(four));
  }

  @Test
  void theSheetShowsTheLearnedOptimizerFirstAndTheFilesAgree() throws IOException {
    Cli cli =
        art(
            "--optimizer",
            "pretrained:quadratic",
            "--compare",
            "adam,sgd=0.01",
            "--size",
            48,
            "--steps",
            4);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(written())
        .containsExactly(
            "made-compare.csv",
            "made-compare.html",
            "made-compare.json",
            "made-compare.png",
            "made.png");
    JsonNode optimizers = json(out.resolveSibling("made-compare.json")).get("optimizers");
    List<String> lines = Files.readAllLines(out.resolveSibling("made-compare.csv"));
    assertThat(lines.getFirst()).isEqualTo("step,pretrained:quadratic,adam,sgd=0.01");
    assertThat(lines).hasSize(6);
    for (int t = 0; t <= 4; t++) {
      String[] cells = lines.get(t + 1).split(",", -1);
      assertThat(cells[0]).isEqualTo(Integer.toString(t));
      for (int o = 0; o < 3; o++) {
        double loss = optimizers.get(o).get("curve").get(t).doubleValue();
        assertThat(Double.parseDouble(cells[o + 1])).isEqualTo(loss);
      }
    }
    assertThat(optimizers.get(1).at("/settings/learningRate").asDouble()).isPositive();
    BufferedImage sheet = ImageIO.read(out.resolveSibling("made-compare.png").toFile());
    assertThat(sheet.getWidth()).isEqualTo(10 + 4 * (96 + 10)); // start, steps 1, 2 and 4
    assertThat(sheet.getHeight()).isEqualTo(10 + 20 + 3 * (20 + 32 + 20 + 10));
  }

  /// A slider goes through the same pictures as the sheet, all of them in the JSON.
  @Test
  void thePageOfAComparisonShowsThePicturesOnTheirWay() throws IOException {
    Cli cli = art("--optimizer", "sgd=1e30", "--compare", "adam=0.02", "--size", 48, "--steps", 4);
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode json = json(out.resolveSibling("made-compare.json"));
    assertThat(json.get("gallery")).isNull(); // once is enough
    JsonNode gallery = json.at("/page/sections/0/galleries/0");
    assertThat(gallery.get("moments"))
        .extracting(JsonNode::textValue)
        .containsExactly("start", "step 1", "step 2", "step 4");
    assertThat(gallery.at("/strips/0/frames/1/image").isNull()).as("it diverged").isTrue();
    String image = gallery.at("/strips/1/frames/3/image").textValue();
    assertThat(image).startsWith("data:image/jpeg;base64,");
    byte[] jpeg = Base64.getDecoder().decode(image.substring(image.indexOf(',') + 1));
    assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth()).isEqualTo(48);
    Path again = folder.resolve("again.html");
    Cli.run(folder, "report", out.resolveSibling("made-compare.json"), "-o", again);
    assertThat(again).hasSameBinaryContentAs(out.resolveSibling("made-compare.html"));
  }

  @Test
  void aBaselineWithoutARateIsTunedOnceForThisPicture() throws IOException {
    Path json = folder.resolve("result.json");
    Object[] tuned = {"--optimizer", "adam", "--size", 48, "--steps", 3, "--json", json};
    assertThat(art(tuned).code()).isZero();
    double rate = json(json).at("/optimizers/0/settings/learningRate").asDouble();
    Path cache = folder.resolve("cache/tuning");
    try (Stream<Path> entries = Files.list(cache)) {
      assertThat(entries).hasSize(1);
    }
    assertThat(art(tuned).code()).isZero();
    assertThat(json(json).at("/optimizers/0/settings/learningRate").asDouble()).isEqualTo(rate);
    assertThat(art(painting, photo, out, tuned).code()).isZero();
    try (Stream<Path> entries = Files.list(cache)) {
      assertThat(entries).hasSize(2);
    }
  }

  @Test
  void aRunThatDivergesKeepsItsLastPictureAndTheOthers() throws IOException {
    Cli cli = art("--optimizer", "sgd=1e30", "--compare", "adam=0.02", "--size", 48, "--steps", 4);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).containsPattern("sgd=1e30.* diverged");
    assertThat(cli.err()).contains("sgd=1e30 diverged: NaN or infinity from step 1 on");
    float[] start = Picture.read(photo).resize(48, 32).pixels();
    float[] kept = Picture.read(out).pixels();
    for (int i = 0; i < kept.length; i++) {
      assertThat(Math.abs(kept[i] - start[i])).isLessThan(LEVEL / 255f);
    }
    JsonNode optimizers = json(out.resolveSibling("made-compare.json")).get("optimizers");
    assertThat(optimizers.at("/0/nonFinite").intValue()).isEqualTo(4);
    assertThat(optimizers.at("/0/curve/1").isNull()).isTrue();
    assertThat(optimizers.at("/1/nonFinite").intValue()).isZero();
    assertThat(Files.readAllLines(out.resolveSibling("made-compare.csv")).get(2)).startsWith("1,,");
  }

  @Test
  void theSeedDecidesTheNoiseAndNothingElseDoes() throws IOException {
    Object[] noise = {"--optimizer", "adam=0.02", "--init", "noise", "--size", 48, "--steps", 1};
    art(noise);
    byte[] first = Files.readAllBytes(out);
    art(noise);
    assertThat(out).hasBinaryContent(first);
    art(Stream.concat(Stream.of(noise), Stream.of("--seed", 2)).toArray());
    assertThat(Files.readAllBytes(out)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void picturesOfOtherKindsWork(int type) throws IOException {
    ImageIO.write(new BufferedImage(40, 40, type), "png", photo.toFile());
    Cli cli = art("--optimizer", "adam=0.02", "--size", 32, "--steps", 1);
    assertThat(cli.code()).as(cli.err()).isZero();
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
    Object[] all =
        options.contains("--optimizer")
            ? more
            : Stream.concat(Stream.of("--optimizer", "adam=0.1"), Stream.of(more)).toArray();
    refused(art(all), 2, message);
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
    Object[] adam = {"--optimizer", "adam=0.1"};
    Path text = Files.writeString(folder.resolve("text.png"), "hello");
    refused(art(text, painting, out, adam), 1, text + ": is not a picture");
    refused(art(photo, text, out, adam), 1, text + ": is not a picture");
    Path dot = folder.resolve("dot.png");
    noise(1, 1, 1).writePng(dot);
    refused(art(dot, painting, out, adam), 1, dot + ": is 1 x 1 pixels, too few");
    refused(art(photo, dot, out, adam), 1, dot + ": is 1 x 1 pixels, too few");
    Path ribbon = folder.resolve("ribbon.png");
    noise(800, 40, 1).writePng(ribbon);
    String remedy = "is 800 x 40 pixels: --size must be >= 470, so that the shorter side has 24";
    refused(art(ribbon, painting, out, adam), 2, remedy);
  }

  @Test
  void theSmallestSizeThatIsNamedIsEnoughAndOneLessIsNot() throws IOException {
    Path wide = folder.resolve("wide.png");
    noise(101, 37, 1).writePng(wide);
    Object[] adam = {"--optimizer", "adam=0.1", "--steps", 1, "--size"};
    refused(art(wide, painting, out, with(adam, 64)), 2, "--size must be >= 65");
    Cli cli = art(wide, painting, out, with(adam, 65));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Picture.read(out).height()).isEqualTo(24);
  }

  private static Object[] with(Object[] arguments, Object more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray();
  }

  @Test
  void weightsThatAreMissingOrWrongAreNamed() throws IOException {
    Object[] adam = {"--optimizer", "adam=0.1"};
    FakeWeights.write(folder.resolve("data"), 63);
    refused(art(adam), 1, "conv1.weight has shape [63, 3, 3, 3]");
    Path weights = folder.resolve("data/squeezenet/squeezenet_v1.1_features.safetensors");
    Files.write(weights, new byte[] {1, 2, 3});
    refused(art(adam), 1, weights.toString());
    Files.delete(weights);
    refused(
        art(adam),
        1,
        "the weights of squeezenet are missing: put squeezenet_v1.1_features.safetensors into "
            + weights.getParent());
  }

  @Test
  void whereThePictureGoesIsCheckedBeforeAnythingIsRead() throws IOException {
    Path missing = folder.resolve("no-such-photo.png");
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Object[] adam = {"--optimizer", "adam=0.1"};
    Cli blocked = art(missing, painting, file.resolve("made.png"), adam);
    refused(blocked, 1, "cannot write to the folder");
    refused(art(missing, painting, folder.resolve("a.jpg"), adam), 2, "so call it");
    refused(art(photo, painting, photo, adam), 2, photo + " would be overwritten");
    Path preview = folder.resolve("photo-0001.png");
    Files.copy(painting, preview);
    refused(
        art(photo, preview, photo.resolveSibling("photo.png"), adam), 2, "would be overwritten");
    Path over = folder.resolve("new-0001.png");
    Files.copy(painting, over);
    Object[] previewing = {"--optimizer", "adam=0.1", "--preview-every", 1};
    refused(
        art(photo, over, folder.resolve("new.png"), previewing), 2, over + " would be overwritten");
    assertThat(over).hasSameBinaryContentAs(painting);
    byte[] before = Files.readAllBytes(photo);
    Object[] json = {"--optimizer", "adam=0.1", "--json", photo};
    refused(art(photo, painting, out, json), 2, photo + " would be overwritten");
    assertThat(photo).hasBinaryContent(before);
    Object[] twice = {"--optimizer", "adam=0.1", "--json", out};
    refused(art(photo, painting, out, twice), 2, out + " would be overwritten");
  }

  @Test
  void aPictureThatMemoryIsTooSmallForIsRefusedAndTheLargestIsNamed() {
    Cli cli = art("--optimizer", "pretrained:quadratic", "--size", 8192);
    refused(cli, 1, "a picture of --size 8192 needs");
    assertThat(cli.err()).containsPattern("--size [1-9]\\d{2,3} is the largest that fits");
  }

  /// The painting's shorter side becomes as long as the picture's, and nothing bounds its other
  /// one.
  @Test
  void aPaintingTooLongForMemoryIsRefusedBeforehand() throws IOException {
    Path scroll = folder.resolve("scroll.png");
    noise(32, 9000, 3).writePng(scroll);
    Cli cli = art(photo, scroll, out, "--optimizer", "adam=0.1", "--size", 1024);
    refused(cli, 1, "a picture of --size 1024 in a style of ");
    assertThat(cli.err()).containsPattern("--size \\d{2,3} is the largest that fits");
  }
}
