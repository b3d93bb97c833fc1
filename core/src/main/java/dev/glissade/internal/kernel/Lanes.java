package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LiveCoordinates.NEGLIGIBLE;
import static dev.glissade.internal.kernel.LstmState.BLOCK;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.UMIN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [VectorLstmKernels], but for the matrix products ([Tiles]): passes over *rows*,
/// each a run of `BLOCK` floats, one per coordinate of a block. An array and the offset of its
/// first row are given side by side.
///
/// Every loop is a method of its own, and no method takes or returns a vector: on purpose. The
/// compiler stops inlining in a method that grows too large; vectors that cross a call then live on
/// the heap, and the method runs three to five times slower. (The allocation counter of the
/// benchmarks tells: it must read 0.) Only the Vector API's own methods are exempt from that limit.
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
final class Lanes {

  /// At most 512 bits, so that four vectors fit in a row.
  static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() > 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

  /// The number of lanes in a vector.
  static final int WIDTH = FLOATS.length();

  static final float LOG2_E = 1.442695f;

  private static final int MAX_EXPONENT_BITS = Float.floatToRawIntBits(40);
  private static final int MIN_EXPONENT_BITS = Float.floatToRawIntBits(-126);

  /// 1.5·2²³: adding it rounds to an integer, which then stands in the lowest bits.
  private static final float ROUNDER = 0x1.8p23f;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
  private static final int SQRT_HALF_BITS = Float.floatToRawIntBits(0.70710677f);

  private static final float EXP_1 = 0.693147f;
  private static final float EXP_2 = 0.24022242f;
  private static final float EXP_3 = 0.055507336f;
  private static final float EXP_4 = 0.009671513f;
  private static final float EXP_5 = 0.0013264727f;

  /// Minus the bits of x, plus this, are the bits of a guess of 1/x.
  private static final int RECIPROCAL = 0x7ef3_1200;

  private Lanes() {}

  /// The size of the vectors, for reports.
  static String describe() {
    return FLOATS.vectorBitSize() + "-bit";
  }

  /// Replaces every y by 2^y, y clamped to where the products of [#cells] cannot overflow.
  ///
  /// In the bits of a `float`, read as an integer, the positive numbers ascend, and the negative
  /// ones descend from the sign bit on: that is how y is clamped. (`FloatVector.max` and `min`
  /// would take care of NaN and −0, at three times the price.)
  ///
  /// Two vectors in a turn, because each waits for itself; and because the method is then too large
  /// to be inlined: in the loop over layers its nine constants would have to share 16 registers
  /// with those of the other loops, which took a forward step up to a sixth longer.
  static void exponentials(float[] rows, int from, int count) {
    FloatVector rounder = broadcast(FLOATS, ROUNDER);
    for (int i = from; i < from + count * BLOCK; i += 2 * WIDTH) {
      IntVector bits = fromArray(FLOATS, rows, i).reinterpretAsInts();
      IntVector bits2 = fromArray(FLOATS, rows, i + WIDTH).reinterpretAsInts();
      bits = bits.min(MAX_EXPONENT_BITS).lanewise(UMIN, MIN_EXPONENT_BITS);
      bits2 = bits2.min(MAX_EXPONENT_BITS).lanewise(UMIN, MIN_EXPONENT_BITS);
      FloatVector y = bits.reinterpretAsFloats();
      FloatVector y2 = bits2.reinterpretAsFloats();
      FloatVector rounded = y.add(rounder);
      FloatVector rounded2 = y2.add(rounder);
      FloatVector r = y.sub(rounded.sub(rounder));
      FloatVector r2 = y2.sub(rounded2.sub(rounder));
      FloatVector p = r.fma(broadcast(FLOATS, EXP_5), broadcast(FLOATS, EXP_4));
      FloatVector p2 = r2.fma(broadcast(FLOATS, EXP_5), broadcast(FLOATS, EXP_4));
      p = p.fma(r, broadcast(FLOATS, EXP_3));
      p2 = p2.fma(r2, broadcast(FLOATS, EXP_3));
      p = p.fma(r, broadcast(FLOATS, EXP_2));
      p2 = p2.fma(r2, broadcast(FLOATS, EXP_2));
      p = p.fma(r, broadcast(FLOATS, EXP_1));
      p2 = p2.fma(r2, broadcast(FLOATS, EXP_1));
      p = p.fma(r, broadcast(FLOATS, 1));
      p2 = p2.fma(r2, broadcast(FLOATS, 1));
      bits = p.reinterpretAsInts().add(rounded.reinterpretAsInts().lanewise(LSHL, 23));
      bits2 = p2.reinterpretAsInts().add(rounded2.reinterpretAsInts().lanewise(LSHL, 23));
      bits.reinterpretAsFloats().intoArray(rows, i);
      bits2.reinterpretAsFloats().intoArray(rows, i + WIDTH);
    }
  }

