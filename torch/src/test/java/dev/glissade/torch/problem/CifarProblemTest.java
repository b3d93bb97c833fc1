package dev.glissade.torch.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.optimizer.Adam;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.torch.TestImages;
import dev.glissade.torch.data.DataFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The CIFAR problems: parameters, labels, and that they can be learnt.
class CifarProblemTest {

  @TempDir static Path folder;

  private static DataFolder data = new DataFolder(Path.of("nowhere"));

  @BeforeAll
  static void writePhotos() {
    data = TestImages.cifar(folder);
  }

  private static Problem parse(String text, DataFolder folder) {
    return new ProblemCatalog(TorchProblems.all(folder)).parse(text);
  }

  @Test
  void channelsAreThoseOfEveryConvolution() {
    ParameterLayout layout =
        new ConvolutionalNetwork(32, 4, 10, 0.01, Precision.FLOAT).network().layout();
    assertThat(layout.blocks())
        .contains(
            ParameterLayout.block("conv0/weights", 4, 3, 5, 5),
            ParameterLayout.block("conv2/weights", 4, 4, 5, 5),
            ParameterLayout.block("conv2/batch-norm/offset", 4),
            ParameterLayout.block("dense0/weights", 4 * 4 * 4, 32));
    Problem narrow = parse("cifar2:channels=4", data);
    assertThat(narrow.sample(Problem.Split.TRAIN, 1).layout().size())
        .isEqualTo(300 + 2 * 400 + 6 * 4 + 64 * 32 + 2 * 32 + 32 * 2 + 2);
  }

  @Test
  void parametersAreNamedByLayerAndRole() {
    ParameterLayout layout =
        new ConvolutionalNetwork(32, 16, 10, 0.01, Precision.FLOAT).network().layout();
    assertThat(layout.blocks().stream().map(ParameterLayout.Block::name))
        .containsExactly(
            "conv0/weights",
            "conv0/bias",
            "conv0/batch-norm/offset",
            "conv1/weights",
            "conv1/bias",
            "conv1/batch-norm/offset",
            "conv2/weights",
            "conv2/bias",
            "conv2/batch-norm/offset",
            "dense0/weights",
            "dense0/bias",
            "dense0/batch-norm/offset",
            "dense1/weights",
            "dense1/bias");
    assertThat(layout.blocks().getFirst().shape()).isEqualTo(List.of(16, 3, 5, 5));
  }

  @Test
  void offsetsStartAtZero() {
    var network = new ConvolutionalNetwork(32, 16, 10, 0.01, Precision.FLOAT).network();
    float[] start = network.initialParameters(new SplittableRandom(1));
    int offset = 1200 + 16;
    for (int i = offset; i < offset + 16; i++) {
      assertThat(start[i]).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cifar10, 10",
    "cifar5, 5",
    "cifar5:labels=held-out, 5",
    "cifar2, 2",
    "cifar2:labels=held-out, 8",
    "'cifar2:batch=16,pixels=standardised', 2",
    "'cifar2:batch=16,precision=bfloat16', 2"
  })
  void photosStartNearChance(String name, int classes) {
    Problem problem = parse(name, data);
    Objective objective = problem.sample(Split.TEST, 1);
    assertThat(problem.name()).isEqualTo(name);
    float[] start = objective.initialParameters();
    assertThat(start).hasSize(22_352 + 33 * classes);
    assertThat(objective.evaluate(start, 0, new float[start.length]))
        .isCloseTo(Math.log(classes), within(0.05));
  }

  @Test
  void photosAreLearnt() {
    Objective objective = parse("cifar2:batch=32", data).sample(Split.TRAIN, 1);
    var curve = Descent.start(objective, new Adam(0.01)).run(60);
    double last = 0;
    for (int step = 41; step <= 60; step++) {
      last += curve.loss(step) / 20;
    }
    assertThat(last).isLessThan(0.55);
  }

  @Test
  void factoriesNeedNeitherDataNorLibtorch() {
    DataFolder nowhere = new DataFolder(Path.of("nowhere"));
    for (ProblemFactory factory : TorchProblems.all(nowhere)) {
      assertThat(parse(factory.name(), nowhere).name()).isEqualTo(factory.name());
      assertThat(factory.data().isEmpty()).isEqualTo(factory.name().equals("digits"));
      assertThat(factory.create().layout().size()).isPositive();
    }
    assertThatThrownBy(() -> parse("cifar10", nowhere).sample(Split.TEST, 1))
        .hasMessage(
            "data_batch_1.bin is missing: put it into nowhere/cifar10, or run ./glissade data fetch"
                + " cifar10 --data nowhere (--data DIR or GLISSADE_DATA says where data are)");
  }
}
