package dev.glissade.djl;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import java.util.List;

/// The part of a recorded objective that lies in some blocks.
///
/// @param whole whose gradients do not depend on the parameters
/// @param ending of the names of the blocks
record Halves(Objective whole, String ending) implements Objective {

  @Override
  public ParameterLayout layout() {
    return new ParameterLayout(blocks(whole.layout(), ending).stream().map(Slice::block).toList());
  }

  private static List<Slice> blocks(ParameterLayout layout, String ending) {
    return layout.slices().stream().filter(it -> it.block().name().endsWith(ending)).toList();
  }

  /// The part of a flat vector that lies in these blocks.
  static float[] of(ParameterLayout layout, float[] flat, String ending) {
    List<Slice> slices = blocks(layout, ending);
    float[] part = new float[slices.stream().mapToInt(Slice::size).sum()];
    int offset = 0;
    for (Slice slice : slices) {
      System.arraycopy(flat, slice.offset(), part, offset, slice.size());
      offset += slice.size();
    }
    return part;
  }

  @Override
  public float[] initialParameters() {
    return of(whole.layout(), whole.initialParameters(), ending);
  }

  @Override
  public double evaluate(float[] parameters, long draw, float[] gradient) {
    float[] all = new float[whole.layout().size()];
    double loss = whole.evaluate(all, draw, all);
    System.arraycopy(of(whole.layout(), all, ending), 0, gradient, 0, gradient.length);
    return loss;
  }
}