  /// Computes c' of `units` units.
  ///
  /// @param e rows `[4][units]`: e^(−i), e^(−2j), e^(−f−1), e^(−o); the first become the exponents
  ///   of e^(−2c')
  /// @param c rows of c, which become those of c'
  static void cells(float[] rows, int e, float[] state, int c, int units) {
    FloatVector one = broadcast(FLOATS, 1);
    int gate = units * BLOCK;
    for (int i = 0; i < gate; i += WIDTH) {
      int g = e + i;
      FloatVector ej = fromArray(FLOATS, rows, g + gate);
      FloatVector f1 = fromArray(FLOATS, rows, g + 2 * gate).add(one);
      FloatVector ij1 = fromArray(FLOATS, rows, g).add(one).mul(ej.add(one));
      FloatVector before = fromArray(FLOATS, state, c + i);
      FloatVector numerator = before.fma(ij1, one.sub(ej).mul(f1));
      FloatVector d = ij1.mul(f1);
      FloatVector minus = d.neg();
      IntVector guess = IntVector.broadcast(INTS, RECIPROCAL).sub(d.reinterpretAsInts());
      FloatVector r = guess.reinterpretAsFloats();
      FloatVector error = minus.fma(r, one);
      r = error.fma(error, error).fma(r, r);
      r = minus.fma(r, one).fma(r, r);
      FloatVector after = numerator.mul(r);
      after.intoArray(state, c + i);
      after.mul(-2 * LOG2_E).intoArray(rows, g);
    }
  }

  /// Computes h' of `units` units, which goes to the next layer and to the state.
  ///
  /// @param ec rows of e^(−2c')
  /// @param eo rows of e^(−o)
  static void hidden(float[] rows, int ec, int eo, int above, float[] state, int h, int units) {
    FloatVector one = broadcast(FLOATS, 1);
    for (int i = 0; i < units * BLOCK; i += WIDTH) {
      FloatVector e = fromArray(FLOATS, rows, ec + i);
      FloatVector o1 = fromArray(FLOATS, rows, eo + i).add(one);
      FloatVector d = e.add(one).mul(o1);
      FloatVector minus = d.neg();
      IntVector guess = IntVector.broadcast(INTS, RECIPROCAL).sub(d.reinterpretAsInts());
      FloatVector r = guess.reinterpretAsFloats();
      FloatVector error = minus.fma(r, one);
      r = error.fma(error, error).fma(r, r);
      r = minus.fma(r, one).fma(r, r);
      FloatVector hidden = one.sub(e).mul(r);
      hidden.intoArray(rows, above + i);
      hidden.intoArray(state, h + i);
    }
  }

  /// Computes c' as [#cells] does, inside a trace; leaves i, j, f in place of their exponentials.
  ///
  /// @param next rows of c'
  /// @param tanh rows that receive the exponents of e^(−2c')
  static void recordCells(float[] rows, int e, int c, int next, int tanh, int units) {
    FloatVector one = broadcast(FLOATS, 1);
    int gate = units * BLOCK;
    for (int i = 0; i < gate; i += WIDTH) {
      int g = e + i;
      FloatVector ej = fromArray(FLOATS, rows, g + gate);
      FloatVector i1 = fromArray(FLOATS, rows, g).add(one);
      FloatVector j1 = ej.add(one);
      FloatVector f1 = fromArray(FLOATS, rows, g + 2 * gate).add(one);
      FloatVector ij1 = i1.mul(j1);
      FloatVector d = ij1.mul(f1);
      FloatVector minus = d.neg();
      IntVector guess = IntVector.broadcast(INTS, RECIPROCAL).sub(d.reinterpretAsInts());
      FloatVector r = guess.reinterpretAsFloats();
      FloatVector error = minus.fma(r, one);
      r = error.fma(error, error).fma(r, r);
      r = minus.fma(r, one).fma(r, r);
      FloatVector forget = ij1.mul(r);
      FloatVector rf1 = r.mul(f1);
      FloatVector input = j1.mul(rf1);
      FloatVector candidate = one.sub(ej).mul(i1.mul(rf1));
      input.intoArray(rows, g);
      candidate.intoArray(rows, g + gate);
      forget.intoArray(rows, g + 2 * gate);
      FloatVector after = fromArray(FLOATS, rows, c + i).fma(forget, input.mul(candidate));
      after.intoArray(rows, next + i);
      after.mul(-2 * LOG2_E).intoArray(rows, tanh + i);
    }
  }

