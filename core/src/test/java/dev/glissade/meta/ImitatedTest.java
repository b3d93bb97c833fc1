package dev.glissade.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glissade.BlockFilter;
import dev.glissade.TestProblems;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.GradientEstimator.Assignment;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules and learned optimizers teach alike.
class ImitatedTest {

  @ParameterizedTest
  @ValueSource(strings = {"adam=0.01", "muon+cosine=0.01,steps=1000", "pretrained:cifar"})
  void isWhatItsTextAndItsJsonSay(String text) throws IOException {
    Imitated teacher = Imitated.parse(text);
    assertThat(teacher).hasToString(text);
    assertThat(Imitated.fromJson(JsonObject.parse(teacher.toJson().toString()))).isEqualTo(teacher);
  }

  @Test
  void oneThatDoesNotShipIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Imitated.parse("pretrained:cifra"))
        .withMessageContaining("cifra");
  }

  /// Whoever makes the teacher's updates has nothing to learn from it, and others have.
  @Test
  void aLearnedTeacherTeachesItsOwnUpdates() {
    TrainedOptimizer teacher = Pretrained.QUADRATIC_UNIFORM.load();
    float[] weights = teacher.weights();
    assertThat(distance(teacher, weights)).isLessThan(1e-9);
    weights[weights.length - 1] += 0.1f;
    assertThat(distance(teacher, weights)).isGreaterThan(1e-3);
  }

  private static double distance(TrainedOptimizer family, float[] weights) {
    Imitation imitation =
        new Imitation(new TruncatedBptt(5), new Imitated.Learned(Pretrained.QUADRATIC_UNIFORM), 1);
    return new Assignment(family.architecture(), BlockFilter.ALL, imitation, MetaLoss.LOSSES, 1)
        .start(List.of(TestProblems.parabola(1.5, 3)), weights)
        .advance(weights, 1)
        .loss();
  }
}
