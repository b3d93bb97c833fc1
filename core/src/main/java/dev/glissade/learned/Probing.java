package dev.glissade.learned;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.Point;
import dev.glissade.file.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A rule that finds out whether a function has noise, and then is one of two others: one for
/// noise, such as that of minibatches, and one for functions without.
///
/// ```
/// update at step 0 = 0
/// the function has noise if   ‖g₁ − g₀‖ > 10⁻⁴·‖g₀‖,   two gradients of the same point
/// update at step t = that of the rule for such functions at step t − 1
/// ```
///
/// So the two may differ in everything, what they remember and how they are trained; and either is
/// as good here as alone, but for the one step that the probe takes. The tolerance is for sums that
/// are added up in another order each time.
///
/// φ is the weights of both. They are trained on their own and put together by [#join], as what is
/// learned on one kind of functions has no derivative by the weights of the other.
///
/// @param noisy the rule for functions with noise
/// @param smooth the rule for functions without
public record Probing(Architecture<?> noisy, Architecture<?> smooth)
    implements Architecture<Probing.State> {

  static final String KIND = "probing";

  /// The name of the rule for functions with noise, and what its blocks' names start with.
  static final String NOISY = "noisy";

  private static final String SMOOTH = "smooth";
  private static final String SEPARATOR = "/";

  /// The change of a gradient, by its norm, that is not noise.
  private static final double TOLERANCE = 1e-4;

  /// What is known of the function.
  private enum Finding {
    NOTHING,
    NOISY,
    SMOOTH
  }

  /// What the rule remembers: what it has found out, and the states of both rules.
  ///
  /// @param finding its index, `float[1]`
  /// @param gradient the first one, `float[N]`
  /// @param noisy the state of the rule for functions with noise
  /// @param smooth the state of the rule for functions without
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  public record State(
      float[] finding, float[] gradient, OptimizerState noisy, OptimizerState smooth)
      implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(List.of(finding, gradient));
      arrays.addAll(noisy.arrays());
      arrays.addAll(smooth.arrays());
      return arrays;
    }
  }

  /// Puts two trained optimizers together.
  ///
  /// @param noisy the one for functions with noise
  /// @param smooth the one for functions without
  /// @return one whose history is the first one's, with that of the second in it
  public static TrainedOptimizer join(TrainedOptimizer noisy, TrainedOptimizer smooth) {
    float[] first = noisy.weights();
    float[] second = smooth.weights();
    float[] weights = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, weights, first.length, second.length);
    return new TrainedOptimizer(
        new Probing(noisy.architecture(), smooth.architecture()),
        weights,
        noisy.history().with(SMOOTH, smooth.history()));
  }

  @Override
  public ParameterLayout layout() {
    List<Block> blocks = new ArrayList<>();
    addBlocks(NOISY, noisy, blocks);
    addBlocks(SMOOTH, smooth, blocks);
    return new ParameterLayout(blocks);
  }

  private static void addBlocks(String name, Architecture<?> part, List<Block> blocks) {
    for (Block block : part.layout().blocks()) {
      blocks.add(new Block(name + SEPARATOR + block.name(), block.shape()));
    }
  }

  @Override
  public float[] initialWeights(long seed) {
    float[] first = noisy.initialWeights(seed);
    float[] second = smooth.initialWeights(seed);
    float[] weights = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, weights, first.length, second.length);
    return weights;
  }

  @Override
  public Optimizer<State> with(float[] weights) {
    Weights.require("the probing rule", layout().size(), weights);
    int own = noisy.layout().size();
    return new Rules(
        Erased.rule(noisy.with(Arrays.copyOf(weights, own))),
        Erased.rule(smooth.with(Arrays.copyOfRange(weights, own, weights.length))));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return JsonObject.empty().with(NOISY, noisy.toJson()).with(SMOOTH, smooth.toJson());
  }

  static Probing fromJson(JsonObject json, Architectures known) {
    return new Probing(known.read(json.object(NOISY)), known.read(json.object(SMOOTH)));
  }

  @Override
  public String summary() {
    return "%s or %s".formatted(noisy.summary(), smooth.summary());
  }

  /// The two rules of one φ.
  @SuppressWarnings("EnumOrdinal") // states are floats
  private record Rules(Optimizer<OptimizerState> noisy, Optimizer<OptimizerState> smooth)
      implements Optimizer<State> {

    @Override
    public State start(ParameterLayout layout) {
      return new State(
          new float[1], new float[layout.size()], noisy.start(layout), smooth.start(layout));
    }

    @Override
    public void update(Point at, State state, float[] update) {
      if (at.step() == 0) {
        System.arraycopy(at.gradient(), 0, state.gradient, 0, update.length);
        Arrays.fill(update, 0);
        return;
      }
      if (found(state, Finding.NOTHING)) {
        state.finding[0] = find(at.gradient(), state.gradient).ordinal();
      }
      Point since = new Point.Known(at.step() - 1, at.loss(), at.parameters(), at.gradient());
      if (found(state, Finding.SMOOTH)) {
        smooth.update(since, state.smooth, update);
      } else {
        noisy.update(since, state.noisy, update);
      }
    }

    private static boolean found(State state, Finding finding) {
      return state.finding[0] == finding.ordinal();
    }

    private static Finding find(float[] second, float[] first) {
      double change = 0;
      double square = 0;
      for (int n = 0; n < first.length; n++) {
        double difference = (double) second[n] - first[n];
        change += difference * difference;
        square += (double) first[n] * first[n];
      }
      return change > TOLERANCE * TOLERANCE * square ? Finding.NOISY : Finding.SMOOTH;
    }
  }
}
