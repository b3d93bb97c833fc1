package dev.glissade.torch.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.Problem.Split;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Guarded;
import dev.glissade.problem.ProblemCatalog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A guard leaves alone the optimizer of the digits, which has gained nearly all after thirty
/// steps, and goes on with long ones.
class GuardedDigitsTest {

  @ParameterizedTest
  @ValueSource(longs = {3_300_046, 3_300_057, 3_300_078, 3_300_100})
  void longStepsAtTheEndAreNoFailure(long instance) {
    Objective objective =
        new ProblemCatalog(TorchProblems.all()).parse("digits").sample(Split.VALIDATION, instance);
    Optimizer<?> watched = new Guarded<>(Pretrained.DIGITS.load().optimizer(), new Adam(0.0487));
    LearningCurve curve = Descent.start(objective, watched).run(100);
    assertThat(curve.interventions()).isZero();
  }
}
