package dev.glissade.djl;

import static org.junit.jupiter.api.Assumptions.abort;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.translate.Batchifier;
import ai.djl.util.Pair;
import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/// A tiny DJL model of three classes in training, and what happened to it.
final class Classifier implements AutoCloseable {

  /// The shape of one input of the perceptron.
  static final Shape INPUT = new Shape(4);

  private static final int BATCH = 16;
  private static final int CLASSES = 3;

  private final Model model;
  private final Trainer trainer;
  private final Shape input;
  private final Random random = new Random(5);
  private final List<float[]> gradients = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final float[] start;

  /// @param seed of the parameters
  /// @param optimizer what to train with
  /// @param listeners of the training
  Classifier(
      Block block,
      Shape input,
      int seed,
      Function<Block, Optimizer> optimizer,
      Function<Optimizer, TrainingListener[]> listeners) {
    this.input = input;
    model = Model.newInstance("tiny", Device.cpu(), "PyTorch");
    model.setBlock(block);
    Optimizer made = optimizer.apply(block);
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(made)
                .optDevices(new Device[] {Device.cpu()})
                .addTrainingListeners(listeners.apply(made))
                .addTrainingListeners(new Recorder()));
    trainer.initialize(new Shape(BATCH).addAll(input));
    Random from = new Random(seed);
    for (Parameter parameter : block.getParameters().values()) {
      NDArray array = parameter.getArray();
      float[] values = new float[(int) array.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.5 * from.nextGaussian());
      }
      array.set(values);
    }
    start = parameters();
  }

  /// Keeps the loss of each batch.
  private final class Recorder extends TrainingListenerAdapter {
    @Override
    public void onTrainingBatch(Trainer trainer, BatchData data) {
      NDList labels = data.getLabels().get(Device.cpu());
      NDList predictions = data.getPredictions().get(Device.cpu());
      losses.add((double) trainer.getLoss().evaluate(labels, predictions).getFloat());
    }
  }

  /// Fails no test where DJL has no libtorch for this platform, and says so.
  static void requirePytorch() {
    try {
      Engine.getEngine("PyTorch");
    } catch (EngineException e) {
      abort("DJL's libtorch is not there for this platform: " + e.getMessage());
    }
  }

  /// 4 inputs, 5 sigmoid units, 3 classes.
  static Block perceptron() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(5).build())
        .add(Activation::sigmoid)
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  /// A convolution of 1 × 6 × 6 to 2 channels, and a layer to 3 classes.
  static Block convolution() {
    return new SequentialBlock()
        .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(2).build())
        .add(Activation::tanh)
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  /// The perceptron, trained by one of our optimizers that is told the losses.
  static Classifier perceptron(Function<Block, Optimizer> optimizer) {
    return new Classifier(perceptron(), INPUT, 1, optimizer, Classifier::listeners);
  }

  /// The perceptron, trained by a rule that is told the losses.
  static Classifier trainedBy(dev.glissade.Optimizer<?> rule) {
    return Run.of(rule).classifier();
  }

  static TrainingListener[] listeners(Optimizer optimizer) {
    return optimizer instanceof LearnedDjlOptimizer ours
        ? new TrainingListener[] {ours.listener()}
        : new TrainingListener[0];
  }

  /// Goes back through one batch and keeps what that gave.
  void backward() {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      EasyTrain.trainBatch(trainer, batch(manager));
    }
  }

  private Batch batch(NDManager manager) {
    float[] data = new float[Math.toIntExact(BATCH * input.size())];
    float[] labels = new float[BATCH];
    for (int b = 0; b < BATCH; b++) {
      labels[b] = random.nextInt(CLASSES);
      for (int i = 0; i < input.size(); i++) {
        data[b * (int) input.size() + i] =
            (float) random.nextGaussian() + (labels[b] - 1) * (i - 1);
      }
    }
    return new Batch(
        manager,
        new NDList(manager.create(data, new Shape(BATCH).addAll(input))),
        new NDList(manager.create(labels)),
        BATCH,
        Batchifier.STACK,
        Batchifier.STACK,
        0,
        1);
  }

  /// Takes so many steps, each from one batch.
  Classifier train(int steps) {
    for (int t = 0; t < steps; t++) {
      backward();
      gradients.add(gradient());
      trainer.step();
    }
    return this;
  }

  /// Takes so many steps and keeps nothing.
  void trainOnly(int steps) {
    for (int t = 0; t < steps; t++) {
      backward();
      trainer.step();
    }
  }

  /// Brings this training to where another stands, but for its optimizer.
  void continueFrom(Classifier other) {
    for (Pair<String, Parameter> pair : block().getParameters()) {
      pair.getValue().getArray().set(other.array(pair.getKey()).toFloatArray());
    }
    for (int t = 0; t < other.losses.size(); t++) {
      try (NDManager manager = trainer.getManager().newSubManager()) {
        batch(manager);
      }
    }
  }

  /// How many arrays the training keeps in the engine.
  int arrays() {
    return trainer.getManager().getManagedArrays().size()
        + model.getNDManager().getManagedArrays().size();
  }

  /// The loss of each batch.
  List<Double> losses() {
    return losses;
  }

  Trainer trainer() {
    return trainer;
  }

  Block block() {
    return model.getBlock();
  }

  NDArray array(String name) {
    return block().getParameters().get(name).getArray();
  }

  float[] parameters() {
    return flat(Parameter::getArray);
  }

  /// The gradients as they lie in the engine; 0 where a parameter is frozen.
  float[] gradient() {
    return flat(parameter -> {
      NDArray array = parameter.getArray();
      return array.hasGradient() ? array.getGradient() : array.zerosLike();
    });
  }

  private float[] flat(Function<Parameter, NDArray> what) {
    float[] flat = new float[layout().size()];
    int index = 0;
    for (Slice slice : layout().slices()) {
      Parameter parameter = block().getParameters().valueAt(index++);
      System.arraycopy(what.apply(parameter).toFloatArray(), 0, flat, slice.offset(), slice.size());
    }
    return flat;
  }

  /// All parameters, as rules see them.
  ParameterLayout layout() {
    List<ParameterLayout.Block> blocks = new ArrayList<>();
    for (Pair<String, Parameter> pair : block().getParameters()) {
      blocks.add(new NamedParameter(pair.getKey(), pair.getValue()).block());
    }
    return new ParameterLayout(blocks);
  }

  /// The training once more, as an objective that gives the gradients and losses that were seen.
  Objective recorded() {
    ParameterLayout layout = layout();
    return new Objective() {
      @Override
      public ParameterLayout layout() {
        return layout;
      }

      @Override
      public float[] initialParameters() {
        return start.clone();
      }

      @Override
      public double evaluate(float[] parameters, long draw, float[] gradient) {
        System.arraycopy(gradients.get((int) draw), 0, gradient, 0, gradient.length);
        return losses.get((int) draw);
      }
    };
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
