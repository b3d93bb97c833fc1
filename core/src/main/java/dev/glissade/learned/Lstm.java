package dev.glissade.learned;

import dev.glissade.Coupling;
import dev.glissade.ParameterLayout;
import dev.glissade.Seeds;
import dev.glissade.file.JsonObject;
import dev.glissade.internal.kernel.LstmShape;
import dev.glissade.learned.Preprocessing.LogSign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The optimizer of Andrychowicz et al. 2016: an LSTM whose output *is* the update.
///
/// It is coordinatewise: all coordinates share the weights φ and each has a state of its own, so
/// that a few thousand weights optimise any number of parameters. The exception are global
/// averaging cells (appendix D of the paper): what they give is averaged over all coordinates at
/// each step, within a group over those of the group, and the average is what every coordinate
/// sees.
///
/// @param layers L, 0 to 8; 0 is a linear rule
/// @param hidden H, hidden units in a layer, 1 to 256
/// @param inputs what the network sees of a gradient
/// @param outputScale s, by which the network's output is multiplied to give the update; finite,
///   not 0
/// @param output what becomes of the network's output before it is scaled
/// @param globalCells how many cells of each layer are averaged, 0 to H; 0 where L = 0
public record Lstm(
    int layers,
    int hidden,
    Preprocessing inputs,
    double outputScale,
    Output output,
    int globalCells)
    implements Architecture<LstmMemory> {

  static final String KIND = "lstm";

  private static final String OUTPUT = "output";
  private static final String GLOBAL_CELLS = "globalCells";

  /// What becomes of the network's output before it is multiplied by the output scale.
  public enum Output {

    /// The output as it is, which is the paper's.
    LINEAR,

    /// Its hyperbolic tangent: no update is then larger than the output scale. That of RNNprop (Lv,
    /// Jiang, Li 2017).
    TANH;

    /// The name as files and people write it.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The output of a name.
    ///
    /// @throws IllegalArgumentException if there is none of that name
    static Output parse(String text) {
      return Arrays.stream(values())
          .filter(output -> output.toString().equals(text))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "output must be linear or tanh, got '%s'".formatted(text)));
    }
  }

  public Lstm {
    if (layers < 0 || layers > 8) {
      throw new IllegalArgumentException("layers must be from 0 to 8, got " + layers);
    }
    if (hidden < 1 || hidden > 256) {
      throw new IllegalArgumentException("hidden must be from 1 to 256, got " + hidden);
    }
    if (!Double.isFinite(outputScale) || outputScale == 0) {
      throw new IllegalArgumentException(
          "outputScale must be finite and not 0, got " + outputScale);
    }
    int most = layers == 0 ? 0 : hidden;
    if (globalCells < 0 || globalCells > most) {
      throw new IllegalArgumentException(
          "globalCells must be from 0 to %s, got %s".formatted(most, globalCells));
    }
  }

  /// A network without global cells.
  public Lstm(int layers, int hidden, Preprocessing inputs, double outputScale, Output output) {
    this(layers, hidden, inputs, outputScale, output, 0);
  }

  /// A network without global cells whose update is its scaled output.
  public Lstm(int layers, int hidden, Preprocessing inputs, double outputScale) {
    this(layers, hidden, inputs, outputScale, Output.LINEAR);
  }

  /// This network with so many global cells in each layer.
  public Lstm withGlobalCells(int cells) {
    return new Lstm(layers, hidden, inputs, outputScale, output, cells);
  }

  /// The paper's network for quadratics: 2 layers of 20, the gradient as it is, updates as they
  /// are.
  public static Lstm forQuadratics() {
    return new Lstm(2, 20, new Preprocessing.Identity(), 1);
  }

  /// The paper's network for neural networks: log/sign inputs with p = 10, updates × 0.1.
  public static Lstm forNetworks() {
    return new Lstm(2, 20, new LogSign(10), 0.1);
  }

  @Override
  public ParameterLayout layout() {
    LstmShape shape = shape();
    List<ParameterLayout.Block> blocks = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      int columns = shape.inputsOf(l) + hidden;
      blocks.add(ParameterLayout.block("lstm" + l + "/weights", 4 * hidden, columns));
      blocks.add(ParameterLayout.block("lstm" + l + "/bias", 4 * hidden));
    }
    blocks.add(ParameterLayout.block("output/weights", 1, shape.inputsOf(layers)));
    blocks.add(ParameterLayout.block("output/bias", 1));
    return new ParameterLayout(blocks);
  }

  /// Draws weights as in the authors' code: truncated normal with σ = 1/√(in + H) for the gates'
  /// weights and biases, 1/√H for the output's weights, 0 for its bias. A linear rule (L = 0)
  /// starts at zero.
  @Override
  public float[] initialWeights(long seed) {
    LstmShape shape = shape();
    float[] weights = new float[shape.size()];
    RandomGenerator random = Seeds.stream(seed, "lstm/initial-weights", 0);
    for (int l = 0; l < layers; l++) {
      double deviation = 1 / Math.sqrt(shape.inputsOf(l) + hidden);
      fill(weights, shape.weightsOffset(l), shape.weightsOffset(l + 1), deviation, random);
    }
    if (layers > 0) {
      double deviation = (shape.inputs() > 1 ? 0.02 : 1) / Math.sqrt(hidden);
      fill(weights, shape.weightsOffset(layers), shape.biasOffset(layers), deviation, random);
    }
    return weights;
  }

  private static void fill(
      float[] weights, int from, int to, double deviation, RandomGenerator random) {
    for (int i = from; i < to; i++) {
      double z;
      do {
        z = random.nextGaussian();
      } while (Math.abs(z) > 2);
      weights[i] = (float) (deviation * z);
    }
  }

  @Override
  public DifferentiableRule<LstmMemory> with(float[] weights) {
    LstmShape shape = shape();
    Weights.require(toString(), shape.size(), weights);
    return LstmRule.of(Channels.of(inputs), squashing(), shape, weights);
  }

  @Override
  public Coupling coupling() {
    return LstmRule.coupling(shape());
  }

  @Override
  public Differentiability differentiability() {
    return Differentiability.EXACT;
  }

  /// The shape of what the kernels do, which ends where the output is squashed.
  private LstmShape shape() {
    float scale = squashing().isPresent() ? 1 : (float) outputScale;
    int channels = Channels.of(inputs).count();
    return new LstmShape(layers, hidden, channels, (float) logSign(inputs), scale, globalCells);
  }

  /// The p of log/sign preprocessing; 0 where there is none.
  static double logSign(Preprocessing inputs) {
    return switch (inputs) {
      case Preprocessing.Identity _, Preprocessing.AdamLike _ -> 0;
      case LogSign(double p) -> p;
      case Preprocessing.Both(LogSign(double p), Preprocessing.AdamLike _) -> p;
      case Preprocessing.Timed(Preprocessing untimed) -> logSign(untimed);
    };
  }

  private Optional<Squashing> squashing() {
    return switch (output) {
      case LINEAR -> Optional.empty();
      case TANH -> Optional.of(new Squashing((float) outputScale));
    };
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    JsonObject settings =
        JsonObject.empty()
            .with("layers", layers)
            .with("hidden", hidden)
            .with("inputs", inputs.toString())
            .with("outputScale", outputScale);
    JsonObject squashed =
        output == Output.LINEAR ? settings : settings.with(OUTPUT, output.toString());
    return globalCells == 0 ? squashed : squashed.with(GLOBAL_CELLS, globalCells);
  }

  static Lstm fromJson(JsonObject json) {
    return new Lstm(
        json.integer("layers"),
        json.integer("hidden"),
        Preprocessing.parse(json.text("inputs")),
        json.real("outputScale"),
        json.has(OUTPUT) ? Output.parse(json.text(OUTPUT)) : Output.LINEAR,
        json.has(GLOBAL_CELLS) ? json.integer(GLOBAL_CELLS) : 0);
  }

  @Override
  public String summary() {
    String network = layers == 0 ? "linear" : "LSTM " + layers + " × " + hidden;
    String squashed = output == Output.LINEAR ? network : network + ", " + output;
    return globalCells == 0 ? squashed : squashed + ", %s averaged".formatted(globalCells);
  }
}
