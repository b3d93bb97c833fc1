package example;

import ai.djl.Model;
import ai.djl.basicmodelzoo.basic.Mlp;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.translate.Batchifier;
import dev.glissade.djl.LearnedDjlOptimizer;
import java.util.Random;
import java.util.function.Function;

/// The training of one of DJL's perceptrons. Equal seeds give equal starts and equal batches.
///
/// @param seed of the start and the batches
/// @param shape the network
/// @param images what it learns
record Training(int seed, Hidden shape, Images images) {

  private static final int BATCH = 128;

  /// One hidden layer.
  enum Hidden {
    SIGMOID_20(20, Activation::sigmoid),
    RELU_40(40, Activation::relu);

    private final int units;
    private final Function<NDList, NDList> activation;

    Hidden(int units, Function<NDList, NDList> activation) {
      this.units = units;
      this.activation = activation;
    }

    private Block block(int pixels) {
      Block block = new Mlp(pixels, 10, new int[] {units}, activation);
      block.setInitializer(new NormalInitializer(0.01f), Parameter.Type.WEIGHT);
      return block;
    }
  }

  /// What came of it.
  ///
  /// @param early the loss over all images after a fifth of the steps
  /// @param loss the loss over all images at the end
  /// @param accuracy the share of other images that are recognised at the end
  record Result(double early, double loss, double accuracy) {}

  /// Trains the network.
  ///
  /// @param others images that it does not learn
  /// @param optimizer makes the optimizer for a model's block
  Result run(int steps, Images others, Function<Block, Optimizer> optimizer) {
    Engine.getEngine("PyTorch").setRandomSeed(seed);
    Random random = new Random(seed);
    Block block = shape.block(images.pixels()[0].length);
    Optimizer made = optimizer.apply(block);
    try (Model model = Model.newInstance("digits")) {
      model.setBlock(block);
      try (Trainer trainer = model.newTrainer(configuration(made))) {
        trainer.initialize(new Shape(BATCH, images.pixels()[0].length));
        double early = Double.NaN;
        for (int step = 0; step < steps; step++) {
          if (step == steps / 5) {
            early = loss(trainer);
          }
          try (Batch batch = batch(trainer.getManager(), images.batch(random, BATCH))) {
            EasyTrain.trainBatch(trainer, batch);
            trainer.step();
          }
        }
        return new Result(early, loss(trainer), accuracy(trainer, others));
      }
    }
  }

  private static DefaultTrainingConfig configuration(Optimizer optimizer) {
    TrainingListener[] listeners =
        optimizer instanceof LearnedDjlOptimizer ours
            ? new TrainingListener[] {ours.listener()}
            : new TrainingListener[0];
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optOptimizer(optimizer)
        .addTrainingListeners(listeners);
  }

  private static Batch batch(NDManager parent, Images images) {
    NDManager manager = parent.newSubManager();
    return new Batch(
        manager,
        new NDList(manager.create(images.pixels())),
        new NDList(manager.create(images.labels())),
        images.count(),
        Batchifier.STACK,
        Batchifier.STACK,
        0,
        0);
  }

  private double loss(Trainer trainer) {
    try (Batch all = batch(trainer.getManager(), images)) {
      NDList predictions = trainer.evaluate(all.getData());
      return trainer.getLoss().evaluate(all.getLabels(), predictions).getFloat();
    }
  }

  private static double accuracy(Trainer trainer, Images images) {
    try (Batch all = batch(trainer.getManager(), images)) {
      NDArray scores = trainer.evaluate(all.getData()).head();
      long[] found = scores.argMax(1).toLongArray();
      int right = 0;
      for (int i = 0; i < found.length; i++) {
        right += found[i] == (long) images.labels()[i] ? 1 : 0;
      }
      return (double) right / found.length;
    }
  }
}