  /// Computes h' as [#hidden] does, inside a trace; leaves o and tanh(c') in place of the
  /// exponentials.
  ///
  /// @param tanh rows of e^(−2c')
  /// @param o rows of e^(−o)
  /// @param next where the next step sees h'
  static void recordHidden(float[] rows, int tanh, int o, int above, int next, int units) {
    FloatVector one = broadcast(FLOATS, 1);
    for (int i = 0; i < units * BLOCK; i += WIDTH) {
      FloatVector e = fromArray(FLOATS, rows, tanh + i);
      FloatVector o1 = fromArray(FLOATS, rows, o + i).add(one);
      FloatVector c1 = e.add(one);
      FloatVector d = c1.mul(o1);
      FloatVector minus = d.neg();
      IntVector guess = IntVector.broadcast(INTS, RECIPROCAL).sub(d.reinterpretAsInts());
      FloatVector r = guess.reinterpretAsFloats();
      FloatVector error = minus.fma(r, one);
      r = error.fma(error, error).fma(r, r);
      r = minus.fma(r, one).fma(r, r);
      FloatVector output = c1.mul(r);
      FloatVector tanhCell = one.sub(e).mul(o1.mul(r));
      output.intoArray(rows, o + i);
      tanhCell.intoArray(rows, tanh + i);
      FloatVector hidden = output.mul(tanhCell);
      hidden.intoArray(rows, above + i);
      hidden.intoArray(rows, next + i);
    }
  }

  /// Goes back from the derivatives by h' (the sum of `dh` and `above`) and c' to those by z, which
  /// take the place of i, j, f, o, and by c.
  static void cellsBackward(
      float[] rows, int gates, int c, int tanh, int dh, int above, int dc, int units) {
    int gate = units * BLOCK;
    for (int i = 0; i < gate; i += WIDTH) {
      int g = gates + i;
      FloatVector one = broadcast(FLOATS, 1);
      FloatVector hidden = fromArray(FLOATS, rows, dh + i).add(fromArray(FLOATS, rows, above + i));
      FloatVector tanhCell = fromArray(FLOATS, rows, tanh + i);
      FloatVector output = fromArray(FLOATS, rows, g + 3 * gate);
      FloatVector ho = hidden.mul(output);
      FloatVector square = tanhCell.mul(tanhCell);
      FloatVector cell = ho.fma(one.sub(square), fromArray(FLOATS, rows, dc + i));
      ho.mul(tanhCell).mul(one.sub(output)).intoArray(rows, g + 3 * gate);
      FloatVector forget = fromArray(FLOATS, rows, g + 2 * gate);
      FloatVector cf = cell.mul(forget);
      cf.intoArray(rows, dc + i);
      cf.mul(fromArray(FLOATS, rows, c + i)).mul(one.sub(forget)).intoArray(rows, g + 2 * gate);
      FloatVector input = fromArray(FLOATS, rows, g);
      FloatVector candidate = fromArray(FLOATS, rows, g + gate);
      FloatVector ci = cell.mul(input);
      ci.mul(candidate).mul(one.sub(input)).intoArray(rows, g);
      ci.mul(one.sub(candidate.mul(candidate))).intoArray(rows, g + gate);
    }
  }

  /// Computes update = w·top + b, with the output scale folded into the weights.
  ///
  /// @param packed `w[units]`, `b`
  static void output(float[] packed, float[] rows, int top, int units, int y) {
    for (int lane = 0; lane < BLOCK; lane += WIDTH) {
      FloatVector sum = broadcast(FLOATS, packed[units]);
      for (int k = 0; k < units; k++) {
        sum =
            fromArray(FLOATS, rows, top + k * BLOCK + lane).fma(broadcast(FLOATS, packed[k]), sum);
      }
      sum.intoArray(rows, y + lane);
    }
  }

  /// Adds a·gradient to λ.
  static void addScaled(float a, float[] rows, int gradient, int lambda) {
    for (int lane = 0; lane < BLOCK; lane += WIDTH) {
      FloatVector sum =
          fromArray(FLOATS, rows, gradient + lane)
              .fma(broadcast(FLOATS, a), fromArray(FLOATS, rows, lambda + lane));
      sum.intoArray(rows, lambda + lane);
    }
  }

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
  static void outputBackward(
      float[] packed, float[] rows, int top, int units, int lambda, int above, int sums) {
    for (int lane = 0; lane < BLOCK; lane += WIDTH) {
      FloatVector all = fromArray(FLOATS, rows, lambda + lane);
      FloatVector l = all.blend(0, all.abs().compare(LT, NEGLIGIBLE));
      for (int k = 0; k < units; k++) {
        int s = sums + k * WIDTH;
        l.mul(packed[k]).intoArray(rows, above + k * BLOCK + lane);
        fromArray(FLOATS, rows, top + k * BLOCK + lane)
            .fma(l, fromArray(FLOATS, rows, s))
            .intoArray(rows, s);
      }
      int s = sums + units * WIDTH;
      fromArray(FLOATS, rows, s).add(l).intoArray(rows, s);
    }
  }

