package example;

import ai.djl.nn.Block;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.glissade.djl.LearnedDjlOptimizer;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;

/// Trains one of DJL's perceptrons on the digits that ship with Glissade, with DJL's Adam and with
/// the pretrained optimizer that is the default.
public final class TrainInDjl {

  private TrainInDjl() {}

  public static void main(String[] arguments) throws IOException {
    Training training = new Training(1, Training.Hidden.SIGMOID_20, Images.digits("train"));
    Images others = Images.digits("t10k");
    print("DJL's Adam", training, others, _ -> adam());
    print("pretrained:general", training, others, TrainInDjl::pretrained);
  }

  private static Optimizer adam() {
    return Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.05f)).build();
  }

  private static Optimizer pretrained(Block block) {
    return LearnedDjlOptimizer.builder(block).build();
  }

  private static void print(
      String name, Training training, Images others, Function<Block, Optimizer> optimizer) {
    Training.Result result = training.run(100, others, optimizer);
    System.out.printf(
        Locale.ROOT,
        "%-18s loss %.3f after 20 steps, %.4f after 100; knows %.1f %% of other images%n",
        name,
        result.early(),
        result.loss(),
        100 * result.accuracy());
  }
}
