package dev.glissade.torch.art;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.FiniteDifferences;
import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.learned.Lstm;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Sgd;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.torch.TestImages;
import dev.glissade.torch.TorchObjective;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.features.FeatureNetwork;
import dev.glissade.torch.features.FeatureNetworks;
import dev.glissade.torch.features.Pooling;
import dev.glissade.torch.image.Picture;
import dev.glissade.torch.problem.TorchProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Neural art: the loss and its derivatives, and how photos are divided.
class ArtTest {

  @TempDir Path folder;

  /// Two smooth layers, for which no weights are needed.
  private record Curves() implements FeatureNetwork {
    @Override
    public List<String> layers() {
      return List.of("low", "high");
    }

    @Override
    public int minExtent() {
      return 2;
    }

    @Override
    public Map<String, Tensor> activations(Tensor pixels, List<String> wanted) {
      Tensor low = torch.tanh(torch.cat(pair(pixels, pixels.square()), 1));
      return Map.of("low", low, "high", torch.avg_pool2d(low, 2, 2).square());
    }

    private static TensorVector pair(Tensor a, Tensor b) {
      return new TensorVector(a, b);
    }
  }

  private static ArtLoss curves(double alpha, double beta, double gamma) {
    return new ArtLoss(new Curves(), "high", List.of("low", "high"), alpha, beta, gamma);
  }

  private static Picture noise(int width, int height, long seed) {
    return Picture.noise(width, height, new SplittableRandom(seed));
  }

  private static double loss(Objective objective) {
    float[] start = objective.initialParameters();
    return objective.evaluate(start, 0, new float[start.length]);
  }

