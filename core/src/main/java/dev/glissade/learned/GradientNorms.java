package dev.glissade.learned;

import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import java.util.Arrays;

/// How large the gradient of each block is now beside what it has been: two running means of its
/// squared norm, one short and one long, as Adam has them.
///
/// ```
/// r = ½·log min(1, short/long)
/// ```
///
/// 0 while a gradient stays as it is or grows, and falling with the logarithm of its norm.
///
/// @param layout of the gradient, with B blocks
/// @param means the sums of the short ones and then of the long ones, `float[2B]`
record GradientNorms(ParameterLayout layout, float[] means) {

  private static final double SHORT = 0.95;
  private static final double LONG = 0.999;
  private static final double LEAST = 1e-12; // of the quotient

  static GradientNorms start(ParameterLayout layout) {
    return new GradientNorms(layout, new float[2 * layout.blocks().size()]);
  }

  /// Takes a gradient in.
  ///
  /// @param steps how many were taken in before
  /// @return r of each block, `double[B]`
  double[] next(float[] gradient, double steps) {
    int count = layout.blocks().size();
    double[] logarithms = new double[count];
    int offset = 0;
    for (int b = 0; b < count; b++) {
      Block block = layout.blocks().get(b);
      double squares = 0;
      for (int i = offset; i < offset + block.size(); i++) {
        squares += (double) gradient[i] * gradient[i];
      }
      offset += block.size();
      double near = mean(b, SHORT, squares, steps);
      double far = mean(count + b, LONG, squares, steps);
      double quotient = far > 0 ? Math.clamp(near / far, LEAST, 1) : 1;
      logarithms[b] = 0.5 * Math.log(quotient);
    }
    return logarithms;
  }

  /// The block of each coordinate, `int[N]`.
  int[] blocks() {
    int[] blocks = new int[layout.size()];
    int n = 0;
    for (int b = 0; b < layout.blocks().size(); b++) {
      int end = n + layout.blocks().get(b).size();
      Arrays.fill(blocks, n, end, b);
      n = end;
    }
    return blocks;
  }

  private double mean(int index, double beta, double squares, double steps) {
    means[index] = (float) (beta * means[index] + (1 - beta) * squares);
    return means[index] / (1 - Math.pow(beta, steps + 1));
  }
}
