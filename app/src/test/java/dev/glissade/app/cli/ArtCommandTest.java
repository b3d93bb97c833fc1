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
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `art` makes: the picture, previews of it, and a comparison.
class ArtCommandTest {

  private static final int LEVEL = 1; // of 255, in sums of rounded colours

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
        studio.art(
            "--optimizer", "adam=0.02", "--size", 48, "--steps", 12, "--json", json, "--beta", 50);
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
    Object[] given = Studio.with(command, "--weights", "distilled");
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
    Cli cli =
        studio.art("--optimizer", "adam=0.02", "--size", 48, "--steps", 6, "--preview-every", 2);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(written()).containsExactly("made-0002.png", "made-0004.png", "made.png");
    Path four = folder.resolve("out/four.png");
    studio.art(photo, painting, four, "--optimizer", "adam=0.02", "--size", 48, "--steps", 4);
    assertThat(out.resolveSibling("made-0004.png")).hasSameBinaryContentAs(four);
    assertThat(Files.readAllBytes(out)).isNotEqualTo(Files.readAllBytes(four));
  }

  @Test
  void theSheetShowsTheLearnedOptimizerFirstAndTheFilesAgree() throws IOException {
    Cli cli =
        studio.art(
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
    Cli cli =
        studio.art("--optimizer", "sgd=1e30", "--compare", "adam=0.02", "--size", 48, "--steps", 4);
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
    assertThat(studio.art(tuned).code()).isZero();
    double rate = json(json).at("/optimizers/0/settings/learningRate").asDouble();
    Path cache = folder.resolve("cache/tuning");
    try (Stream<Path> entries = Files.list(cache)) {
      assertThat(entries).hasSize(1);
    }
    assertThat(studio.art(tuned).code()).isZero();
    assertThat(json(json).at("/optimizers/0/settings/learningRate").asDouble()).isEqualTo(rate);
    assertThat(studio.art(painting, photo, out, tuned).code()).isZero();
    try (Stream<Path> entries = Files.list(cache)) {
      assertThat(entries).hasSize(2);
    }
  }

  @Test
  void aRunThatDivergesKeepsItsLastPictureAndTheOthers() throws IOException {
    Cli cli =
        studio.art("--optimizer", "sgd=1e30", "--compare", "adam=0.02", "--size", 48, "--steps", 4);
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
    studio.art(noise);
    byte[] first = Files.readAllBytes(out);
    studio.art(noise);
    assertThat(out).hasBinaryContent(first);
    studio.art(Studio.with(noise, "--seed", 2));
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
    Cli cli = studio.art("--optimizer", "adam=0.02", "--size", 32, "--steps", 1);
    assertThat(cli.code()).as(cli.err()).isZero();
  }
}
