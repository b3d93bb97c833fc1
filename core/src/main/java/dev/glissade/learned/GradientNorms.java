package dev.glissade.learned;

import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Slice;
import dev.glissade.Point;
import dev.glissade.internal.Vectors;
import java.util.Arrays;
import java.util.List;

/// The norms of gradients, block by block, now compared with what they have been: two running means
/// of the squared norm, one short and one long, as Adam has them.
///
/// ```
/// r = ½·log min(1, short/long)
/// ```
///
/// 0 while a gradient stays as it is or grows, and falling with the logarithm of its norm.
///
/// @param layout of the gradient, with B blocks
/// @param means the sums of the short ones and then of the long ones, `float[2B]`
@SuppressWarnings("ArrayRecordComponent") // live, as states are
record GradientNorms(ParameterLayout layout, float[] means) implements OptimizerState {

  private static final double SHORT = 0.95;
  private static final double LONG = 0.999;
  private static final double LEAST = 1e-12; // of the quotient

  /// Squared norms beyond count as this, so that their means are finite floats.
  private static final double LARGEST = 1e37;

  static GradientNorms start(ParameterLayout layout) {
    return new GradientNorms(layout, new float[2 * layout.blocks().size()]);
  }

  @Override
  public List<float[]> arrays() {
    return List.of(means);
  }

  /// Takes in the gradient of a point, and compares it with those before.
  ///
  /// @return r of each block, `double[B]`
  double[] next(Point at) {
    float[] gradient = at.gradient();
    List<Slice> slices = layout.slices();
    double[] logarithms = new double[slices.size()];
    for (int b = 0; b < logarithms.length; b++) {
      double squares = Vectors.squares(gradient, slices.get(b).offset(), slices.get(b).end());
      squares = Math.min(squares, LARGEST);
      double lately = mean(b, SHORT, squares, at.step());
      double before = mean(logarithms.length + b, LONG, squares, at.step());
      double quotient = before > 0 ? Math.clamp(lately / before, LEAST, 1) : 1;
      logarithms[b] = 0.5 * Math.log(quotient);
    }
    return logarithms;
  }

  /// The block of each coordinate, `int[N]`.
  int[] blocks() {
    int[] blocks = new int[layout.size()];
    for (int b = 0; b < layout.slices().size(); b++) {
      Slice slice = layout.slices().get(b);
      Arrays.fill(blocks, slice.offset(), slice.end(), b);
    }
    return blocks;
  }

  private double mean(int index, double beta, double squares, long steps) {
    means[index] = (float) (beta * means[index] + (1 - beta) * squares);
    return means[index] / (1 - Math.pow(beta, steps + 1.0));
  }
}
