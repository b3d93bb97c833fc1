package dev.glissade.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Sgd;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What a `Trainer.step()` of 1,000,000 parameters takes, with DJL's own optimizers and with ours.
/// It is no part of the build: `-Dtest=StepCost` runs it.
class StepCost {

  private static final int SIDE = 1000;
  private static final int WARM_UP = 15;
  private static final int STEPS = 15;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /// A layer of 1000 × 1000 weights in training.
  private static final class Subject implements AutoCloseable {

    private final String name;
    private final double[] times = new double[STEPS];
    private final Model model = Model.newInstance("layer", Device.cpu(), "PyTorch");
    private final Trainer trainer;
    private final Slice all;
    private final float[] gradient = new float[SIDE * SIDE];

    Subject(String name, Function<Block, Optimizer> optimizer) {
      this.name = name;
      Block block = Linear.builder().setUnits(SIDE).optBias(false).build();
      model.setBlock(block);
      trainer =
          model.newTrainer(
              new DefaultTrainingConfig(Loss.l2Loss())
                  .optOptimizer(optimizer.apply(block))
                  .optDevices(new Device[] {Device.cpu()}));
      trainer.initialize(new Shape(1, SIDE));
      NamedParameter weights = new Groups(block, List.of(), new Sgd(1)).named("weight");
      all = new ParameterLayout(List.of(weights.block())).slices().getFirst();
      Random random = new Random(1);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) random.nextGaussian();
      }
      NDArray array = array();
      try (var collector = trainer.newGradientCollector()) {
        collector.backward(array.sum()); // makes the array of its gradient
      }
    }

    private NDArray array() {
      return model.getBlock().getParameters().valueAt(0).getArray();
    }

    /// The processor time of one step in milliseconds, from a gradient that is put there first.
    double step() {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NativeFloats.write(gradient, all, array().getGradient());
      }
      long start = THREADS.getCurrentThreadCpuTime(); // all of it is made on this thread
      trainer.step();
      return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
    }

    double median() {
      double[] sorted = times.clone();
      Arrays.sort(sorted);
      return sorted[STEPS / 2];
    }

    @Override
    public void close() {
      trainer.close();
      model.close();
    }
  }

  @Test
  void ofAMillionParameters() {
    Map<String, Function<Block, Optimizer>> optimizers = new LinkedHashMap<>();
    optimizers.put(
        "DJL's Adam", _ -> Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.001f)).build());
    optimizers.put(
        "DJL's Sgd", _ -> Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.001f)).build());
    optimizers.put("sgd", block -> ours(block, new Sgd(0.001)));
    optimizers.put("adam", block -> ours(block, new Adam(0.001)));
    optimizers.put("nesterov", block -> ours(block, Baselines.find("nesterov").at(0.001)));
    optimizers.put("pretrained:mnist", block -> ours(block, Pretrained.MNIST.load().optimizer()));
    List<Subject> subjects = new ArrayList<>();
    optimizers.forEach((name, optimizer) -> subjects.add(new Subject(name, optimizer)));
    for (int t = -WARM_UP; t < STEPS; t++) { // taking turns
      for (Subject subject : subjects) {
        double time = subject.step();
        if (t >= 0) {
          subject.times[t] = time;
        }
      }
    }
    double adam = subjects.getFirst().median();
    for (Subject subject : subjects) {
      double median = subject.median();
      System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f |%n", subject.name, median, median / adam);
      subject.close();
    }
  }

  private static Optimizer ours(Block block, dev.glissade.Optimizer<?> optimizer) {
    return LearnedDjlOptimizer.builder(block, optimizer).build();
  }
}
