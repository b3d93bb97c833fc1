package dev.glissade.torch.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.torch.TestImages;
import dev.glissade.torch.data.DataFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is known of this module's problems before any data are there, and that it is true.
class TorchProblemsTest {

  private static final DataFolder NOWHERE = new DataFolder(Path.of("nowhere"));

  private static Problem parse(String text, DataFolder folder) {
    return new ProblemCatalog(TorchProblems.all(folder)).parse(text);
  }

  @ParameterizedTest
  @CsvSource({
    "digits, 1510, 100",
    "'digits:units=5,layers=2,activation=relu,batch=7', 415, 100",
    "mnist, 15910, 100",
    "mnist:layers=2, 16330, 100",
    "mnist:layers=0, 7850, 100",
    "'mnist:units=40,data=kmnist', 31810, 100",
    "cifar10, 22682, 1000",
    "cifar5, 22517, 1000",
    "cifar2, 22418, 1000",
    "cifar2:labels=held-out, 22616, 1000",
    "art, 12288, 128",
    "'art:size=32,weights=squeezenet', 3072, 128"
  })
  void sizesAndLengthsAreKnownWithoutData(String name, int size, int steps) {
    Problem problem = parse(name, NOWHERE);
    assertThat(problem.name()).isEqualTo(name);
    assertThat(problem.layout().size()).isEqualTo(size);
    assertThat(problem.steps()).isEqualTo(steps);
    assertThat(problem.isTwiceDifferentiable()).isTrue();
  }

  @TempDir static Path folder;

  @BeforeAll
  static void writeImages() {
    TestImages.digits(folder, 60, 20);
    TestImages.cifar(folder);
    TestImages.pictures(folder);
  }

  static Stream<String> names() {
    return Stream.concat(
        TorchProblems.all(NOWHERE).stream().map(ProblemFactory::name),
        Stream.of("mnist:units=3,layers=2", "cifar2:labels=held-out", "art:size=40"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void objectivesAreLikeTheirProblemSays(String name) {
    Problem problem = parse(name, new DataFolder(folder));
    Objective objective = problem.sample(Split.TRAIN, 0);
    assertThat(problem.layout()).isEqualTo(objective.layout());
    assertThat(problem.isTwiceDifferentiable()).isEqualTo(objective instanceof TwiceDifferentiable);
    assertThat(objective.initialParameters()).hasSize(problem.layout().size());
  }

  @Test
  void perceptronsHaveRelativesOfOtherArchitectures() {
    assertThat(variants("mnist"))
        .containsExactly(
            "mnist:activation=relu",
            "mnist:activation=tanh",
            "mnist:layers=2",
            "mnist:layers=2,activation=relu");
    assertThat(variants("mnist:layers=2,data=fashion"))
        .containsExactly(
            "mnist:layers=2,activation=relu,data=fashion",
            "mnist:layers=2,activation=tanh,data=fashion");
    assertThat(variants("digits"))
        .containsExactly(
            "digits:activation=relu",
            "digits:activation=tanh",
            "digits:layers=2",
            "digits:layers=2,activation=relu");
    assertThat(variants("cifar10")).isEmpty();
  }

  private static List<String> variants(String name) {
    return parse(name, NOWHERE).variants().stream().map(Problem::name).toList();
  }
}
