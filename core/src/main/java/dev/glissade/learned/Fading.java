package dev.glissade.learned;

import dev.glissade.Coupling;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import java.util.Arrays;

/// A factor by which a gradient that shrinks shortens the steps of its block: α·r is its logarithm,
/// α learned, and r of each block as [GradientNorms] has it.
///
/// On the way back r counts as a constant.
final class Fading implements Factor {

  /// The name of α's block in φ.
  static final String BLOCK = "base/fading";

  @Override
  public ParameterLayout layout() {
    return ParameterLayout.of(BLOCK, 1);
  }

  @Override
  public float[] initialWeights(long seed) {
    return new float[1];
  }

  @Override
  public Coupling coupling() {
    return Coupling.BLOCKS;
  }

  @Override
  public Bound with(float[] weights) {
    return new Power(weights[0]);
  }

  /// The factor with this α.
  private record Power(float alpha) implements Bound {

    @Override
    public OptimizerState start(ParameterLayout layout) {
      return GradientNorms.start(layout);
    }

    @Override
    public void addTo(Point at, OptimizerState state, double[] logarithms) {
      GradientNorms norms = (GradientNorms) state;
      double[] fading = norms.next(at);
      for (int b = 0; b < fading.length; b++) {
        Slice slice = norms.layout().slices().get(b);
        double logarithm = alpha * fading[b];
        for (int n = slice.offset(); n < slice.end(); n++) {
          logarithms[n] += logarithm;
        }
      }
    }

    @Override
    public void backward(
        OptimizerState start, Unroll unroll, float[][] slopes, float[] weightGradient) {
      double[][] fading = fading((GradientNorms) start, unroll);
      int[] blocks = ((GradientNorms) start).blocks();
      for (int t = slopes.length - 1; t >= 0; t--) {
        double slope = 0;
        for (int n : unroll.coordinates()) {
          slope += slopes[t][n] * fading[t][blocks[n]];
        }
        weightGradient[0] += (float) slope;
      }
    }

    /// Computes r of each step and block, `double[T][B]`.
    private static double[][] fading(GradientNorms start, Unroll unroll) {
      GradientNorms norms = GradientNorms.start(unroll.layout());
      norms.copyFrom(start);
      double[][] fading = new double[unroll.steps()][];
      float[] gradient = new float[unroll.layout().size()];
      for (int t = 0; t < fading.length; t++) {
        unroll.gradient(t, gradient);
        fading[t] = norms.next(Point.of(unroll.firstStep() + t, gradient));
      }
      return fading;
    }

    @Override
    public void backwardStep(
        OptimizerState before,
        Point at,
        Cotangent<OptimizerState> cotangent,
        float[] weightGradient) {
      GradientNorms norms = GradientNorms.start(((GradientNorms) before).layout());
      norms.copyFrom(before);
      double[] fading = norms.next(at);
      int[] blocks = norms.blocks();
      double slope = 0;
      for (int n = 0; n < blocks.length; n++) {
        slope += cotangent.update()[n] * fading[blocks[n]];
      }
      weightGradient[0] += (float) slope;
      Arrays.fill(cotangent.gradient(), 0);
    }
  }
}
