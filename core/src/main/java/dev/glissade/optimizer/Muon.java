package dev.glissade.optimizer;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import java.util.List;

/// Momentum, orthogonalised block by block (Muon): every direction of a block's update is as long
/// as every other.
///
/// ```
/// v ← μ·v + g,   u = g + μ·v
/// update = −η·√max(r, c)·UVᵀ,   where u = UΣVᵀ as a matrix of r rows and c columns
/// ```
///
/// A block of one dimension is a matrix of one row; of a block of more than two, the first are the
/// rows and all others the columns. The factor makes η the root mean square of the coordinates of
/// an update. UVᵀ is approximated by five Newton-Schulz iterations, which bring all singular values
/// that are not much smaller than the largest between 0.7 and 1.2. Where ‖u‖ < 1e-7 the update
/// shrinks with it, so that it ends where gradients do.
///
/// References: K. Jordan et al., *Muon: an optimizer for hidden layers in neural networks*, 2024;
/// the factor as in J. Liu et al., *Muon is scalable for LLM training*, 2025.
///
/// @param learningRate η > 0
/// @param momentum μ, 0 ≤ μ < 1
public record Muon(double learningRate, double momentum) implements Optimizer<Muon.State> {

  /// What Muon remembers of the gradients.
  ///
  /// @param velocity v, `float[N]`
  /// @param slices the blocks of θ
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  public record State(float[] velocity, List<Slice> slices) implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      return List.of(velocity);
    }
  }

  public Muon {
    Require.positive("learningRate", learningRate);
    Require.fraction("momentum", momentum);
  }

  /// Muon with μ = 0.95.
  public Muon(double learningRate) {
    this(learningRate, 0.95);
  }

  @Override
  public State start(ParameterLayout layout) {
    return new State(new float[layout.size()], layout.slices());
  }

  @Override
  public void update(Point at, State state, float[] update) {
    Nesterov.lookAhead(at.gradient(), state.velocity, (float) momentum, 1, update);
    for (Slice slice : state.slices) {
      List<Integer> shape = slice.block().shape();
      int rows = shape.size() < 2 ? 1 : shape.getFirst();
      int columns = slice.size() / rows;
      double length = -learningRate * Math.sqrt(Math.max(rows, columns));
      Orthogonal.replace(update, slice.offset(), rows, columns, (float) length);
    }
  }

  @Override
  public Coupling coupling() {
    return Coupling.BLOCKS;
  }
}
