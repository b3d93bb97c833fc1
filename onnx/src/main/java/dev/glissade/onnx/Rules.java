package dev.glissade.onnx;

import dev.glissade.learned.Architecture;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.Hopping;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Probing;
import dev.glissade.learned.QuasiNewton;
import dev.glissade.learned.Smoothed;
import dev.glissade.optimizer.Rule;

/// The architectures that are known here. Architectures are an open tree: any other is refused by
/// its name, wherever in the tree it is.
final class Rules {

  private Rules() {}

  /// Adds a step of an architecture with its weights to a graph.
  ///
  /// @param prefix of what the architecture remembers, and of its weights, in the graph
  /// @return the update
  /// @throws IllegalArgumentException if it cannot be a graph
  static Value update(
      Architecture<?> architecture, NamedWeights weights, Step step, String prefix) {
    return switch (architecture) {
      case Lstm lstm when lstm.globalCells() > 0 ->
          throw new IllegalArgumentException(
              "an lstm with global cells cannot be a graph of one block: it averages them over all"
                  + " coordinates");
      case Lstm lstm -> new LstmGraph(lstm, weights, prefix).update(step);
      case Corrected(Architecture<?> network, Rule base, _) ->
          new CorrectedGraph(network, base, weights, prefix).update(step);
      case Grouped _ ->
          throw new IllegalArgumentException(
              "groups inside another rule cannot be a graph: only the whole may be grouped");
      case QuasiNewton _ ->
          throw new IllegalArgumentException(
              "a quasi-newton rule cannot be a graph of gradients: it looks at the loss and takes"
                  + " steps back");
      case Smoothed _ ->
          throw new IllegalArgumentException(
              "a smoothed rule cannot be a graph: it needs to know which blocks are grids");
      case Hopping _ ->
          throw new IllegalArgumentException(
              "a hopping rule cannot be a graph of gradients: it looks at the loss and goes back to"
                  + " where it was lowest");
      case Probing _ ->
          throw new IllegalArgumentException(
              "a probing rule cannot be a graph: it is a quasi-newton rule where there is no noise,"
                  + " which looks at the loss; export one that is for noise alone");
      default ->
          throw new IllegalArgumentException(
              "an architecture of the kind '%s' cannot be a graph: the export does not know it"
                  .formatted(architecture.kind()));
    };
  }
}
