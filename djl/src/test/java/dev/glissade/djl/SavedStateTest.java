package dev.glissade.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import dev.glissade.Optimizer;
import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Guarded;
import dev.glissade.optimizer.Lbfgs;
import dev.glissade.optimizer.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SavedStateTest {

  @TempDir private Path folder;

  @BeforeAll
  static void requirePytorch() {
    Classifier.requirePytorch();
  }

  static Stream<Arguments> rules() {
    return Stream.concat(
        Baselines.all().stream().map(it -> Arguments.of(it.name(), it.at(0.05))),
        Stream.of(
            Arguments.of("digits", Pretrained.DIGITS.load().optimizer()),
            Arguments.of("mnist", Pretrained.MNIST.load().optimizer()),
            Arguments.of("guarded", new Guarded<>(new Sgd(300), new Adam(0.1), 1, 5))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void aRunThatIsContinuedEndsBitEqual(String name, Optimizer<?> rule) throws IOException {
    Path file = folder.resolve("state.safetensors");
    try (Run whole = Run.of(rule);
        Run second = Run.of(rule)) {
      whole.classifier().train(8);
      whole.optimizer().save(file);
      second.classifier().continueFrom(whole.classifier());
      second.optimizer().restore(file);
      whole.classifier().train(8);
      second.classifier().train(8);
      assertThat(second.classifier().parameters()).containsExactly(whole.classifier().parameters());
      assertThat(second.optimizer().interventions()).isEqualTo(whole.optimizer().interventions());
    }
  }

  /// Not only the parts that have stepped since.
  @Test
  void whatWasRestoredIsSavedAgain() throws IOException {
    Path file = folder.resolve("state.safetensors");
    Path again = folder.resolve("again.safetensors");
    try (Run run = Run.of(new Adam(0.1));
        Run other = Run.of(new Adam(0.1))) {
      run.classifier().train(3);
      run.optimizer().save(file);
      other.optimizer().restore(file);
      other.optimizer().save(again);
      assertThat(Safetensors.read(again).metadata()).isEqualTo(Safetensors.read(file).metadata());
      assertThat(Safetensors.read(again).floats("01Linear_bias/1"))
          .containsExactly(Safetensors.read(file).floats("01Linear_bias/1"));
    }
  }

  @Test
  void theStateOfAnotherRuleIsRefused() throws IOException {
    assertRefused(
        Run.of(new Adam(0.1)),
        Run.of(new Sgd(0.1)),
        "the state is one of Adam, and the rule is Sgd");
  }

  @Test
  void theStateOfAnotherModelIsRefused() throws IOException {
    assertRefused(
        Run.of(new Adam(0.1)),
        Run.of(Classifier.convolution(), new Shape(1, 6, 6), new Adam(0.1)),
        "the model has no parameter '01Linear_");
    assertRefused(
        Run.of(new Adam(0.1)),
        Run.of(Classifier.perceptron(), new Shape(7), new Adam(0.1)),
        "arrays of lengths [35, 35] expected, got [20, 20]");
  }

  @Test
  void theStateOfParametersThatStepOtherwiseIsRefused() throws IOException {
    Run frozen = Run.of(new Lbfgs(1));
    frozen.classifier().block().getParameters().get("01Linear_weight").freeze(true);
    assertRefused(frozen, Run.of(new Lbfgs(1)), "01Linear_bias steps with '01Linear_weight' now");
  }

  /// @param from what is saved, closed here
  /// @param to what it is restored into, closed here
  private void assertRefused(Run from, Run to, String message) throws IOException {
    Path file = folder.resolve("state.safetensors");
    try (from;
        to) {
      from.classifier().train(2);
      from.optimizer().save(file);
      assertThatThrownBy(() -> to.optimizer().restore(file))
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining(message);
    }
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = folder.resolve("optimizer.safetensors");
    Pretrained.QUADRATIC.load().save(file);
    try (Run run = Run.of(new Adam(0.1))) {
      assertThatThrownBy(() -> run.optimizer().restore(file))
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContaining("glissade.djl/1");
    }
  }

  @Test
  void aDamagedNumberOfUpdatesIsRefused() throws IOException {
    Path file = folder.resolve("state.safetensors");
    try (Run run = Run.of(new Adam(0.1))) {
      run.classifier().train(1);
      run.optimizer().save(file);
      Safetensors saved = Safetensors.read(file);
      for (String wrong : List.of("-1", "one")) {
        new Safetensors(saved.metadata().with("01Linear_bias/step", wrong), saved.tensors())
            .write(file);
        assertThatThrownBy(() -> run.optimizer().restore(file))
            .isInstanceOf(MalformedFileException.class)
            .hasMessageContaining(wrong);
      }
    }
  }

  @Test
  void aModelWithoutShapesIsToldToInitialise() throws IOException {
    Path file = folder.resolve("state.safetensors");
    try (Run run = Run.of(new Adam(0.1))) {
      run.classifier().train(1);
      run.optimizer().save(file);
      LearnedDjlOptimizer early =
          LearnedDjlOptimizer.builder(Classifier.perceptron(), new Adam(0.1)).build();
      assertThatThrownBy(() -> early.restore(file))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("trainer.initialize(shape)");
    }
  }
}
