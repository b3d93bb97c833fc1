package dev.glissade.djl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.glissade.Optimizer;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Guarded;
import dev.glissade.optimizer.Lbfgs;
import dev.glissade.optimizer.Sgd;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What cannot be stepped rightly is refused, with what to do instead.
class DjlRefusalsTest {

  @BeforeAll
  static void requirePytorch() {
    Classifier.requirePytorch();
  }

  private static LearnedDjlOptimizer optimizer(Block block, Optimizer<?> rule) {
    return LearnedDjlOptimizer.builder(block, rule).build();
  }

  @Test
  void aGuardThatIsToldNoLossIsRefused() {
    Optimizer<?> rule = new Guarded<>(new Sgd(1), new Adam(0.1));
    try (Run run = Run.unheard(rule)) {
      assertThatThrownBy(() -> run.classifier().train(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Guarded may look at the loss, and knows none for this step: add the optimizer's"
                  + " listener() to the training configuration, or call observe(loss) before"
                  + " step()");
    }
  }

  /// The loss of the step before is not that of this one.
  @Test
  void aLossServesOneStep() {
    try (Run run = Run.unheard(new Lbfgs(1))) {
      Classifier classifier = run.classifier();
      run.optimizer().observe(1);
      classifier.train(1);
      assertThatThrownBy(() -> classifier.train(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("knows none for this step");
    }
  }

  @Test
  void aParameterThatIsLeftOutOfACoupledStepIsNamed() {
    Block inner = Classifier.perceptron();
    Block outer = new SequentialBlock().add(inner).add(Linear.builder().setUnits(2).build());
    try (NDManager manager = NDManager.newBaseManager()) {
      outer.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(Classifier.INPUT));
      try (Classifier classifier =
          new Classifier(
              inner,
              Classifier.INPUT,
              1,
              _ -> optimizer(outer, new Lbfgs(1)),
              Classifier::listeners)) {
        classifier.train(1);
        assertThatThrownBy(() -> classifier.train(1))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("Lbfgs couples all")
            .hasMessageContaining("[02Linear_weight, 02Linear_bias] were left out")
            .hasMessageContaining("trainer.initialize");
      }
    }
  }

  @Test
  void aCoupledParameterThatIsUnfrozenLaterIsRefused() {
    try (Classifier classifier = Classifier.trainedBy(new Lbfgs(1))) {
      Parameter first = classifier.block().getParameters().get("01Linear_weight");
      first.freeze(true);
      classifier.train(2);
      first.freeze(false);
      assertThatThrownBy(() -> classifier.train(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'01Linear_weight' was frozen");
    }
  }

  @Test
  void aParameterOfAnotherModelIsRefused() {
    Block other = Classifier.perceptron();
    try (Classifier classifier = Classifier.perceptron(_ -> optimizer(other, new Sgd(1)))) {
      assertThatThrownBy(() -> classifier.train(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("model.getBlock()")
          .hasMessageContaining("01Linear_weight");
    }
  }

  @Test
  void otherNumbersThanFloatsAreRefused() {
    try (Classifier classifier = Classifier.trainedBy(new Sgd(1))) {
      LearnedDjlOptimizer optimizer = optimizer(classifier.block(), new Sgd(1));
      Parameter bias = classifier.block().getParameters().get("01Linear_bias");
      try (NDArray twice = bias.getArray().toType(DataType.FLOAT64, true)) {
        assertThatThrownBy(() -> optimizer.update(bias.getId(), twice, twice))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "'01Linear_bias' is float64: only dense FLOAT32 can be trained, so give the model"
                    + " that type");
      }
    }
  }

  @Test
  void aCountOfUpdatesWithoutTheirStateIsRefused() {
    LearnedDjlOptimizer.Builder builder =
        LearnedDjlOptimizer.builder(Classifier.perceptron(), new Sgd(1));
    assertThatThrownBy(() -> builder.optBeginNumUpdate(3))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("restore");
  }
}
