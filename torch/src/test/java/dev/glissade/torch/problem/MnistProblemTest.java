package dev.glissade.torch.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.torch.Tensors;
import dev.glissade.torch.TestImages;
import dev.glissade.torch.TorchObjective;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.data.ImageBatch;
import dev.glissade.torch.data.ImageData;
import dev.glissade.torch.data.ImageSource;
import dev.glissade.torch.data.PixelFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The MNIST problem: against an independent gradient, and as the catalog makes it.
class MnistProblemTest {

  @TempDir private Path folder;

  private Problem problem(String text) {
    return parse(text, TestImages.digits(folder, 60, 20));
  }

  private static Problem parse(String text, DataFolder folder) {
    return new ProblemCatalog(TorchProblems.all(folder)).parse(text);
  }

  @Test
  void gradientIsThatOfThePlainPerceptron() {
    assertGradient(new ImageSource.Known("mnist", TestImages.digits(folder, 60, 20)), 784);
  }

  @Test
  void gradientIsThatOfThePlainPerceptronOnRealDigits() {
    assertGradient(ImageSource.Shipped.DIGITS, 64);
  }

  private static void assertGradient(ImageSource data, int inputs) {
    int batch = 16;
    float[] pixels = new float[batch * inputs];
    long[] labels = new long[batch];
    copy(data, batch, pixels, labels);
    RandomGenerator random = new SplittableRandom(5);
    var perceptron = new MultilayerPerceptron(inputs, 20, 1, 10, Activation.SIGMOID, 0.1);
    float[] theta = perceptron.network().initialParameters(random);
    var objective =
        new TorchObjective<>(
            perceptron.network(),
            theta,
            _ -> new ImageBatch(Tensors.of(pixels, batch, inputs), Tensors.of(labels, batch)),
            1);
    float[] gradient = new float[theta.length];
    double loss = objective.evaluate(theta, 0, gradient);

    PlainPerceptron plain = new PlainPerceptron(inputs, 20, 10);
    double expected = 0;
    for (int b = 0; b < batch; b++) {
      double[] image = new double[inputs];
      for (int i = 0; i < inputs; i++) {
        image[i] = pixels[b * inputs + i];
      }
      expected += plain.add(theta, image, (int) labels[b], 1.0 / batch) / batch;
    }
    assertThat(loss).isCloseTo(expected, within(1e-5));
    for (int i = 0; i < gradient.length; i++) {
      assertThat((double) gradient[i]).as("%d", i).isCloseTo(plain.gradient[i], within(1e-5));
    }
  }

  /// Copies a minibatch out of libtorch, and checks it against the images it came from.
  private static void copy(ImageSource data, int batch, float[] pixels, long[] labels) {
    try {
      ImageData images = ImageData.load(data);
      ImageBatch minibatch =
          images
              .images(Split.TRAIN)
              .minibatches(batch, PixelFormat.rows(), torch.ScalarType.Float)
              .next(new SplittableRandom(3));
      new FloatPointer(minibatch.pixels().data_ptr()).get(pixels);
      new LongPointer(minibatch.labels().data_ptr()).get(labels);
      byte[] first = first(images, pixels);
      for (int i = 0; i < first.length; i++) {
        assertThat(pixels[i]).isCloseTo((first[i] & 0xff) / 255f, within(1e-6f));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] first(ImageData images, float[] pixels) {
    for (int image = 0; image < images.training().count(); image++) {
      byte[] bytes = images.training().pixels(image);
      boolean same = true;
      for (int i = 0; same && i < bytes.length; i++) {
        same = Math.round(pixels[i] * 255) == (bytes[i] & 0xff);
      }
      if (same) {
        return bytes;
      }
    }
    throw new AssertionError("the minibatch holds an image that the data set has not");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mnist",
        "mnist:units=40",
        "mnist:layers=2",
        "mnist:activation=relu",
        "mnist:units=3,layers=0,activation=tanh,batch=5,start=1"
      })
  void nameIsCanonical(String name) {
    assertThat(problem(name).name()).isEqualTo(name);
  }

  @Test
  void hasThePapersSize() {
    Objective objective = problem("mnist").sample(Split.TRAIN, 1);
    assertThat(objective.layout().size()).isEqualTo(15_910);
    assertThat(problem("mnist").layout()).isEqualTo(objective.layout());
    assertThat(objective.layout().blocks().getFirst().name()).isEqualTo("dense0/weights");
    assertThat(problem("mnist:layers=2").sample(Split.TRAIN, 1).layout().size()).isEqualTo(16_330);
  }

  @Test
  void startsNearTheLogarithmOfTen() {
    Objective objective = problem("mnist").sample(Split.TEST, 1);
    float[] start = objective.initialParameters();
    assertThat(objective.evaluate(start, 0, new float[start.length]))
        .isCloseTo(Math.log(10), within(0.02));
    double sum = 0;
    for (float value : start) {
      sum += value * value;
    }
    assertThat(Math.sqrt(sum / start.length)).isCloseTo(0.01, within(0.0003));
  }

  @Test
  void missingDataIsToldInOneLine() {
    Problem fashion = problem("mnist:data=fashion");
    assertThatThrownBy(() -> fashion.sample(Split.TRAIN, 1))
        .hasMessage(
            "train-images-idx3-ubyte.gz is missing: put it into %s, or run ./glissade data fetch"
                + " fashion-mnist --data %s (--data DIR or GLISSADE_DATA says where data are)",
            folder.resolve("fashion-mnist"), folder);
  }
}
