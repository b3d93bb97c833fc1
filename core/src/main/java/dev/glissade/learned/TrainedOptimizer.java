package dev.glissade.learned;

import dev.glissade.Optimizer;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.file.JsonObject;
import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.file.Safetensors.Tensor;
import dev.glissade.internal.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A learned optimizer with its weights φ and its history: what a file holds.
///
/// ```java
/// TrainedOptimizer learned = TrainedOptimizer.load(Path.of("fits.safetensors"));
/// LearningCurve curve = Descent.start(objective, learned.optimizer()).run(100);
/// ```
public final class TrainedOptimizer {

  private static final String FORMAT_KEY = "format";
  private static final String FORMAT = "glissade.optimizer/2";
  private static final String ARCHITECTURE = "architecture";
  private static final String HISTORY = "history";

  private final Architecture<?> architecture;
  private final float[] weights;
  private final JsonObject history;

  /// An optimizer with these weights.
  ///
  /// @param architecture what the weights are for
  /// @param weights φ, finite, `float[architecture.layout().size()]`, copied
  /// @param history how it came to be: `problem`, `seed`, `validationLoss`, …
  public TrainedOptimizer(Architecture<?> architecture, float[] weights, JsonObject history) {
    Weights.require(architecture.summary(), architecture.layout().size(), weights);
    this.architecture = architecture;
    this.weights = weights.clone();
    this.history = history;
  }

  /// The architecture that the weights are for.
  public Architecture<?> architecture() {
    return architecture;
  }

  /// The weights φ, copied.
  public float[] weights() {
    return weights.clone();
  }

  /// The history of the optimizer: how it came to be.
  public JsonObject history() {
    return history;
  }

  /// The optimizer itself, to be run on any objective.
  public Optimizer<?> optimizer() {
    return architecture.with(weights);
  }

  /// What the optimizer has learned about the rates of rules that it corrects; none if there are no
  /// such.
  public List<LearnedRate> rates() {
    return LearnedRate.of(architecture, weights);
  }

  /// These weights for another architecture, block by block: each block gets the weights of the
  /// block of its name, or of the one by whose name its own ends after a `/`, so that one LSTM
  /// serves every group. A learned rate may have more pieces: past those that it had it stays flat.
  /// An LSTM whose inputs are others, but hold these, starts as this one is.
  ///
  /// @throws IllegalArgumentException if there is none for a block, or one of another shape
  public float[] weightsFor(Architecture<?> other) {
    Map<String, Lstm> narrower = WiderInputs.networks(architecture);
    Map<String, Lstm> wider = WiderInputs.networks(other);
    float[] adopted = new float[other.layout().size()];
    for (Slice to : other.layout().slices()) {
      Lstm more = wider.get(to.block().name());
      Slice from = source(to, other, more == null ? Set.of() : narrower.keySet());
      float[] block = from.of(weights);
      Lstm less = narrower.get(from.block().name());
      if (less != null && more != null) {
        block = WiderInputs.of(less, more).widen(block, from.block().shape().getFirst());
      }
      System.arraycopy(block, 0, adopted, to.offset(), block.length);
    }
    return adopted;
  }

  /// @param widened the blocks that may have another shape, as inputs go into them
  private Slice source(Slice to, Architecture<?> other, Set<String> widened) {
    ParameterLayout own = architecture.layout();
    for (String name = to.block().name(); ; name = name.substring(name.indexOf('/') + 1)) {
      for (Slice slice : own.slices()) {
        if (slice.block().name().equals(name)
            && (widened.contains(name) || fits(slice.block(), to.block()))) {
          return slice;
        }
      }
      if (name.indexOf('/') < 0) {
        throw new IllegalArgumentException(
            "cannot start from an optimizer of another architecture: %s has no weights for '%s' of"
                    .formatted(architecture.summary(), to.block().name())
                + " "
                + other.summary());
      }
    }
  }

  private static boolean fits(Block from, Block to) {
    return from.shape().equals(to.shape()) || RateSchedule.goesOn(from, to);
  }

  /// Saves architecture, weights and history in one file.
  public void save(Path file) throws IOException {
    toSafetensors().write(file);
  }

