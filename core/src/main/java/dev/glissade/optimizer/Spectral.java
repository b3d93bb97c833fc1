package dev.glissade.optimizer;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import java.util.List;

/// [Muon] whose rate is the length of an update along each of its directions, whatever the size of
/// the matrix.
///
/// ```
/// v ← μ·v + g,   u = g + μ·v
/// update = −η·UVᵀ,   where u = UΣVᵀ
/// ```
///
/// What a layer gives changes by at most η times the norm of what it takes, and so one rate suits
/// narrow matrices and wide ones, where [Muon], whose rate is that of single coordinates, needs a
/// lower one the wider a matrix is.
///
/// References: K. Jordan et al., *Muon: an optimizer for hidden layers in neural networks*, 2024;
/// J. Bernstein, L. Newhouse, *Modular duality in deep learning*, 2024.
///
/// @param learningRate η > 0
/// @param momentum μ, 0 ≤ μ < 1
public record Spectral(double learningRate, double momentum) implements Optimizer<Muon.State> {

  public Spectral {
    Require.positive("learningRate", learningRate);
    Require.fraction("momentum", momentum);
  }

  /// The rule with μ = 0.95.
  public Spectral(double learningRate) {
    this(learningRate, 0.95);
  }

  @Override
  public Muon.State start(ParameterLayout layout) {
    return new Muon.State(new float[layout.size()], layout.slices());
  }

  @Override
  public void update(Point at, Muon.State state, float[] update) {
    Nesterov.lookAhead(at.gradient(), state.velocity(), (float) momentum, 1, update);
    for (Slice slice : state.slices()) {
      List<Integer> shape = slice.block().shape();
      int rows = shape.size() < 2 ? 1 : shape.getFirst();
      Orthogonal.replace(update, slice.offset(), rows, slice.size() / rows, (float) -learningRate);
    }
  }

  @Override
  public Coupling coupling() {
    return Coupling.BLOCKS;
  }
}
