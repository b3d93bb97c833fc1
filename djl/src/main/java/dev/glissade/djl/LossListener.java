package dev.glissade.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;

/// Tells an optimizer the loss of each batch. DJL does not keep it, so it is computed once more
/// from the predictions. With several devices it is the sum of theirs, as DJL sums their gradients.
final class LossListener extends TrainingListenerAdapter {

  private final LearnedDjlOptimizer optimizer;

  LossListener(LearnedDjlOptimizer optimizer) {
    this.optimizer = optimizer;
  }

  @Override
  public void onTrainingBatch(Trainer trainer, BatchData batchData) {
    double sum = 0;
    try (NDScope scope = new NDScope()) { // closes what the loss makes
      scope.suppressNotUsedWarning();
      for (Device device : batchData.getLabels().keySet()) {
        NDArray loss =
            trainer
                .getLoss()
                .evaluate(
                    batchData.getLabels().get(device), batchData.getPredictions().get(device));
        sum += loss.sum().getFloat();
      }
    }
    optimizer.observe(sum);
  }
}