  Safetensors toSafetensors() {
    JsonObject metadata =
        JsonObject.empty()
            .with(FORMAT_KEY, FORMAT)
            .with(ARCHITECTURE, architecture.toJson().toString())
            .with(HISTORY, history.toString());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Slice slice : architecture.layout().slices()) {
      tensors.put(slice.block().name(), Tensor.of(slice.block().shape(), slice.of(weights)));
    }
    return new Safetensors(metadata, tensors);
  }

  /// Loads an optimizer that [#save] wrote.
  ///
  /// @throws MalformedFileException if the file holds something else, a different architecture than
  ///   it says, or weights that are not finite
  public static TrainedOptimizer load(Path file) throws IOException {
    return load(file, Architectures.standard());
  }

  /// Loads an optimizer that [#save] wrote, of an architecture that may be one's own.
  ///
  /// @param known the architectures that can be read
  /// @throws MalformedFileException if the file holds something else, a different architecture than
  ///   it says, or weights that are not finite
  public static TrainedOptimizer load(Path file, Architectures known) throws IOException {
    return from(file, Safetensors.read(file), known);
  }

  static TrainedOptimizer from(Path file, Safetensors stored, Architectures known)
      throws MalformedFileException {
    JsonObject metadata = stored.metadata();
    if (!metadata.has(FORMAT_KEY) || !metadata.text(FORMAT_KEY).equals(FORMAT)) {
      throw new MalformedFileException(
          file,
          "holds no learned optimizer of this version: its metadata lack '%s': '%s'"
              .formatted(FORMAT_KEY, FORMAT));
    }
    JsonObject history = json(file, metadata, HISTORY);
    Architecture<?> architecture;
    try {
      architecture = known.read(json(file, metadata, ARCHITECTURE));
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file, "architecture: " + e.getMessage());
    }
    return new TrainedOptimizer(
        architecture, weights(file, stored, architecture.layout()), history);
  }

  private static JsonObject json(Path file, JsonObject metadata, String key)
      throws MalformedFileException {
    try {
      return JsonObject.parse(metadata.has(key) ? metadata.text(key) : "");
    } catch (IOException e) {
      throw new MalformedFileException(
          file, "its metadata have no readable '%s': %s".formatted(key, e.getMessage()));
    }
  }

  private static float[] weights(Path file, Safetensors stored, ParameterLayout layout)
      throws MalformedFileException {
    if (stored.tensors().size() != layout.blocks().size()) {
      throw new MalformedFileException(
          file,
          "%s tensors expected for this architecture, found %s"
              .formatted(layout.blocks().size(), stored.tensors().size()));
    }
    float[] weights = new float[layout.size()];
    for (Slice slice : layout.slices()) {
      float[] values = floats(file, stored, slice.block());
      System.arraycopy(values, 0, weights, slice.offset(), values.length);
    }
    return weights;
  }

  private static float[] floats(Path file, Safetensors stored, ParameterLayout.Block block)
      throws MalformedFileException {
    Tensor tensor = stored.tensors().get(block.name());
    if (tensor == null || !tensor.dtype().equals("F32") || !tensor.shape().equals(block.shape())) {
      throw new MalformedFileException(
          file,
          "tensor '%s' of F32%s expected, found %s"
              .formatted(
                  block.name(),
                  block.shape(),
                  tensor == null ? "none" : tensor.dtype() + tensor.shape()));
    }
    float[] values = tensor.floats();
    if (!Vectors.allFinite(values)) {
      throw new MalformedFileException(
          file, "tensor '%s' has weights that are NaN or infinite".formatted(block.name()));
    }
    return values;
  }

  /// Whether architectures, weights and histories are equal.
  @Override
  public boolean equals(Object other) {
    return other instanceof TrainedOptimizer trained
        && trained.architecture.equals(architecture)
        && Arrays.equals(trained.weights, weights)
        && trained.history.equals(history);
  }

  @Override
  public int hashCode() {
    return 31 * architecture.hashCode() + Arrays.hashCode(weights);
  }

  @Override
  public String toString() {
    return "TrainedOptimizer[%s, %s]".formatted(architecture.summary(), history);
  }
}
