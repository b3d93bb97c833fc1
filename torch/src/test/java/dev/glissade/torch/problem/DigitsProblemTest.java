package dev.glissade.torch.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.optimizer.Adam;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.torch.TestImages;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.data.ImageBatch;
import dev.glissade.torch.data.ImageData;
import dev.glissade.torch.data.ImageSource;
import dev.glissade.torch.data.PixelFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The digits that ship, and folders of a user's own: no data folder is needed for either.
class DigitsProblemTest {

  private static final DataFolder NOWHERE = new DataFolder(Path.of("nowhere"));

  @TempDir private Path folder;

  private static Problem parse(String text) {
    return new ProblemCatalog(TorchProblems.all(NOWHERE)).parse(text);
  }

  private static ImageData shipped() throws IOException {
    return ImageData.load(ImageSource.Shipped.DIGITS);
  }

  @Test
  void nothingIsNeededToLearn() {
    Objective objective = parse("digits").sample(Split.VALIDATION, 1);
    var run = Descent.start(objective, new Adam(0.05)).run(100);
    assertThat(run.loss(0)).isCloseTo(Math.log(10), within(0.02));
    assertThat(run.last()).isLessThan(0.5);
  }

  /// Rows and columns are in order: a 0 has a hole, and what is left and right of it is alike.
  @Test
  void imagesAreThoseOfThePublisher() throws IOException {
    ImageData data = shipped();
    assertThat(data.training().count()).isEqualTo(3823);
    assertThat(data.test().count()).isEqualTo(1797);
    assertThat(data.test().label(0)).isZero();
    assertThat(data.test().pixels(0))
        .startsWith(0, 0, 5, 13, 9, 1, 0, 0)
        .endsWith(0, 0, 6, 13, 10, 0, 0, 0);
  }

  /// The 13 writers of the test images wrote no others; the files do not say who wrote which.
  @Test
  void testImagesAreThoseOfOtherWriters() throws IOException {
    ImageData data = shipped();
    assertThat(data.images(Split.TEST).count()).isEqualTo(1797);
    assertThat(data.images(Split.TRAIN).members()).startsWith(0).hasSize(2549);
    assertThat(data.images(Split.VALIDATION).members()).startsWith(2549).hasSize(1274);
  }

  @Test
  void whiteIsOne() throws IOException {
    ImageBatch batch =
        shipped()
            .images(Split.TRAIN)
            .minibatches(500, PixelFormat.rows(16), torch.ScalarType.Float)
            .next(new SplittableRandom(1));
    assertThat(batch.pixels().shape()).containsExactly(500, 64);
    float[] pixels = new float[500 * 64];
    new FloatPointer(batch.pixels().data_ptr()).get(pixels);
    float max = 0;
    for (float pixel : pixels) {
      assertThat(16 * pixel).isCloseTo(Math.round(16 * pixel), within(1e-5f));
      max = Math.max(max, pixel);
    }
    assertThat(max).isCloseTo(1, within(1e-6f));
  }

  @Test
  void equalSeedsGiveEqualNetworksAndOthersDoNot() {
    for (Split split : Split.values()) {
      float[] start = parse("digits").sample(split, 5).initialParameters();
      assertThat(parse("digits").sample(split, 5).initialParameters()).containsExactly(start);
      assertThat(parse("digits").sample(split, 6).initialParameters()).isNotEqualTo(start);
      float[] gradient = new float[start.length];
      double loss = parse("digits").sample(split, 5).evaluate(start, 3, gradient);
      assertThat(parse("digits").sample(split, 5).evaluate(start, 3, gradient)).isEqualTo(loss);
      assertThat(parse("digits").sample(split, 5).evaluate(start, 4, gradient)).isNotEqualTo(loss);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/.."})
  void aFolderAnywhereWillDo(String detour) {
    TestImages.digits(folder, 60, 20);
    Problem problem = parse("mnist:units=3,data=%s/mnist%s".formatted(folder, detour));
    assertThat(problem.name())
        .isEqualTo("mnist:units=3,data=" + folder.resolve(detour.isEmpty() ? "mnist" : ""));
    if (detour.isEmpty()) {
      Objective objective = problem.sample(Split.TRAIN, 1);
      float[] start = objective.initialParameters();
      assertThat(objective.evaluate(start, 0, new float[start.length]))
          .isCloseTo(Math.log(10), within(0.05));
    } else {
      assertThatThrownBy(() -> problem.sample(Split.TRAIN, 1))
          .hasMessage("train-images-idx3-ubyte.gz is missing in %s: put it there", folder);
    }
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    for (String part : new String[] {"train", "t10k"}) {
      TestImages.write(
          folder.resolve(part + "-images-idx3-ubyte"), TestImages.idx(new byte[30 * 64], 30, 8, 8));
      TestImages.write(
          folder.resolve(part + "-labels-idx1-ubyte"), TestImages.idx(new byte[30], 30));
    }
    Problem problem = parse("mnist:data=" + folder);
    assertThatThrownBy(() -> problem.sample(Split.TRAIN, 1))
        .hasMessage(
            "%s: 30 training images, 30 test images, but not of 28 x 28 pixels, which this problem"
                + " needs",
            folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnits", "fashion-mnist", ""})
  void aNameThatIsNoDataSetIsNoFolder(String name) {
    assertThatThrownBy(() -> parse("mnist:data=" + name))
        .hasMessageContaining("must be one of mnist, fashion, kmnist, or a folder of idx files")
        .hasMessageContaining("got '" + name + "'");
  }
}