  /// Adds the four rows from `d` on, summed over the steps, to four vectors of partial sums.
  ///
  /// @param stride from a row of one step to the same row of the next
  static void rowSums(float[] rows, int d, int stride, int steps, int s) {
    FloatVector a0 = fromArray(FLOATS, rows, s);
    FloatVector a1 = fromArray(FLOATS, rows, s + WIDTH);
    FloatVector a2 = fromArray(FLOATS, rows, s + 2 * WIDTH);
    FloatVector a3 = fromArray(FLOATS, rows, s + 3 * WIDTH);
    for (int i = 0; i < steps * BLOCK / WIDTH; i++) {
      int di = d + offset(i, stride);
      a0 = a0.add(fromArray(FLOATS, rows, di));
      a1 = a1.add(fromArray(FLOATS, rows, di + BLOCK));
      a2 = a2.add(fromArray(FLOATS, rows, di + 2 * BLOCK));
      a3 = a3.add(fromArray(FLOATS, rows, di + 3 * BLOCK));
    }
    a0.intoArray(rows, s);
    a1.intoArray(rows, s + WIDTH);
    a2.intoArray(rows, s + 2 * WIDTH);
    a3.intoArray(rows, s + 3 * WIDTH);
  }

  /// The offset from the first vector of a row to the i-th, all steps counted.
  static int offset(int i, int stride) {
    int perStep = BLOCK / WIDTH;
    return i / perStep * stride + i % perStep * WIDTH;
  }

  /// Turns a row of gradients into the two rows (log|∇|/p, sgn ∇), or (−1, eᵖ·∇) below e⁻ᵖ.
  ///
  /// @param x two rows, of which the first holds log|∇|
  static void logSign(float p, float[] rows, int gradient, int x) {
    float threshold = Preprocess.threshold(p);
    float expP = (float) Math.exp(p);
    for (int lane = 0; lane < BLOCK; lane += WIDTH) {
      FloatVector g = fromArray(FLOATS, rows, gradient + lane);
      VectorMask<Float> large = g.abs().compare(GE, threshold);
      FloatVector sign = broadcast(FLOATS, 1).blend(-1, g.compare(LT, 0));
      FloatVector log = fromArray(FLOATS, rows, x + lane).mul(1 / p);
      broadcast(FLOATS, -1).blend(log, large).intoArray(rows, x + lane);
      g.mul(expP).blend(sign, large).intoArray(rows, x + BLOCK + lane);
    }
  }

  /// Replaces a row of ∇ by log|∇|. For 0 and denormals it gives some finite number.
  static void logarithms(float[] rows, int from, int to) {
    for (int lane = 0; lane < BLOCK; lane += WIDTH) {
      IntVector bits = fromArray(FLOATS, rows, from + lane).abs().reinterpretAsInts();
      // |∇| = 2^n·(1 + m), with 1 + m between √½ and √2
      IntVector n = bits.sub(SQRT_HALF_BITS).lanewise(ASHR, 23);
      IntVector scaled = bits.sub(n.lanewise(LSHL, 23));
      FloatVector m = scaled.reinterpretAsFloats().sub(1);
      FloatVector exponent = n.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
      FloatVector p = m.fma(broadcast(FLOATS, 0.070376836f), broadcast(FLOATS, -0.1151461f));
      p = p.fma(m, broadcast(FLOATS, 0.116769984f));
      p = p.fma(m, broadcast(FLOATS, -0.12420141f));
      p = p.fma(m, broadcast(FLOATS, 0.14249323f));
      p = p.fma(m, broadcast(FLOATS, -0.16668057f));
      p = p.fma(m, broadcast(FLOATS, 0.20000714f));
      p = p.fma(m, broadcast(FLOATS, -0.24999994f));
      p = p.fma(m, broadcast(FLOATS, 0.3333333f));
      FloatVector square = m.mul(m);
      FloatVector low = p.mul(m).mul(square).add(exponent.mul(-2.1219444e-4f));
      low = square.fma(broadcast(FLOATS, -0.5f), low);
      exponent.fma(broadcast(FLOATS, 0.6933594f), m.add(low)).intoArray(rows, to + lane);
    }
  }
}
