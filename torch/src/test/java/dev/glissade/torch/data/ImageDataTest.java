package dev.glissade.torch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Problem.Split;
import dev.glissade.torch.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is made of the images: splits, subsets, minibatches.
class ImageDataTest {

  @TempDir private Path root;

  private ImageData digits() throws IOException {
    return ImageData.load(new ImageSource.Known("mnist", TestImages.digits(root, 60, 10)));
  }

  @Test
  void splitsShareNoImage() throws IOException {
    ImageData data = digits();
    Set<String> seen = new HashSet<>();
    for (Split split : Split.values()) {
      LabelledImages whole = split == Split.TEST ? data.test() : data.training();
      for (int image : data.images(split).members()) {
        assertThat(seen.add(Arrays.toString(whole.pixels(image)))).isTrue();
      }
    }
    assertThat(seen).hasSize(70);
    assertThat(data.images(Split.TRAIN).count()).isEqualTo(50);
    assertThat(data.images(Split.VALIDATION).count()).isEqualTo(10);
    assertThat(data.images(Split.TEST).count()).isEqualTo(10);
  }

  @Test
  void validationLeavesTwoThirdsToTraining() throws IOException {
    ImageData data =
        ImageData.load(new ImageSource.Known("mnist", TestImages.digits(root, 30, 20)));
    assertThat(data.images(Split.TRAIN).count()).isEqualTo(20);
    assertThat(data.images(Split.VALIDATION).members()).startsWith(20).hasSize(10);
    assertThat(data.images(Split.TEST).count()).isEqualTo(20);
  }

  static Stream<DataFolder> mnist() {
    return TestImages.real("mnist");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("mnist")
  void realDigitsAreDividedAsInThePaper(DataFolder folder) throws IOException {
    ImageData data = ImageData.load(new ImageSource.Known("mnist", folder));
    assertThat(data.images(Split.TRAIN).count()).isEqualTo(50_000);
    assertThat(data.images(Split.VALIDATION).members()).startsWith(50_000).hasSize(10_000);
    assertThat(data.images(Split.TEST).count()).isEqualTo(10_000);
    assertThat(data.summary()).isEqualTo("mnist: 60000 training images, 10000 test images");
    assertThat(data.training().label(0)).isEqualTo(5);
    assertThat(data.test().label(0)).isEqualTo(7);
  }

  @Test
  void labelsBecomeClassesInTheOrderGiven() throws IOException {
    ImageSubset subset = digits().images(Split.TRAIN).withLabels(List.of(7, 2));
    assertThat(subset.count()).isEqualTo(10);
    ImageBatch batch =
        subset
            .minibatches(40, PixelFormat.planes(), torch.ScalarType.Float)
            .next(new SplittableRandom(1));
    assertThat(batch.pixels().shape()).containsExactly(40, 1, 28, 28);
    long[] labels = new long[40];
    new LongPointer(batch.labels().data_ptr()).get(labels);
    assertThat(labels).contains(0, 1);
    assertThat(Arrays.stream(labels).max()).hasValue(1);
    assertThatThrownBy(() -> subset.withLabels(List.of(3)))
        .hasMessage("no image has one of the labels [3]");
  }

  @Test
  void theFirstOfASubsetAreItsFirstMembers() throws IOException {
    ImageSubset subset = digits().images(Split.TRAIN).withLabels(List.of(7, 2));
    assertThat(subset.first(3).members()).isEqualTo(Arrays.copyOf(subset.members(), 3));
    assertThatThrownBy(() -> subset.first(11))
        .hasMessage("images must be <= 10, as many as there are, got 11");
  }

  @Test
  void minibatchesCoverAllMembersEvenly() throws IOException {
    ImageSubset subset = digits().images(Split.VALIDATION);
    var minibatches = subset.minibatches(10_000, PixelFormat.rows(), torch.ScalarType.Float);
    ImageBatch batch = minibatches.next(new SplittableRandom(1));
    long[] labels = new long[10_000];
    new LongPointer(batch.labels().data_ptr()).get(labels);
    for (int label = 0; label < 10; label++) { // each of the ten images has a label of its own
      int wanted = label;
      assertThat(Arrays.stream(labels).filter(l -> l == wanted).count()).isBetween(850L, 1150L);
    }
  }

  @Test
  void pixelsAreShiftedAndScaled() throws IOException {
    ImageSubset subset = digits().images(Split.TRAIN);
    float[] plain = pixels(subset, PixelFormat.planes());
    float[] scaled = pixels(subset, new PixelFormat(false, List.of(0.25), List.of(0.5)));
    for (int i = 0; i < plain.length; i++) {
      assertThat(plain[i]).isBetween(0f, 1f);
      assertThat(scaled[i]).isCloseTo((plain[i] - 0.25f) / 0.5f, within(1e-6f));
    }
  }

  private static float[] pixels(ImageSubset subset, PixelFormat format) {
    ImageBatch batch =
        subset.minibatches(4, format, torch.ScalarType.Float).next(new SplittableRandom(1));
    float[] pixels = new float[4 * 784];
    new FloatPointer(batch.pixels().data_ptr()).get(pixels);
    return pixels;
  }

  @Test
  void formatsAreChecked() {
    assertThatThrownBy(() -> new PixelFormat(true, List.of(0.0, 1.0), List.of(1.0, 1.0)))
        .hasMessageStartingWith("a flat image has one mean");
    assertThatThrownBy(() -> new PixelFormat(false, List.of(0.0), List.of(0.0)))
        .hasMessageStartingWith("deviation must be > 0");
    assertThatThrownBy(() -> new PixelFormat(false, List.of(0.0), List.of()))
        .hasMessageStartingWith("mean and deviation must be equally long");
  }

  @Test
  void theFolderComesFromTheEnvironment() {
    Path home = Path.of(System.getProperty("user.home"));
    assertThat(DataFolder.standard(Map.of("GLISSADE_DATA", "/d", "GLISSADE_CACHE", "/c")).path())
        .isEqualTo(Path.of("/d"));
    assertThat(DataFolder.standard(Map.of("GLISSADE_CACHE", "/c", "XDG_CACHE_HOME", "/x")).path())
        .isEqualTo(Path.of("/c/data"));
    assertThat(DataFolder.standard(Map.of("GLISSADE_DATA", "", "XDG_CACHE_HOME", "/x")).path())
        .isEqualTo(Path.of("/x/glissade/data"));
    assertThat(DataFolder.standard(Map.of()).path())
        .isEqualTo(home.resolve(".cache/glissade/data"));
  }
}
