package dev.glissade.learned;

import dev.glissade.LearnedOptimizer;
import dev.glissade.OptimizerState;
import dev.glissade.file.JsonObject;

/// A family of learned optimizers that can be written down: what a file says of its weights.
///
/// Architectures are values, and an open tree: some consist of others. [Architectures] finds them
/// by their [#kind] when a file is read.
///
/// @param <S> the state of its members
public interface Architecture<S extends OptimizerState> extends LearnedOptimizer<S> {

  /// The kind of architecture, in lower case, by which [Architectures] knows it.
  String kind();

  /// The settings that decide the architecture, kind aside.
  JsonObject settings();

  /// A summary of a few words for tables, such as `adam + LSTM 2 × 20`.
  String summary();

  /// The whole architecture as JSON, kind and settings.
  default JsonObject toJson() {
    return JsonObject.empty().with(Architectures.KIND, kind()).plus(settings());
  }
}
