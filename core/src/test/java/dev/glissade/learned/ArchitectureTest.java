package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.optimizer.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Learned optimizers of several rules are described, saved and started from like those of one.
class ArchitectureTest {

  private static final LstmConfiguration NETWORK =
      new LstmConfiguration(1, 3, new Preprocessing.LogSign(10), 0.1);

  private static final Architecture GROUPED =
      new Architecture(NETWORK, BlockGroup.parse("conv=conv.*weights; offset=offset$:sgd=0.5"));

  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              ParameterLayout.block("conv0/weights", 4),
              ParameterLayout.block("conv0/offset", 3),
              ParameterLayout.block("dense/weights", 5)));

  @TempDir private Path folder;

  @Test
  void groupsSurviveTheirFile() throws IOException {
    float[] weights = GROUPED.optimizer().initialWeights(4);
    Path file = folder.resolve("grouped.safetensors");
    new TrainedOptimizer(GROUPED, weights, Map.of("problem", "cifar10")).save(file);
    TrainedOptimizer loaded = TrainedOptimizer.load(file);
    assertThat(loaded.architecture()).isEqualTo(GROUPED);
    assertThat(loaded.weights()).containsExactly(weights);
    assertThat(loaded.history()).isEqualTo(Map.of("problem", "cifar10"));
  }

  @Test
  void everyBlockIsUpdatedByTheRuleOfItsGroup() {
    float[] conv = new LstmOptimizer(NETWORK).initialWeights(1);
    float[] rest = new LstmOptimizer(NETWORK).initialWeights(2);
    float[] weights = Arrays.copyOf(conv, 2 * conv.length);
    System.arraycopy(rest, 0, weights, conv.length, rest.length);
    float[] gradient = {.1f, -.2f, .3f, .4f, 1, -2, 3, .5f, .6f, -.7f, .8f, .9f};

    float[] update = update(GROUPED.optimizer().with(weights), gradient, LAYOUT);

    assertThat(Arrays.copyOfRange(update, 0, 4))
        .containsExactly(alone(new LstmOptimizer(NETWORK).with(conv), gradient, 0, 4));
    assertThat(Arrays.copyOfRange(update, 4, 7))
        .containsExactly(alone(new Sgd(0.5), gradient, 4, 7));
    assertThat(Arrays.copyOfRange(update, 7, 12))
        .containsExactly(alone(new LstmOptimizer(NETWORK).with(rest), gradient, 7, 12));
  }

  private static float[] alone(Optimizer<?> rule, float[] gradient, int from, int to) {
    return update(rule, Arrays.copyOfRange(gradient, from, to), ParameterLayout.of("x", to - from));
  }

  private static <S extends OptimizerState> float[] update(
      Optimizer<S> rule, float[] gradient, ParameterLayout layout) {
    float[] update = new float[gradient.length];
    rule.update(gradient, rule.start(layout), update);
    return update;
  }

  @Test
  void everyGroupCanStartFromOneLstm() {
    float[] lstm = new LstmOptimizer(NETWORK).initialWeights(9);
    TrainedOptimizer one = new TrainedOptimizer(Architecture.of(NETWORK), lstm, Map.of());
    float[] adopted = GROUPED.adopt(one);
    assertThat(adopted).hasSize(2 * lstm.length);
    assertThat(Arrays.copyOfRange(adopted, 0, lstm.length)).containsExactly(lstm);
    assertThat(Arrays.copyOfRange(adopted, lstm.length, 2 * lstm.length)).containsExactly(lstm);

    TrainedOptimizer two = new TrainedOptimizer(GROUPED, adopted, Map.of());
    assertThat(GROUPED.adopt(two)).containsExactly(adopted);
    assertThatThrownBy(() -> Architecture.of(NETWORK).adopt(two))
        .hasMessageContaining("cannot start from an optimizer of another architecture");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conv | a group must be like 'conv=conv.*weights'",
        "a=( | the pattern of group 'a' is no regular expression",
        "a=x:sdg=1 | unknown optimizer 'sdg'",
        "a=x:sgd=-1 | learningRate must be > 0",
        "a=x;a=y | two groups have one name",
        "rest=x | a group cannot be called 'rest'"
      })
  void saysWhatIsWrongWithAGroup(String text, String message) {
    assertThatThrownBy(() -> new Architecture(NETWORK, BlockGroup.parse(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
