package dev.glissade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.evaluation.Responses.History;
import dev.glissade.evaluation.Responses.Response;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Momentum;
import dev.glissade.optimizer.Muon;
import dev.glissade.optimizer.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What optimizers answer to simple histories of gradients, each as if it were alone.
class ResponsesTest {

  /// A rule that says that it mixes everything, and may do so.
  private record Mixing<S extends OptimizerState>(Optimizer<S> rule, boolean mixes)
      implements Optimizer<S> {
    @Override
    public S start(ParameterLayout layout) {
      return rule.start(layout);
    }

    @Override
    public void update(Point at, S state, float[] update) {
      rule.update(at, state, update);
      for (int i = 0; mixes && i < update.length; i++) {
        update[i] /= update.length;
      }
    }

    @Override
    public Coupling coupling() {
      return Coupling.ALL;
    }
  }

  @Test
  void gradientDescentAnswersWithItsLearningRate() {
    List<Response> responses = Responses.of(new Sgd(0.25)).responses();
    assertThat(responses).hasSize(10);
    for (Response response : responses) {
      assertThat(response.rates()).hasSize(Responses.STEPS);
      assertThat(response.rates().getLast()).isEqualTo(0.25, within(1e-7));
    }
  }

  @Test
  void momentumGathersSpeedAndLosesItWhereSignsAlternate() {
    Responses responses = Responses.of(new Momentum(0.1));
    assertThat(responses.responses(History.CONSTANT).getFirst().rates().getLast())
        .isGreaterThan(0.9);
    assertThat(responses.responses(History.ALTERNATING).getFirst().rates().getLast())
        .isLessThan(0.06);
  }

  @Test
  void rulesThatLookAtBlocksAnswerToOneCoordinate() {
    for (Response response : Responses.of(new Muon(0.1)).responses()) {
      assertThat(response.rates().getFirst() * response.magnitude()).isEqualTo(0.1, within(1e-6));
    }
  }

  @Test
  void rulesThatMixEverythingAreAskedAboutOneHistoryAtATime() {
    assertThat(Responses.of(new Mixing<>(new Sgd(0.25), true)))
        .isEqualTo(Responses.of(new Sgd(0.25)));
  }

  @Test
  void theAnswersDoNotDependOnHowMuchIsAskedAtOnce() {
    assertThat(Responses.of(new Mixing<>(new Adam(0.1), false)))
        .isEqualTo(Responses.of(new Adam(0.1)));
  }
}
