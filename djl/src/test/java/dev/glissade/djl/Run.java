package dev.glissade.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.listener.TrainingListener;
import dev.glissade.Optimizer;
import java.util.function.Function;

/// A tiny training and its optimizer, one of ours.
record Run(Classifier classifier, LearnedDjlOptimizer optimizer) implements AutoCloseable {

  /// A perceptron by a rule that is told the losses.
  static Run of(Optimizer<?> rule) {
    return of(Classifier.perceptron(), Classifier.INPUT, rule);
  }

  /// A model by a rule that is told the losses.
  static Run of(Block block, Shape input, Optimizer<?> rule) {
    return of(block, input, rule, Classifier::listeners);
  }

  /// A perceptron by a rule that is told no loss.
  static Run unheard(Optimizer<?> rule) {
    return of(Classifier.perceptron(), Classifier.INPUT, rule, _ -> new TrainingListener[0]);
  }

  private static Run of(
      Block block,
      Shape input,
      Optimizer<?> rule,
      Function<ai.djl.training.optimizer.Optimizer, TrainingListener[]> listeners) {
    LearnedDjlOptimizer made = LearnedDjlOptimizer.builder(block, rule).build();
    return new Run(new Classifier(block, input, 1, _ -> made, listeners), made);
  }

  @Override
  public void close() {
    classifier.close();
  }
}