  private static TorchObjective<ArtLoss.Targets> objective(
      ArtLoss loss, int size, torch.ScalarType type) {
    Stylisation stylisation = new Stylisation(loss, size, size, type);
    List<Tensor> style = stylisation.style(noise(size, size, 2));
    return stylisation.objective(noise(size, size, 1), style, noise(size, size, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void eachTermHasTheDerivativesOfFiniteDifferences(int term) {
    ArtLoss loss = curves(term == 0 ? 1 : 0, term == 1 ? 1 : 0, term == 2 ? 1 : 0);
    FiniteDifferences.assertExactDerivatives(objective(loss, 8, torch.ScalarType.Double), 0.1, 1);
  }

  /// The network that ships, and the other one where its weights are.
  static Stream<Arguments> smallNetworks() {
    return Stream.concat(
        Stream.of(Arguments.of(FeatureNetworks.DISTILLED, new DataFolder(Path.of("nowhere")))),
        TestImages.real("squeezenet")
            .map(folder -> Arguments.of(FeatureNetworks.SQUEEZENET, folder)));
  }

  /// Not for VGG-19, whose code is that of the distilled network and which takes minutes.
  @ParameterizedTest
  @MethodSource("smallNetworks")
  void theWholeLossHasTheDerivativesOfFiniteDifferences(FeatureNetworks which, DataFolder data)
      throws IOException {
    FeatureNetwork network = which.load(data, Pooling.AVERAGE);
    ArtLoss loss = new ArtLoss(network, which.contentLayer(), which.styleLayers(), 1, 1, 1);
    FiniteDifferences.assertExactDerivatives(objective(loss, 32, torch.ScalarType.Double), 0.1, 1);
  }

  @Test
  void aPictureThatIsItsOwnContentAndStyleHasNoLoss() {
    Stylisation stylisation = new Stylisation(curves(1, 1, 0), 9, 6);
    Picture picture = noise(9, 6, 1);
    List<Tensor> style = stylisation.style(picture);
    assertThat(loss(stylisation.objective(picture, style, picture))).isLessThan(1e-9);
    assertThat(loss(stylisation.objective(picture, style, noise(9, 6, 2)))).isGreaterThan(0.01);
  }

  /// Only ratios of weights count, and a style of two paintings is between theirs.
  @Test
  void aBlendIsTheMeanOfItsStyles() {
    Stylisation stylisation = new Stylisation(curves(1, 1, 0), 9, 6);
    Picture one = noise(9, 6, 1);
    Picture other = noise(12, 20, 2);
    float[] a = new float[36];
    float[] b = new float[36];
    float[] blend = new float[36];
    copy(stylisation.style(one), a);
    copy(stylisation.style(other), b);
    copy(stylisation.style(List.of(new WeightedStyle(one, 6), new WeightedStyle(other, 2))), blend);
    for (int i = 0; i < 36; i++) {
      assertThat(blend[i]).isCloseTo(0.75f * a[i] + 0.25f * b[i], within(1e-6f));
    }
    copy(stylisation.style(List.of(new WeightedStyle(one, 0.3))), blend);
    assertThat(blend).containsExactly(a);
    assertThatThrownBy(() -> new WeightedStyle(one, 0)).hasMessageContaining("must be > 0");
  }

  private static void copy(List<Tensor> style, float[] to) {
    style.getFirst().data_ptr_float().get(to);
  }

  /// One row of 0, 1, 0, 1, …: each of its differences is 1 along x, and 0 along y.
  @Test
  void roughnessIsTheMeanSquareOfDifferences() {
    float[] stripes = new float[3 * 4 * 4];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = i % 2;
    }
    Stylisation stylisation = new Stylisation(curves(0, 0, 0.25), 4, 4);
    Picture picture = new Picture(4, 4, stripes);
    double loss = loss(stylisation.objective(picture, stylisation.style(picture), picture));
    assertThat(loss).isCloseTo(0.25, within(1e-6));
  }

  /// A picture repeated in both directions has the same content and style losses.
  @Test
  void lossesOfDifferentSizesCompare() {
    assertThat(loss(repeated(2))).isCloseTo(loss(repeated(1)), within(1e-5));
  }

  private static Objective repeated(int times) {
    Stylisation stylisation = new Stylisation(curves(1, 1, 0), 8 * times, 8 * times);
    List<Tensor> style = stylisation.style(noise(8, 8, 2).resize(8 * times, 8 * times));
    List<Tensor> same = new Stylisation(curves(1, 1, 0), 8, 8).style(noise(8, 8, 2));
    assertThat(style).hasSameSizeAs(same);
    return stylisation.objective(tiled(noise(8, 8, 1), times), same, tiled(noise(8, 8, 3), times));
  }

  private static Picture tiled(Picture picture, int times) {
    int side = picture.width() * times;
    float[] pixels = new float[3 * side * side];
    for (int i = 0; i < pixels.length; i++) {
      int plane = i / (side * side);
      int y = i / side % side % picture.height();
      int x = i % side % picture.width();
      pixels[i] = picture.pixels()[(plane * picture.height() + y) * picture.width() + x];
    }
    return new Picture(side, side, pixels);
  }

  @Test
  void picturesOfTheWrongSizeAreRefused() {
    Stylisation stylisation = new Stylisation(curves(1, 1, 1), 8, 8);
    List<Tensor> style = stylisation.style(noise(3, 5, 1));
    assertThatThrownBy(() -> stylisation.objective(noise(8, 7, 1), style, noise(8, 8, 1)))
        .hasMessage("a picture of 8 x 8 is expected, got 8 x 7");
    assertThatThrownBy(() -> new Stylisation(curves(1, 1, 1), 8, 1))
        .hasMessage("a picture needs 2 x 2 pixels at least, got 8 x 1");
  }

  @Test
  void splitsShareNoPhotoAndCoverAll() throws IOException {
    for (int i = 0; i < 103; i++) {
      Files.createFile(folder.resolve(i + (i % 2 == 0 ? ".jpg" : ".PNG")));
    }
    Files.createFile(folder.resolve("notes.txt"));
    Photos photos = Photos.in(folder);
    Set<Path> all = new HashSet<>();
    int sum = 0;
    for (Split split : Split.values()) {
      List<Path> part = photos.of(split);
      assertThat(part).hasSizeGreaterThanOrEqualTo(20).isEqualTo(Photos.in(folder).of(split));
      all.addAll(part);
      sum += part.size();
    }
    assertThat(all).hasSize(103);
    assertThat(sum).isEqualTo(103);
  }

  @Test
  void tooFewPhotosAreRefusedWithAWord() {
    assertThatThrownBy(() -> Photos.in(folder.resolve("none")))
        .hasMessageStartingWith(folder.resolve("none") + " has 0 photos, neural art needs 100");
  }

  private static Problem parse(String text, DataFolder data) {
    return new ProblemCatalog(TorchProblems.all(data)).parse(text);
  }

  @Test
  void equalSeedsGiveEqualPicturesAndOthersDoNot() {
    Problem problem = parse("art:size=32", TestImages.pictures(folder));
    Problem again = parse("art:size=32", TestImages.pictures(folder));
    for (Split split : Split.values()) {
      float[] start = problem.sample(split, 5).initialParameters();
      assertThat(again.sample(split, 5).initialParameters()).containsExactly(start);
      assertThat(problem.sample(split, 6).initialParameters()).isNotEqualTo(start);
      assertThat(loss(again.sample(split, 5))).isEqualTo(loss(problem.sample(split, 5)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"art", "art:start=noise", "art:size=48,style=scream,start=noise"})
  void adamMakesThePictureBetter(String name) {
    Problem problem = parse(name, TestImages.pictures(folder));
    assertThat(problem.name()).isEqualTo(name);
    Objective objective = problem.sample(Split.TEST, 1);
    var curve = Descent.start(objective, new Adam(0.03)).run(20);
    assertThat(curve.loss(20)).isLessThan(0.6 * curve.loss(0));
  }

  /// What is best does not change, and the gradient of a pixel is that of a 64×64 picture.
  @Test
  void evenGradientsDoNotShrinkWithTheSize() {
    for (int times : new int[] {1, 2}) {
      Objective plain = repeated(times);
      EvenGradients even = EvenGradients.of(plain);
      assertThat(even.factor()).isCloseTo(times * times / 64.0, within(1e-12));
      float[] at = plain.initialParameters();
      float[] gradient = new float[at.length];
      double loss = plain.evaluate(at, 0, gradient);
      float[] scaled = new float[at.length];
      assertThat(even.evaluate(at, 0, scaled)).isCloseTo(even.factor() * loss, within(1e-9));
      for (int i = 0; i < scaled.length; i++) {
        assertThat(scaled[i]).isCloseTo((float) (even.factor() * gradient[i]), within(1e-6f));
      }
    }
    float[] small = gradient(EvenGradients.of(repeated(1)));
    float[] large = gradient(EvenGradients.of(repeated(2)));
    assertThat(large[0]).isCloseTo(small[0], within(1e-4f * Math.abs(small[0])));
  }

  private static float[] gradient(Objective objective) {
    float[] gradient = new float[objective.layout().size()];
    objective.evaluate(objective.initialParameters(), 0, gradient);
    return gradient;
  }

  @Test
  void aPaintingIsTheRunOfADescent() throws IOException {
    Stylisation stylisation = new Stylisation(curves(1, 1, 1), 8, 6);
    Picture photo = noise(8, 6, 1);
    Objective objective = stylisation.objective(photo, stylisation.style(noise(9, 9, 2)), photo);
    List<Picture> frames = new ArrayList<>();
    Painting painting =
        Painting.run(
            stylisation, objective, new Adam(0.01), 5, (_, _, picture) -> frames.add(picture));
    assertThat(painting.diverged()).isFalse();
    assertThat(painting.reached()).isEqualTo(5);
    assertThat(frames).hasSize(6);
    assertThat(frames.getFirst().pixels()).containsExactly(photo.pixels());
    assertThat(painting.picture().pixels()).containsExactly(frames.getLast().pixels());
    EvenGradients even = EvenGradients.of(objective);
    Descent descent = Descent.start(even, new Adam(0.01));
    assertThat(painting.losses()[0]).isEqualTo(descent.loss() / even.factor());
    assertThat(painting.losses()[5]).isEqualTo(descent.run(5).last() / even.factor());
    assertThat(painting.picture().pixels()).containsExactly(descent.parameters());
  }

  @Test
  void aPaintingThatDivergesKeepsWhatWasFinite() throws IOException {
    Stylisation stylisation = new Stylisation(curves(1, 1, 1), 8, 6);
    Picture photo = noise(8, 6, 1);
    Objective objective = stylisation.objective(photo, stylisation.style(noise(9, 9, 2)), photo);
    Painting painting = Painting.run(stylisation, objective, new Sgd(1e30), 5, (_, _, _) -> {});
    assertThat(painting.diverged()).isTrue();
    assertThat(painting.losses()).hasSize(6);
    assertThat(painting.losses()[5]).isNaN();
    for (float pixel : painting.picture().pixels()) {
      assertThat(pixel).isFinite();
    }
    assertThat(painting.loss()).isEqualTo(painting.losses()[painting.reached()]).isFinite();
  }

  /// An LSTM of 2 layers of 20 keeps 80 numbers a coordinate, in one array.
  @Test
  void theLargestPictureIsWhatTheScarcerMemoryAllows() {
    ArtMemory adam = ArtMemory.of(FeatureNetworks.DISTILLED, new Adam(0.1), 1);
    Lstm family = Lstm.forQuadratics();
    ArtMemory learned =
        ArtMemory.of(FeatureNetworks.DISTILLED, family.with(family.initialWeights(1)), 1);
    assertThat(learned.heap() - adam.heap()).isBetween(3 * 4 * 77L, 3 * 4 * 80L);
    ArtMemory.Free much = new ArtMemory.Free(1L << 60, 1L << 60);
    assertThat(learned.share(8_000_000, 0, much)).isLessThan(1);
    assertThat(learned.share(Integer.MAX_VALUE / 240.0, 0, much)).isGreaterThan(1);
    ArtMemory.Free littleHeap = new ArtMemory.Free(1000 * learned.heap(), 1L << 60);
    assertThat(learned.share(1000, 1000, littleHeap)).isEqualTo(1);
    ArtMemory.Free littleElse = new ArtMemory.Free(1L << 60, 500 * learned.nativeMemory());
    assertThat(learned.share(500, 500, littleElse)).isEqualTo(1);
    assertThat(learned.share(500, 500, new ArtMemory.Free(0, 0))).isGreaterThan(1);
  }

  /// A long painting has more pixels than the picture, and every picture that is made stays.
  @Test
  void theStyleAndOtherPicturesAreForeseen() {
    ArtMemory one = ArtMemory.of(FeatureNetworks.SQUEEZENET, new Adam(0.1), 1);
    ArtMemory.Free free = new ArtMemory.Free(1L << 60, 1000 * one.nativeMemory());
    assertThat(one.share(1000, 40_000, free)).isBetween(13.0, 21.0); // measured: a third
    assertThat(one.share(1000, 40_000, new ArtMemory.Free(1000 * one.heap(), 1L << 60)))
        .isGreaterThan(1);
    ArtMemory nine = ArtMemory.of(FeatureNetworks.SQUEEZENET, new Adam(0.1), 9);
    assertThat(nine.heap() - one.heap()).isEqualTo(8 * 3 * 4);
  }

  @Test
  void aMissingStyleNamesThoseThereAre() {
    DataFolder data = TestImages.pictures(folder);
    assertThatThrownBy(() -> parse("art:style=mona_lisa", data).sample(Split.TRAIN, 1))
        .hasMessageContaining("style 'mona_lisa' is not in " + data.of("style"))
        .hasMessageContaining("dots, van_gogh_starry_night");
  }
}
