package dev.glissade.internal.kernel;

/// The loops of [BlockLstmKernels], but for the matrix products ([Tiles]): passes over *rows*, each
/// a run of `BLOCK` floats, one per coordinate of a block. An array and the offset of its first row
/// are given side by side.
///
/// All implementations make every number of the same numbers by the same operations in the same
/// order, so that it does not matter to a single bit which of them runs.
///
/// ## Approximations
///
/// Everything is built on 2^y, whose factor −log₂e (sigmoid) or −2·log₂e (tanh) is folded into the
/// packed weights, so that one pass serves all gates. y is clamped to [−126, 40], rounded to an
/// integer n, and 2^(y−n) is a polynomial of degree 5 that is exact at 0, with a relative error of
/// 1.7·10⁻⁷ including rounding. The upper clamp keeps the product of three (1 + 2^y) below 2¹²¹, so
/// that the quotients of a gate can share one reciprocal; it costs σ and tanh an absolute error of
/// 2⁻⁴⁰. That reciprocal is the integer guess of the fast inverse (relative error 0.051), one step
/// of third order (1.3·10⁻⁴) and one of second (8·10⁻⁸): six operations in place of a division that
/// takes as long as 32 multiply-adds. σ and tanh come out with an *absolute* error below 5·10⁻⁷,
/// and tanh(0) = 0 exactly. log uses the polynomial of Cephes, relative error 2·10⁻⁷ away from 1
/// and absolute error 10⁻⁷ near it.
sealed interface Lanes permits PortableLanes, VectorLanes {

  /// log₂e.
  float LOG2_E = 1.442695f;

  /// The bits of 40 and −126, to which exponents are clamped.
  int MAX_EXPONENT_BITS = 0x4220_0000;

  int MIN_EXPONENT_BITS = 0xc2fc_0000;

  /// 1.5·2²³: adding it rounds to an integer, which then stands in the lowest bits.
  float ROUNDER = 0x1.8p23f;

  int ROUNDER_BITS = 0x4b40_0000;

  /// The bits of √½.
  int SQRT_HALF_BITS = 0x3f35_04f3;

  /// The polynomial of 2^r.
  float EXP_1 = 0.693147f;

  float EXP_2 = 0.24022242f;
  float EXP_3 = 0.055507336f;
  float EXP_4 = 0.009671513f;
  float EXP_5 = 0.0013264727f;

  /// The polynomial of the logarithm, and ln 2 in two parts.
  float LOG_1 = 0.3333333f;

  float LOG_2 = -0.24999994f;
  float LOG_3 = 0.20000714f;
  float LOG_4 = -0.16668057f;
  float LOG_5 = 0.14249323f;
  float LOG_6 = -0.12420141f;
  float LOG_7 = 0.116769984f;
  float LOG_8 = -0.1151461f;
  float LOG_9 = 0.070376836f;
  float LN_2_HIGH = 0.6933594f;
  float LN_2_LOW = -2.1219444e-4f;

  /// Minus the bits of x, plus this, are the bits of a guess of 1/x.
  int RECIPROCAL = 0x7ef3_1200;

  /// A sum over coordinates is made of so many partial sums, of every 16th coordinate each. That
  /// does not depend on the width of the vectors, so neither do results.
  int PARTIALS = 16;

  /// The number of times that the partial sums go into a row.
  int PARTS = LstmState.BLOCK / PARTIALS;

  /// The offset from the first part of a row to the i-th, all steps counted.
  ///
  /// @param stride from a row of one step to the same row of the next
  static int offset(int i, int stride) {
    return i / PARTS * stride + i % PARTS * PARTIALS;
  }

  /// Replaces every y by 2^y, y clamped to where the products of [#cells] cannot overflow.
  void exponentials(float[] rows, int from, int count);

  /// Computes c' of `units` units.
  ///
  /// @param e rows `[4][units]`: e^(−i), e^(−2j), e^(−f−1), e^(−o); the first become the exponents
  ///   of e^(−2c')
  /// @param c rows of c, which become those of c'
  void cells(float[] rows, int e, float[] state, int c, int units);

  /// Computes h' of `units` units, which goes to the next layer and to the state.
  ///
  /// @param ec rows of e^(−2c')
  /// @param eo rows of e^(−o)
  void hidden(float[] rows, int ec, int eo, int above, float[] state, int h, int units);

  /// Computes c' as [#cells] does, inside a trace; leaves i, j, f in place of their exponentials.
  ///
  /// @param next rows of c'
  /// @param tanh rows that receive the exponents of e^(−2c')
  void recordCells(float[] rows, int e, int c, int next, int tanh, int units);

  /// Computes h' as [#hidden] does, inside a trace; leaves o and tanh(c') in place of the
  /// exponentials.
  ///
  /// @param tanh rows of e^(−2c')
  /// @param o rows of e^(−o)
  /// @param next where the next step sees h'
  void recordHidden(float[] rows, int tanh, int o, int above, int next, int units);

  /// Goes back from the derivatives by h' (the sum of `dh` and `above`) and c' to those by z, which
  /// take the place of i, j, f, o, and by c.
  void cellsBackward(
      float[] rows, int gates, int c, int tanh, int dh, int above, int dc, int units);

  /// Computes update = w·top + b, with the output scale folded into the weights.
  ///
  /// @param packed `w[units]`, `b`
  void output(float[] packed, float[] rows, int top, int units, int y);

  /// Adds a·gradient to λ.
  void addScaled(float a, float[] rows, int gradient, int lambda);

  /// Goes back from the derivative by the update to that by `top`; adds λ·top to the partial sums
  /// of the output weights, and λ to that of their bias.
  ///
  /// A λ too small to matter counts as 0. Networks have such gradients (of weights that belong to
  /// pixels which are nearly always black), the products that follow would be denormal, and
  /// arithmetic with denormals is so slow that the whole backward pass took up to twenty times as
  /// long.
  ///
  /// @param packed as in [#output]
  /// @param units the rows of `top`
  void outputBackward(
      float[] packed, float[] rows, int top, int units, int lambda, int above, int sums);

  /// Adds the four rows from `d` on, summed over the steps, to [#PARTIALS] partial sums of each.
  ///
  /// @param stride from a row of one step to the same row of the next
  void rowSums(float[] rows, int d, int stride, int steps, int s);

  /// Turns a row of gradients into the two rows (log|∇|/p, sgn ∇), or (−1, eᵖ·∇) below e⁻ᵖ.
  ///
  /// @param x two rows, of which the first holds log|∇|
  void logSign(float p, float[] rows, int gradient, int x);

  /// Replaces a row of ∇ by log|∇|. For 0 and denormals it gives some finite number.
  void logarithms(float[] rows, int from, int to);
}
